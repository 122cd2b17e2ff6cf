#pragma once

#include "core/catalog_server/live_catalog.h"
#include "core/sql/connection.h"

#include <QJsonObject>

namespace vidimus::catalog_server {

class Backend;

/// The whole rule set as stored, in the format of rights-cases.json.
[[nodiscard]] Result<QJsonObject> loadRuleSet(Backend& backend);
/// What is stored about these titles alone, with the context and the deals that their rules name.
[[nodiscard]] Result<rights::RuleSet> loadRulesOf(Backend& backend, const QStringList& titles);
/// Compiles it for questions.
[[nodiscard]] Result<std::shared_ptr<const RightsView>> loadRights(Backend& backend);
/// Every publication that is not withdrawn, with its files.
[[nodiscard]] Result<std::shared_ptr<const Publications>> loadPublications(sql::Connection& connection);

} // namespace vidimus::catalog_server
