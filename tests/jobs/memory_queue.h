#pragma once

#include "core/jobs/job_queue.h"

namespace vidimus::jobs {

/// A queue in memory, for tests of the runner.
class MemoryQueue : public JobQueue {
public:
    Result<void> add(const Job& job) override;
    Result<std::optional<Job>> takeNext(JobClass jobClass, Instant now) override;
    Result<Job> change(const JobId& id, JobEvent event, Instant now, const Error& error) override;
    Result<void> saveProgress(const JobId& id, double done, double total, const QJsonObject& detail) override;
    Result<Job> find(const JobId& id) override;
    Result<std::vector<Job>> list(int limit) override;
    Result<int> requeueInterrupted() override;

private:
    Job* locate(const JobId& id);

    std::mutex m_mutex;
    std::vector<Job> m_jobs;
};

} // namespace vidimus::jobs
