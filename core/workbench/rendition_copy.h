#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace vidimus::workbench {

/// Copies the files of the finished transcode in \a folder into \a out, each durably and under the same name; the
/// master playlist goes first of all from \a out and comes back last, so that a copy that was stopped does not look
/// playable. Other files there are left alone. Nothing is done where both are one folder. Copies and no links: what
/// somebody does to them must not reach the workspace. Blocking. Errors: NotFound (it is not finished), Io, DiskFull,
/// Denied, Canceled.
[[nodiscard]] Result<void> copyRenditions(const QString& folder, const QString& out, const CancelToken& cancel = {});

} // namespace vidimus::workbench
