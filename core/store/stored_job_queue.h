#pragma once

#include "core/jobs/job_queue.h"
#include "core/store/workspace_store.h"

namespace vidimus::store {

/// The job queue of a workspace. Any thread.
class StoredJobQueue : public jobs::JobQueue {
public:
    /// \a store must outlive it.
    explicit StoredJobQueue(WorkspaceStore& store)
        : m_store(store)
    {
    }
    [[nodiscard]] Result<void> add(const jobs::Job& job) override;
    [[nodiscard]] Result<std::optional<jobs::Job>> takeNext(jobs::JobClass jobClass, Instant now) override;
    [[nodiscard]] Result<jobs::Job> change(
        const JobId& id, jobs::JobEvent event, Instant now, const Error& error) override;
    [[nodiscard]] Result<void> saveProgress(
        const JobId& id, double done, double total, const QJsonObject& detail) override;
    [[nodiscard]] Result<jobs::Job> find(const JobId& id) override;
    [[nodiscard]] Result<std::vector<jobs::Job>> list(int limit) override;
    [[nodiscard]] Result<int> requeueInterrupted() override;

private:
    WorkspaceStore& m_store;
};

} // namespace vidimus::store
