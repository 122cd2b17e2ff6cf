#pragma once

#include "core/catalog_server/api_message.h"
#include "core/catalog_server/live_catalog.h"

/// Inside a change, when everything is written and nothing committed: what would go dark, held against what was live
/// before (Backend::guardedRights(); null: nothing is held). An answer that is given is the change's own, and nothing
/// is changed then.
namespace vidimus::catalog_server {

class Backend;

/// The change concerns these titles and their parts; the first one is what was written.
[[nodiscard]] Result<std::optional<ApiResponse>> heldTitles(Backend& backend, const ApiRequest& request,
    const QStringList& titles, const std::shared_ptr<const RightsView>& before);
/// It may concern any.
[[nodiscard]] Result<std::optional<ApiResponse>> heldWhole(
    Backend& backend, const ApiRequest& request, const QString& what, const std::shared_ptr<const RightsView>& before);

} // namespace vidimus::catalog_server
