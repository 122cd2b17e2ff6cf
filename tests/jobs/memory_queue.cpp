#include "jobs/memory_queue.h"

namespace vidimus::jobs {

Job* MemoryQueue::locate(const JobId& id)
{
    const auto found = std::ranges::find(m_jobs, id, &Job::id);
    return found == m_jobs.end() ? nullptr : &*found;
}

Result<void> MemoryQueue::add(const Job& job)
{
    const std::lock_guard lock(m_mutex);
    m_jobs.push_back(job);
    return {};
}

Result<std::optional<Job>> MemoryQueue::takeNext(JobClass jobClass, Instant now)
{
    const std::lock_guard lock(m_mutex);
    Job* best = nullptr;
    for (Job& job : m_jobs) {
        if (job.state == JobState::Queued && job.jobClass == jobClass && (!best || job.priority > best->priority))
            best = &job;
    }
    if (!best)
        return std::optional<Job> {};
    *best = *apply(*best, JobEvent::Start, now);
    return std::optional(*best);
}

Result<Job> MemoryQueue::change(const JobId& id, JobEvent event, Instant now, const Error& error)
{
    const std::lock_guard lock(m_mutex);
    Job* job = locate(id);
    if (!job)
        return Error {ErrorCode::NotFound, {}, {}};
    auto after = apply(*job, event, now, error);
    if (after)
        *job = *after;
    return after;
}

Result<void> MemoryQueue::saveProgress(const JobId& id, double done, double total, const QJsonObject& detail)
{
    const std::lock_guard lock(m_mutex);
    if (Job* job = locate(id)) {
        job->progressDone = done;
        job->progressTotal = total;
        job->progressAtStart = std::min(job->progressAtStart, done);
        job->detail = detail;
    }
    return {};
}

Result<Job> MemoryQueue::find(const JobId& id)
{
    const std::lock_guard lock(m_mutex);
    const Job* job = locate(id);
    return job ? Result<Job>(*job) : Result<Job>(Error {ErrorCode::NotFound, {}, {}});
}

Result<std::vector<Job>> MemoryQueue::list(int limit)
{
    const std::lock_guard lock(m_mutex);
    return std::vector<Job>(m_jobs.begin(), m_jobs.begin() + std::min<std::ptrdiff_t>(limit, std::ssize(m_jobs)));
}

Result<int> MemoryQueue::requeueInterrupted()
{
    return 0;
}

} // namespace vidimus::jobs
