#include "core/workbench/job_kinds.h"

#include "core/jobs/job_runner.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/first_look.h"
#include "core/workbench/fix_job.h"
#include "core/workbench/renditions.h"
#include "core/workbench/whole_check.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

ProgressSink progressOf(const jobs::JobProgressSink& sink, const QJsonObject& detail)
{
    return [sink, detail](const Progress& progress) { sink(progress.done, progress.total, detail); };
}

/// What a few looks say of a long file that was never checked, told at once, then with a closer look at the riskiest
/// parts. Gives the job's detail; empty where the pass is over as soon, and where looking fails: the pass tells why.
QJsonObject lookBefore(Workspace& workspace, const AssetId& id, const QString& profile, const CancelToken& cancel,
    const jobs::JobProgressSink& progress)
{
    constexpr double kLongFile = 60; ///< seconds
    const auto isWorthIt = workspace.store().read([&](const store::UnitOfWork& unit) -> Result<bool> {
        const auto asset = unit.assets.find(id);
        if (!asset)
            return asset.error();
        const auto reports = unit.reports.findAll(id);
        if (!reports)
            return reports.error();
        return reports->empty() && asset->facts.value(u"duration"_s).toDouble() > kLongFile;
    });
    if (!isWorthIt || !*isWorthIt)
        return {};
    auto first = lookAtAsset(workspace, id, profile, {}, cancel);
    if (!first)
        return {};
    const auto tell = [&] {
        QJsonObject detail {{u"first"_s, checks::toJson(*first)}};
        progress(0, 0, detail);
        return detail;
    };
    QJsonObject detail = tell();
    for (const checks::PlannedLook& risk : checks::planRisks(*first)) {
        const auto closer = lookAtAsset(workspace, id, profile, risk, cancel);
        if (!closer)
            break;
        first = checks::joined(*std::move(first), *closer);
        detail = tell();
    }
    return detail;
}

Result<void> runCheckJob(
    Workspace& workspace, const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress)
{
    const AssetId asset(job.payload.value(u"asset"_s).toString());
    const QString profile = job.payload.value(u"profile"_s).toString();
    const QJsonObject detail = lookBefore(workspace, asset, profile, cancel, progress);
    const auto report = checkWholly(workspace, asset, profile, cancel, progressOf(progress, detail));
    return report ? Result<void>() : Result<void>(report.error());
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
    runner.registerKind(
        "fix", [&workspace](const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress) {
            return runFixJob(workspace, job, cancel, progress);
        });
    runner.registerKind("transcode",
        [&workspace](const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress) {
            return runTranscodeJob(workspace, job, cancel, progress);
        });
}

} // namespace vidimus::workbench
