#include "core/workbench/run_jobs.h"

#include "core/jobs/job_runner.h"
#include "core/store/workspace_store.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

#include <atomic>
#include <chrono>
#include <thread>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kLook = 100ms;

struct Look {
    std::vector<jobs::Job> running;
    int queued = 0;
};

Result<Look> look(Workspace& workspace)
{
    return workspace.store().read([](const store::UnitOfWork& unit) -> Result<Look> {
        auto running = unit.jobs.running();
        const auto queued = unit.jobs.countQueued();
        if (!running || !queued)
            return !running ? running.error() : queued.error();
        return Look {*std::move(running), *queued};
    });
}

/// Tells what goes on until \a isOver says so of a look.
template<class IsOver>
Result<void> watch(Workspace& workspace, const JobsRunSink& told, IsOver isOver)
{
    for (;;) {
        const auto now = look(workspace);
        if (!now)
            return now.error();
        if (isOver(*now))
            return {};
        if (!now->running.empty() && told)
            told(now->running.front(), now->queued);
        std::this_thread::sleep_for(kLook);
    }
}

Result<void> runOurselves(Workspace& workspace, const CancelToken& cancel, const JobsRunSink& told)
{
    std::atomic<bool> isOver = false;
    Result<void> ran;
    std::jthread worker([&] {
        ran = workspace.jobs().runAllQueued(cancel);
        isOver = true;
    });
    auto watched = watch(workspace, told, [&](const Look&) { return isOver.load(); });
    worker.join();
    return ran ? watched : ran;
}

Result<void> waitForLanes(Workspace& workspace, const CancelToken& cancel, const JobsRunSink& told)
{
    workspace.jobs().poke();
    return watch(workspace, told,
        [&](const Look& now) { return cancel.isCanceled() || (now.running.empty() && now.queued == 0); });
}

} // namespace

Result<JobsRun> runQueuedJobs(Workspace& workspace, const CancelToken& cancel, const JobsRunSink& told)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::RunChecks, u"jobs"_s); !allowed)
        return std::move(allowed).error();
    const Instant start = workspace.clock().now();
    auto ran
        = workspace.jobs().hasLanes() ? waitForLanes(workspace, cancel, told) : runOurselves(workspace, cancel, told);
    if (!ran)
        return std::move(ran).error();
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<JobsRun> {
        auto ended = unit.jobs.endedSince(start);
        const auto queued = unit.jobs.countQueued();
        if (!ended || !queued)
            return !ended ? ended.error() : queued.error();
        return JobsRun {*std::move(ended), *queued};
    });
}

} // namespace vidimus::workbench
