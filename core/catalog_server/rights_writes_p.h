#pragma once

#include "core/catalog_server/backend.h"

namespace vidimus::catalog_server {

/// Inside a change: the rights have a new number, and visitors' answers are made from them from now on.
[[nodiscard]] Result<void> raiseRightsVersion(Backend& backend, const TouchedRights& touched);
/// The context and these deals as they are stored, to be compared with what they are after a change.
struct SharedRights {
    QJsonObject context;
    QJsonObject deals;
};
[[nodiscard]] Result<SharedRights> sharedRights(Backend& backend, const QStringList& deals);
/// Deals and territory groups that stood before and say something else now, so that others' answers may change; a new
/// version of a group is one, too. Who is rated how plays no part in what is compiled.
[[nodiscard]] QStringList changedNames(const SharedRights& before, const SharedRights& after);
/// Replaces the rules of one title. Each must have the title as its scope and an id that no other title uses.
[[nodiscard]] Result<void> replaceRules(Backend& backend, const QString& title, const QJsonArray& rules);
[[nodiscard]] Result<void> upsertDeals(Backend& backend, const QJsonObject& deals);
/// Members of "context" given replace those stored; groups, sites and offers are joined by name.
[[nodiscard]] Result<void> mergeContext(Backend& backend, const QJsonObject& context);
/// Whether rules of one title fit the deals and the context that are stored. Errors: Invalid, as rights::validate().
[[nodiscard]] Result<void> validateRulesOf(Backend& backend, const QString& title, const QJsonArray& rules);

} // namespace vidimus::catalog_server
