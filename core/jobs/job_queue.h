#pragma once

#include "core/jobs/job.h"

#include <optional>
#include <vector>

namespace vidimus::jobs {

/// Where jobs are kept; core/store implements it. All functions are safe from any thread and return once the change
/// is on the disk (progress excepted, which may be lost in a crash).
class JobQueue {
public:
    virtual ~JobQueue() = default;
    [[nodiscard]] virtual Result<void> add(const Job& job) = 0;
    /// The next queued job of \a jobClass by priority, then age, set to Running in the same transaction.
    [[nodiscard]] virtual Result<std::optional<Job>> takeNext(JobClass jobClass, Instant now) = 0;
    /// Applies \a event to the stored job and returns it. Errors: NotFound, Conflict, Io.
    [[nodiscard]] virtual Result<Job> change(const JobId& id, JobEvent event, Instant now, const Error& error = {}) = 0;
    [[nodiscard]] virtual Result<void> saveProgress(
        const JobId& id, double done, double total, const QJsonObject& detail)
        = 0;
    [[nodiscard]] virtual Result<Job> find(const JobId& id) = 0;
    /// Newest first, at most \a limit.
    [[nodiscard]] virtual Result<std::vector<Job>> list(int limit) = 0;
    /// After a crash: what was Running is Queued again. Returns how many.
    [[nodiscard]] virtual Result<int> requeueInterrupted() = 0;
};

} // namespace vidimus::jobs
