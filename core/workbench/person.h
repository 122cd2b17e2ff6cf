#pragma once

#include "core/base/ids.h"
#include "core/moderation/role.h"
#include "core/store/settings_repository.h"

#include <QString>

namespace vidimus::workbench {

/// What a catalog is for; decides the colour around the window.
enum class CatalogKind { Local, Staging, Production };

using store::Person;

/// Who works, and on which catalog. One profile names one catalog: staging and production are never in one.
struct CatalogProfile {
    QString name; ///< "local"; unique in the workspace
    PersonId person;
    CatalogKind kind = CatalogKind::Local;
    QString url; ///< empty for the embedded catalog
};

/// What one must be allowed to do to publish there.
[[nodiscard]] moderation::Action publishAction(CatalogKind kind);
[[nodiscard]] const char* catalogKindName(CatalogKind kind);
[[nodiscard]] QJsonObject toJson(const CatalogProfile& profile);
[[nodiscard]] Result<CatalogProfile> catalogProfileFromJson(const QJsonObject& object);

} // namespace vidimus::workbench
