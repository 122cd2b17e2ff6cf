#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "core/workbench/workspace_paths.h"

#include <chrono>

namespace vidimus::workbench {

/// The right to write to a workspace: an advisory lock (flock) that the kernel gives back when its holder dies. One
/// holder at a time: a studio for as long as it runs, a command for as long as its verb.
class WorkspaceLock {
public:
    /// Waits up to \a patience. Errors: Conflict (reason "workspace_in_use"), Io, Denied, Canceled.
    [[nodiscard]] static Result<WorkspaceLock> acquire(
        const WorkspacePaths& paths, std::chrono::milliseconds patience, const CancelToken& cancel = {});

private:
    explicit WorkspaceLock(UniqueFd fd)
        : m_fd(std::move(fd))
    {
    }
    UniqueFd m_fd;
};

} // namespace vidimus::workbench
