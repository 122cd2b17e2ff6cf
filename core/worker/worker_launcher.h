#pragma once

#include "core/worker/spawn_thread.h"
#include "core/worker/worker_options.h"
#include "core/worker/worker_process.h"

#include <mutex>

namespace vidimus::worker {

/// A worker behind its walls, ready for one request.
struct ReadyWorker {
    std::unique_ptr<WorkerProcess> process;
    SandboxStatus sandbox;
};

/// Starts workers on the highest rung that this machine allows and keeps one waiting. Whether bubblewrap works is found
/// by the first start and remembered: a box that cannot be made costs one failed start, one that works nothing.
/// Any thread. Workers must be gone before the launcher.
class WorkerLauncher {
public:
    explicit WorkerLauncher(WorkerOptions options);
    ~WorkerLauncher();

    /// A worker with \a limits set. Errors: Missing ("no_worker", "no_sandbox"), Unsupported "worker_version".
    [[nodiscard]] Result<ReadyWorker> launch(const WorkerLimits& limits);
    /// Starts the waiting worker in the background.
    void warmUp();

private:
    [[nodiscard]] Result<ReadyWorker> launchOnce(const WorkerLimits& limits);
    [[nodiscard]] Result<std::unique_ptr<WorkerProcess>> takeOrStart();
    [[nodiscard]] Result<std::unique_ptr<WorkerProcess>> startOnHighestRung();
    [[nodiscard]] Result<std::unique_ptr<WorkerProcess>> startOne(const QList<QByteArray>& command, bool wrapped);
    void keepOneWaiting();

    // All but the options belong to the spawn thread.
    const WorkerOptions m_options;
    QString m_executable;
    std::mutex m_absenceMutex;
    QString m_bubblewrapAbsence; ///< why it is not used; empty while it works or is untried
    std::unique_ptr<WorkerProcess> m_waiting;
    SpawnThread m_spawner; // last: its work uses the others
};

} // namespace vidimus::worker
