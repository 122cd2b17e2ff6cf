#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

namespace vidimus::app {

/// A descriptor that becomes readable when SIGTERM or SIGINT arrives; both are blocked in this thread and in those
/// started later, so call it first. SIGPIPE is ignored.
[[nodiscard]] Result<UniqueFd> openStopSignals();

/// Forks. The parent waits until the child calls announceReady() and ends with 0, or with the child's exit code when it
/// ends first; only the child returns, in a session of its own. Before any thread is started.
class Background {
public:
    [[nodiscard]] static Result<Background> enter();
    void announceReady();

private:
    explicit Background(UniqueFd pipe)
        : m_pipe(std::move(pipe))
    {
    }
    UniqueFd m_pipe;
};

} // namespace vidimus::app
