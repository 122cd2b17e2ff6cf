#pragma once

#include "core/base/instant.h"

#include <QJsonObject>
#include <optional>

namespace vidimus::workbench {

/// What the workspace keeps of a publication beside its state (store::Publication::body).
struct PublicationBody {
    QString asset;
    QString package;
    std::optional<Instant> stored;
    std::optional<Instant> sent;
    std::optional<Instant> accepted;
    std::optional<Instant> seenLive;
    QString pagePath; ///< path of the page on which it can be watched, from the catalog's root
    QString masterPath; ///< path of the HLS master playlist
    QString lastError;
};

[[nodiscard]] QJsonObject toJson(const PublicationBody& body);
/// Members that are missing or wrong are left at their defaults.
[[nodiscard]] PublicationBody publicationBodyFromJson(const QJsonObject& object);

/// Until a workspace has several sites: the one that a title is published to.
inline const QString kDefaultSite = QStringLiteral("web");

} // namespace vidimus::workbench
