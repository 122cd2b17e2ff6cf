#pragma once

#include "core/jobs/job.h"
#include "core/sql/connection.h"

#include <optional>

namespace vidimus::store {

/// Jobs. Part of a transaction; const functions only read. StoredJobQueue makes a jobs::JobQueue of it.
class JobRepository {
public:
    explicit JobRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    [[nodiscard]] Result<void> add(const jobs::Job& job);
    /// Replaces the row. Errors: NotFound.
    [[nodiscard]] Result<void> update(const jobs::Job& job);
    [[nodiscard]] Result<void> saveProgress(const JobId& id, double done, double total, const QJsonObject& detail);
    /// What was running when the program ended is queued again; returns how many.
    [[nodiscard]] Result<int> requeueRunning();

    [[nodiscard]] Result<jobs::Job> find(const JobId& id) const; ///< Errors: NotFound
    /// The next queued one of a class, by priority, then age.
    [[nodiscard]] Result<std::optional<jobs::Job>> next(jobs::JobClass jobClass) const;
    [[nodiscard]] Result<std::vector<jobs::Job>> list(int limit) const; ///< newest first
    [[nodiscard]] Result<std::vector<jobs::Job>> running() const;
    [[nodiscard]] Result<int> countQueued() const;
    /// Those that came to an end since \a since, well or not, in the order in which they did.
    [[nodiscard]] Result<std::vector<jobs::Job>> endedSince(Instant since) const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store
