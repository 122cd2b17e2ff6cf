#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/workbench/workspace_paths.h"

namespace vidimus::workbench {

/// Reads an original from end to end and compares it with the hash it was ingested by. Any thread. Errors: Corrupt
/// (reason "original_damaged"), NotFound, Io, Canceled.
[[nodiscard]] Result<void> checkOriginal(
    const WorkspacePaths& paths, const QByteArray& sha256, const CancelToken& cancel = {});

} // namespace vidimus::workbench
