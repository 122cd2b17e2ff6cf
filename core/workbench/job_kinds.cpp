#include "core/workbench/job_kinds.h"

#include "core/jobs/job_runner.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/renditions.h"
#include "core/workbench/review.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

ProgressSink progressOf(const jobs::JobProgressSink& sink)
{
    return [sink](const Progress& progress) { sink(progress.done, progress.total, {}); };
}

/// Twice at the same place: the media is to blame, and a person has to know.
bool isUnreadable(const Error& error)
{
    return error.code == ErrorCode::Corrupt || error.reason == "file_parked" || error.reason == "worker_crashed";
}

Result<void> runCheckJob(
    Workspace& workspace, const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress)
{
    const AssetId asset(job.payload.value(u"asset"_s).toString());
    const auto report
        = checkAsset(workspace, asset, job.payload.value(u"profile"_s).toString(), cancel, progressOf(progress));
    if (report)
        return {};
    if (isUnreadable(report.error())) {
        const auto parked = workspace.store().write(
            [&](store::UnitOfWork& unit) { return unit.assets.setState(asset, store::AssetState::Unreadable); });
        if (!parked)
            return parked.error();
        Q_EMIT workspace.events().assetsChanged();
        Q_EMIT workspace.events().attentionChanged();
    }
    return report.error();
}

Result<void> runTranscodeJob(
    Workspace& workspace, const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress)
{
    QJsonObject renditions; // both sinks are called on this thread
    const auto result = transcodeAsset(
        workspace, AssetId(job.payload.value(u"asset"_s).toString()), job.payload.value(u"ladder"_s).toString(), cancel,
        [&](const Progress& now) { progress(now.done, now.total, renditions); },
        [&](const QJsonObject& detail) { renditions = detail; });
    return result ? Result<void>() : Result<void>(result.error());
}

} // namespace

void registerJobKinds(Workspace& workspace, jobs::JobRunner& runner)
{
    runner.registerKind(
        "check", [&workspace](const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress) {
            return runCheckJob(workspace, job, cancel, progress);
        });
    runner.registerKind("transcode",
        [&workspace](const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress) {
            return runTranscodeJob(workspace, job, cancel, progress);
        });
}

} // namespace vidimus::workbench
