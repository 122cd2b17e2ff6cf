#pragma once

#include "core/catalog_server/api_message.h"
#include "core/catalog_server/live_catalog.h"

/// Inside a change, when everything is written and nothing committed: what would go dark, held against what was live
/// before (Backend::guardedRights(); null: nothing is held). An answer that is given is the change's own, and nothing
/// is changed then.
namespace vidimus::catalog_server {

class Backend;

/// The change concerns one title and its parts.
[[nodiscard]] Result<std::optional<ApiResponse>> heldTitle(
    Backend& backend, const ApiRequest& request, const QString& title, const std::shared_ptr<const RightsView>& before);
/// It may concern any.
[[nodiscard]] Result<std::optional<ApiResponse>> heldWhole(
    Backend& backend, const ApiRequest& request, const QString& what, const std::shared_ptr<const RightsView>& before);

} // namespace vidimus::catalog_server
