#include "core/workbench/workspace.h"

#include "core/base/durable_file.h"
#include "core/jobs/job_runner.h"
#include "core/moderation/policy.h"
#include "core/store/stored_job_queue.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/first_start.h"
#include "core/workbench/job_kinds.h"
#include "core/workbench/match_library.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/task_runner.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <thread>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A folder that cannot be had, by its name: the system's own words name a part of it at best.
Error folderError(const QString& root, const Error& error)
{
    const QFileInfo folder(root);
    if (folder.exists() && !folder.isDir())
        return {ErrorCode::Invalid, u"the workspace \"%1\" is a file, not a folder"_s.arg(root), "not_a_folder"};
    if (error.reason == "no_permission") {
        return {error.code,
            u"the workspace \"%1\" cannot be read and written by this user (%2)"_s.arg(root, error.detail),
            error.reason};
    }
    if (error.code == ErrorCode::Io || error.code == ErrorCode::NotFound || error.code == ErrorCode::DiskFull)
        return {
            error.code, u"the workspace \"%1\" cannot be opened or made (%2)"_s.arg(root, error.detail), error.reason};
    return error;
}

/// A command makes a call or two and ends: a worker kept waiting would only cost it time.
worker::WorkerOptions workerOptions(const WorkspaceOptions& given)
{
    worker::WorkerOptions options = given.worker;
    options.keepWarm = options.keepWarm && given.runInBackground;
    return options;
}

} // namespace

struct Workspace::Impl {
    Impl(const WorkspaceOptions& given, std::unique_ptr<store::WorkspaceStore> opened, moderation::Policy reasons)
        : paths {given.folder}
        , store(std::move(opened))
        , policy(std::move(reasons))
        , workers(workerOptions(given))
        , queue(*store)
        , runner(queue, clock, [this](const JobId& id) { Q_EMIT events.jobChanged(id); })
    {
    }

    WorkspacePaths paths;
    SystemClock clock;
    WorkspaceEvents events;
    std::unique_ptr<store::WorkspaceStore> store;
    moderation::Policy policy;
    RulesCache rules;
    MatchLibrary matches;
    worker::WorkerPool workers;
    store::StoredJobQueue queue;
    jobs::JobRunner runner;
    std::unique_ptr<CatalogLink> catalog;
    TaskRunner tasks;
    std::jthread upkeep;
};

Workspace::Workspace(std::unique_ptr<Impl> owned, Impl& impl)
    : m_owned(std::move(owned))
    , m_impl(&impl)
{
}

Workspace::~Workspace()
{
    if (!m_owned)
        return;
    // From the outside inwards: nothing may start work on what is already gone.
    m_impl->store->setDamageListener({});
    m_impl->upkeep.request_stop();
    m_impl->rules.stopCompiling();
    m_impl->runner.stop();
    if (m_impl->catalog)
        m_impl->catalog->stop();
}

Result<std::unique_ptr<Workspace>> Workspace::open(const WorkspaceOptions& options)
{
    const WorkspacePaths paths {options.folder};
    if (auto made = makeWorkspaceFolders(paths); !made)
        return folderError(options.folder, made.error());
    // A window has to be there soon; a command answers only from a database that was found sound.
    const store::StoreOptions storeOptions {.folder = options.folder, .checkInBackground = options.runInBackground};
    const auto until = std::chrono::steady_clock::now() + options.lockPatience;
    auto opened = store::WorkspaceStore::open(storeOptions);
    while (!opened && opened.error().reason == "locked" && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(20ms);
        opened = store::WorkspaceStore::open(storeOptions);
    }
    if (!opened)
        return folderError(options.folder, opened.error());
    removeStaleTemporaries(paths.media());
    auto policy = moderation::defaultPolicy();
    if (!policy)
        return std::move(policy).error();

    auto owned = std::make_unique<Impl>(options, *std::move(opened), *std::move(policy));
    Impl& impl = *owned;
    std::unique_ptr<Workspace> workspace(new Workspace(std::move(owned), impl));
    impl.store->setDamageListener([&impl](const Error& error) { Q_EMIT impl.events.databaseDamaged(error); });
    if (auto known = startProfile(*impl.store, options.profile, workspace->m_me, workspace->m_profile); !known)
        return std::move(known).error();
    impl.catalog = std::make_unique<CatalogLink>(*workspace, options.catalogProgram);
    registerJobKinds(*workspace, impl.runner);
    if (auto requeued = impl.queue.requeueInterrupted(); !requeued)
        return std::move(requeued).error();
    if (options.runInBackground) {
        impl.workers.warmUp();
        impl.runner.start();
        impl.catalog->startBackground();
        impl.rules.startCompiling(*workspace);
        impl.upkeep = std::jthread([&impl](const std::stop_token& stop) {
            std::mutex mutex;
            std::condition_variable_any wake;
            std::unique_lock lock(mutex);
            while (!stop.stop_requested()) {
                if (auto done = impl.store->maintain(); !done)
                    Q_EMIT impl.events.attentionChanged();
                wake.wait_for(lock, stop, 5s, [] { return false; });
            }
        });
    }
    return workspace;
}

Result<std::unique_ptr<Workspace>> Workspace::as(const QString& profile)
{
    std::unique_ptr<Workspace> guest(new Workspace(nullptr, *m_impl));
    if (auto known = startProfile(*m_impl->store, profile, guest->m_me, guest->m_profile); !known)
        return std::move(known).error();
    if (guest->m_profile.kind != m_profile.kind || guest->m_profile.url != m_profile.url) {
        return Error {ErrorCode::Conflict,
            u"the studio works on the catalog of profile \"%1\"; choose \"%2\" there or close it"_s.arg(
                m_profile.name, profile),
            "other_catalog"};
    }
    return guest;
}

const WorkspacePaths& Workspace::paths() const
{
    return m_impl->paths;
}

WorkspaceEvents& Workspace::events()
{
    return m_impl->events;
}

store::WorkspaceStore& Workspace::store()
{
    return *m_impl->store;
}

worker::WorkerPool& Workspace::workers()
{
    return m_impl->workers;
}

jobs::JobRunner& Workspace::jobs()
{
    return m_impl->runner;
}

CatalogLink& Workspace::catalog()
{
    return *m_impl->catalog;
}

RulesCache& Workspace::rules()
{
    return m_impl->rules;
}

MatchLibrary& Workspace::matches()
{
    return m_impl->matches;
}

TaskRunner& Workspace::tasks()
{
    return m_impl->tasks;
}

const Clock& Workspace::clock() const
{
    return m_impl->clock;
}

const moderation::Policy& Workspace::policy() const
{
    return m_impl->policy;
}

const Person& Workspace::me() const
{
    return m_me;
}

const CatalogProfile& Workspace::profile() const
{
    return m_profile;
}

} // namespace vidimus::workbench
