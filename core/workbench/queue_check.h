#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

namespace vidimus::workbench {

class Workspace;

/// Queues the checks of an asset once more, with the workspace's own profile. Errors: Denied, NotFound, Io.
[[nodiscard]] Result<JobId> queueCheck(Workspace& workspace, const AssetId& asset);

} // namespace vidimus::workbench
