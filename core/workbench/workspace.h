#pragma once

#include "core/base/instant.h"
#include "core/workbench/person.h"
#include "core/workbench/workspace_paths.h"
#include "core/worker/worker_options.h"

#include <chrono>
#include <memory>

namespace vidimus::jobs {
class JobRunner;
}
namespace vidimus::moderation {
struct Policy;
}
namespace vidimus::store {
class WorkspaceStore;
}
namespace vidimus::worker {
class WorkerPool;
}

namespace vidimus::workbench {

class CatalogLink;
class MatchLibrary;
class RulesCache;
class TaskRunner;
class WorkspaceEvents;

struct WorkspaceOptions {
    QString folder; ///< absolute; made when it is not there
    QString profile; ///< empty: the one used last
    bool runInBackground = false; ///< the studio: runs jobs, sends the outbox and makes backups by itself
    std::chrono::milliseconds lockPatience {5000};
    worker::WorkerOptions worker;
    QString catalogProgram; ///< empty: vidimus-catalogd beside the running program
};

/// An open workspace: its database, its workers, its jobs and its catalog, for one person. Its store holds the
/// workspace's lock. The use cases (ingest.h, review.h, rights_desk.h, publish.h, …) are free functions over it.
/// Thread-safe.
class Workspace {
public:
    /// Errors: Conflict (reason "locked": another program writes here), Corrupt (the database; nothing is overwritten),
    /// Unsupported (made by a newer version), NotFound (no such profile), Io, DiskFull.
    [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(const WorkspaceOptions& options);
    /// The same workspace for another of its profiles, so that a command which came through the studio's socket acts as
    /// its own person. It shares all else with this one, runs nothing in the background, and must end first.
    /// Errors: NotFound (no such profile), Conflict (reason "other_catalog": that profile works on another one), Io.
    [[nodiscard]] Result<std::unique_ptr<Workspace>> as(const QString& profile);
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    [[nodiscard]] const WorkspacePaths& paths() const;
    [[nodiscard]] WorkspaceEvents& events();
    [[nodiscard]] store::WorkspaceStore& store();
    [[nodiscard]] worker::WorkerPool& workers();
    [[nodiscard]] jobs::JobRunner& jobs();
    [[nodiscard]] CatalogLink& catalog();
    [[nodiscard]] RulesCache& rules();
    [[nodiscard]] MatchLibrary& matches();
    [[nodiscard]] TaskRunner& tasks();
    [[nodiscard]] const Clock& clock() const;
    [[nodiscard]] const moderation::Policy& policy() const;
    [[nodiscard]] const Person& me() const;
    [[nodiscard]] const CatalogProfile& profile() const;

private:
    struct Impl;
    Workspace(std::unique_ptr<Impl> owned, Impl& impl);

    std::unique_ptr<Impl> m_owned; ///< null in what as() gave
    Impl* m_impl;
    Person m_me;
    CatalogProfile m_profile;
};

} // namespace vidimus::workbench
