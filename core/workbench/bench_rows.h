#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/base/result.h"

#include <vector>

namespace vidimus::workbench {

class Workspace;

/// Adds \a count made-up assets that wait for review, each with a hash, a name and media facts of its own; no media is
/// there. The same count gives the same names. Their ids, in the order they were made. Errors: Io, DiskFull, Canceled.
[[nodiscard]] Result<std::vector<AssetId>> addMadeUpAssets(Workspace& workspace, int count, const CancelToken& cancel);

} // namespace vidimus::workbench
