#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/store/asset.h"
#include "core/workbench/workspace_paths.h"

#include <QString>

namespace vidimus::workbench {

/// Opens a regular file for a worker; what it is called stays here. Errors: NotFound, Denied, Invalid (a folder, a
/// device, an empty file), Io.
[[nodiscard]] Result<UniqueFd> openInput(const QString& path);

/// Opens the workspace's own copy. Errors: NotFound "original_missing" where the file is gone, "original_changed" where
/// it has lost or gained bytes, Denied, Io.
[[nodiscard]] Result<UniqueFd> openOriginalFile(const WorkspacePaths& paths, const store::Asset& asset);

} // namespace vidimus::workbench
