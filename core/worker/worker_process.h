#pragma once

#include "core/base/cancel.h"
#include "core/worker/channel.h"
#include "core/worker/child_process.h"
#include "core/worker/sandbox_status.h"
#include "core/worker/worker_limits.h"

#include <chrono>
#include <memory>

namespace vidimus::worker {

/// One supervised worker, seen from the parent: it is started, says Hello, gets its limits, answers one request and
/// ends. Every failure ends it: afterwards isUsable() is false and the process is gone. One thread at a time.
class WorkerProcess {
public:
    /// Starts \a command; the answer does not wait for the worker. Must be called on a SpawnThread that outlives
    /// the worker. \a wrapped: the command is bubblewrap. Errors: Missing "no_worker", Io.
    [[nodiscard]] static Result<std::unique_ptr<WorkerProcess>> start(const QList<QByteArray>& command, bool wrapped);

    /// Waits until the worker is up. Errors: those of receive(), Unsupported "worker_version".
    [[nodiscard]] Result<void> awaitHello();
    /// Gives the limits and waits until the sandbox stands. Errors: those of receive(), Missing "no_sandbox".
    [[nodiscard]] Result<SandboxStatus> configure(const WorkerLimits& limits, bool allowLandlock);

    [[nodiscard]] Result<void> send(const Message& message, int descriptor = -1);
    /// The next message. On \a cancel the worker is asked to stop and killed 300 ms later.
    /// Errors: Canceled; LimitExceeded "worker_timeout" (silence or length), "worker_limit_memory"; Unavailable
    /// "worker_crashed"; Corrupt "worker_protocol".
    [[nodiscard]] Result<Message> receive(const CancelToken& cancel);
    /// The same, but gives nothing when none came within a moment (20 ms). \a waitingSince: when the silence began.
    [[nodiscard]] Result<std::optional<Message>> receiveSoon(
        const CancelToken& cancel, std::chrono::steady_clock::time_point waitingSince);
    /// A message that receive() gave was wrong: ends the worker.
    [[nodiscard]] Error refuse(const QString& what);

    [[nodiscard]] bool isUsable() const { return m_usable; }
    [[nodiscard]] bool isAlive(); ///< usable, and neither ended nor closed its channel
    [[nodiscard]] pid_t pid() const { return m_child.pid(); }
    [[nodiscard]] bool isWrapped() const { return m_wrapped; }

private:
    using SteadyClock = std::chrono::steady_clock;

    WorkerProcess(Channel channel, ChildProcess child, bool wrapped);
    [[nodiscard]] Error end(Error error);
    [[nodiscard]] Error explainEnd();
    [[nodiscard]] Result<void> checkLimits(const CancelToken& cancel, SteadyClock::time_point waitingSince);

    Channel m_channel;
    ChildProcess m_child;
    bool m_wrapped = false;
    bool m_usable = true;
    WorkerLimits m_limits;
    SteadyClock::time_point m_requestStart = SteadyClock::now();
    std::optional<SteadyClock::time_point> m_cancelSent;
};

} // namespace vidimus::worker
