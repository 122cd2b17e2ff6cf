#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QByteArray>
#include <QList>
#include <optional>
#include <sys/types.h>

namespace vidimus::worker {

/// The descriptor under which a worker finds its end of the channel.
inline constexpr int kWorkerSocketFd = 3;

/// One child: started with nothing but its channel and a pipe for what it prints, killed and reaped when it goes out of
/// scope. One thread at a time.
class ChildProcess {
public:
    /// Starts \a command (an absolute path and its arguments) with a clean environment, default signals and a process
    /// group of its own; \a channel becomes descriptor kWorkerSocketFd and all others are closed. Must be called on the
    /// SpawnThread. Errors: NotFound, Denied, Io.
    [[nodiscard]] static Result<ChildProcess> start(const QList<QByteArray>& command, UniqueFd channel);
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) noexcept = delete;
    ~ChildProcess();

    [[nodiscard]] pid_t pid() const { return m_pid; }
    void kill();
    /// The wait status, once the child has ended.
    [[nodiscard]] std::optional<int> poll();
    /// Waits for the end; kills first.
    int killAndWait();
    /// The end of what the child printed, at most 4 KiB; reads what is there now and keeps the pipe from filling.
    const QByteArray& drainStderr();
    /// Resident memory of the child and its descendants, in bytes; 0 when it cannot be read.
    [[nodiscard]] qint64 residentBytes() const;

private:
    ChildProcess(pid_t pid, UniqueFd stderrPipe);

    pid_t m_pid = -1;
    std::optional<int> m_status;
    UniqueFd m_stderr;
    QByteArray m_stderrTail;
};

} // namespace vidimus::worker
