#pragma once

#include "core/jobs/job_queue.h"

#include <QHash>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

namespace vidimus::jobs {

/// How far a running job is: done and total in its own unit, with a detail for the jobs page.
using JobProgressSink = std::function<void(double done, double total, const QJsonObject& detail)>;
/// Runs one job to its end. Called on the runner's thread; must watch the token.
using JobHandler = std::function<Result<void>(const Job&, const CancelToken&, const JobProgressSink&)>;

/// Takes jobs from the queue and runs them: one light and one heavy lane, each with a thread of its own. The lanes wake
/// when poked and, for jobs that another process added, every few seconds. Thread-safe.
class JobRunner {
public:
    /// \a changed is called after each change of any job, on a runner thread.
    JobRunner(JobQueue& queue, const Clock& clock, std::function<void(const JobId&)> changed);
    ~JobRunner();

    /// To be called before start(). A job of an unknown kind fails with Unsupported.
    void registerKind(const QByteArray& kind, JobHandler handler);
    void start();
    /// Cancels what runs (it is queued again, not lost) and joins the threads.
    void stop();
    /// Says that a job was added.
    void poke();

    /// Whether any job is being worked on.
    [[nodiscard]] bool isRunning() const;

    /// A person's wish. Pause and cancel reach a running job at its next look at the token.
    [[nodiscard]] Result<Job> change(const JobId& id, JobEvent event);
    /// Whether there are lanes, so that queued jobs are taken without anybody's doing.
    [[nodiscard]] bool hasLanes() const { return !m_lanes.empty(); }
    /// Runs queued jobs on the calling thread until none is left, those that they add as well; for programs without
    /// lanes (the CLI).
    [[nodiscard]] Result<void> runAllQueued(const CancelToken& cancel);

private:
    struct Running {
        CancelSource cancel;
        std::optional<JobEvent> wish; ///< what a person asked while it ran
    };

    void runLane(const std::stop_token& stop, JobClass jobClass);
    [[nodiscard]] Result<void> runOne(const Job& job, const CancelToken& outer);
    [[nodiscard]] Result<Job> settle(const Job& job, const Result<void>& outcome, const std::optional<JobEvent>& wish);

    JobQueue& m_queue;
    const Clock& m_clock;
    std::function<void(const JobId&)> m_changed;
    QHash<QByteArray, JobHandler> m_handlers;
    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable_any m_wake;
    quint64 m_pokes = 0;
    std::map<JobId, std::shared_ptr<Running>> m_running;
    bool m_stopping = false;
    std::vector<std::jthread> m_lanes;
};

} // namespace vidimus::jobs
