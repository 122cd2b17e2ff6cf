#include "core/store/stored_job_queue.h"

namespace vidimus::store {

using jobs::Job;

Result<void> StoredJobQueue::add(const Job& job)
{
    return m_store.write([&](UnitOfWork& unit) { return unit.jobs.add(job); });
}

Result<std::optional<Job>> StoredJobQueue::takeNext(jobs::JobClass jobClass, Instant now)
{
    // Looking first keeps an idle runner from writing.
    auto waiting = m_store.read([&](const UnitOfWork& unit) { return unit.jobs.next(jobClass); });
    if (!waiting || !*waiting)
        return waiting;
    return m_store.write([&](UnitOfWork& unit) -> Result<std::optional<Job>> {
        const auto next = unit.jobs.next(jobClass);
        if (!next || !*next)
            return next;
        auto started = jobs::apply(**next, jobs::JobEvent::Start, now);
        if (!started)
            return std::move(started).error();
        if (auto stored = unit.jobs.update(*started); !stored)
            return std::move(stored).error();
        return std::optional(std::move(*started));
    });
}

Result<Job> StoredJobQueue::change(const JobId& id, jobs::JobEvent event, Instant now, const Error& error)
{
    return m_store.write([&](UnitOfWork& unit) -> Result<Job> {
        auto job = unit.jobs.find(id);
        if (!job)
            return job;
        auto changed = jobs::apply(std::move(*job), event, now, error);
        if (!changed)
            return changed;
        if (auto stored = unit.jobs.update(*changed); !stored)
            return std::move(stored).error();
        return changed;
    });
}

Result<void> StoredJobQueue::saveProgress(const JobId& id, double done, double total, const QJsonObject& detail)
{
    return m_store.write([&](UnitOfWork& unit) { return unit.jobs.saveProgress(id, done, total, detail); });
}

Result<Job> StoredJobQueue::find(const JobId& id)
{
    return m_store.read([&](const UnitOfWork& unit) { return unit.jobs.find(id); });
}

Result<std::vector<Job>> StoredJobQueue::list(int limit)
{
    return m_store.read([&](const UnitOfWork& unit) { return unit.jobs.list(limit); });
}

Result<int> StoredJobQueue::requeueInterrupted()
{
    return m_store.write([](UnitOfWork& unit) { return unit.jobs.requeueRunning(); });
}

} // namespace vidimus::store
