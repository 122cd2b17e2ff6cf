#pragma once

#include "core/catalog_server/live_catalog.h"
#include "core/sql/connection.h"

#include <QJsonObject>

namespace vidimus::catalog_server {

class Backend;

[[nodiscard]] Result<QJsonObject> loadContext(Backend& backend);
/// The rules that stand, row by row: as one JSON they would take several times the memory.
[[nodiscard]] Result<rights::RuleSet> loadStanding(Backend& backend, const QJsonObject& context);
/// The whole rule set as stored, in the format of rights-cases.json.
[[nodiscard]] Result<QJsonObject> loadRuleSet(Backend& backend);
/// What is stored about these titles alone, with the context and the deals that their rules name; of \a alone nothing
/// but the facts.
[[nodiscard]] Result<rights::RuleSet> loadRulesOf(
    Backend& backend, const QStringList& titles, const QStringList& alone = {});
/// Compiles all that is stored for questions.
[[nodiscard]] Result<std::shared_ptr<RightsView>> loadRights(Backend& backend);
/// The picture of \a before with what changed since, and how it is published: by a delta, or by a snapshot that needed
/// no compiling. Nothing when the log does not reach back, or so much changed that compiling all of it is quicker.
[[nodiscard]] Result<std::shared_ptr<RightsView>> followRights(Backend& backend, const RightsView& before);
/// The newest version that the feed keeps, if it was made of rows that the log knows, and by this compiler.
[[nodiscard]] Result<std::shared_ptr<RightsView>> restoreRights(Backend& backend);
/// Every publication that is not withdrawn, with its files.
[[nodiscard]] Result<std::shared_ptr<const Publications>> loadPublications(sql::Connection& connection);

} // namespace vidimus::catalog_server
