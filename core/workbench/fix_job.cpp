#include "core/workbench/fix_job.h"

#include "core/base/durable_file.h"
#include "core/store/workspace_store.h"
#include "core/workbench/fix.h"
#include "core/workbench/ingest.h"
#include "core/workbench/permission.h"
#include "core/workbench/queue_job.h"
#include "core/workbench/workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

QJsonObject sideOf(const checks::Report& report, const QString& id)
{
    const auto found = std::ranges::find(report.checks, id, &checks::CheckResult::id);
    if (found == report.checks.end())
        return {};
    return {{u"outcome"_s, checks::outcomeName(found->outcome)},
        {u"findings"_s, static_cast<qint64>(found->findings.size())}, {u"measured"_s, checks::toJson(found->measured)}};
}

QJsonObject detailOf(const FixOutcome& outcome, const AssetId& copy)
{
    QJsonArray checks;
    QStringList told;
    for (const transcode::FixStep& step : outcome.proposal.steps) {
        if (told.contains(step.check))
            continue;
        told.append(step.check);
        checks.append(QJsonObject {{u"id"_s, step.check}, {u"before"_s, sideOf(outcome.before, step.check)},
            {u"after"_s, sideOf(*outcome.after, step.check)}});
    }
    return {
        {u"fix"_s, QJsonObject {{u"proved"_s, outcome.proved}, {u"copy"_s, copy.toString()}, {u"checks"_s, checks}}}};
}

/// "Film.mp4" gives "Film (corrected).mp4"; another container brings its own ending.
QString nameOfCopy(const QString& original, const QString& container)
{
    const QFileInfo info(original);
    QString suffix = info.suffix();
    if (container == "matroska"_L1)
        suffix = u"mkv"_s;
    else if (suffix.isEmpty())
        suffix = container.section(u',', 0, 0);
    return u"%1 (corrected).%2"_s.arg(info.completeBaseName().left(200), suffix);
}

} // namespace

std::optional<FixJobResult> fixResultOf(const jobs::Job& job)
{
    if (job.kind != "fix" || !job.detail.contains("fix"_L1))
        return std::nullopt;
    const QJsonObject fix = job.detail[u"fix"].toObject();
    FixJobResult result {fix[u"proved"].toBool(), AssetId(fix[u"copy"].toString()), {}};
    const QJsonArray checks = fix[u"checks"].toArray();
    for (const QJsonValue& value : checks) {
        const QJsonObject before = value[u"before"].toObject();
        const QJsonObject after = value[u"after"].toObject();
        result.checks.push_back({value[u"id"].toString(), before[u"outcome"].toString(), after[u"outcome"].toString(),
            before[u"findings"].toInt(), after[u"findings"].toInt(), before[u"measured"].toObject(),
            after[u"measured"].toObject()});
    }
    return result;
}

Result<JobId> queueFix(Workspace& workspace, const AssetId& id, const QStringList& ids)
{
    const QString subject = u"asset:"_s + id.toString();
    for (const auto action : {moderation::Action::Transcode, moderation::Action::Ingest}) {
        if (auto allowed = requirePermission(workspace, action, subject); !allowed)
            return std::move(allowed).error();
    }
    return queueJob(workspace, id,
        {.kind = "fix", .jobClass = jobs::JobClass::Heavy, .payload = {{u"only"_s, QJsonArray::fromStringList(ids)}}});
}

Result<jobs::Job> findJob(Workspace& workspace, const JobId& id)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) { return unit.jobs.find(id); });
}

Result<void> runFixJob(
    Workspace& workspace, const jobs::Job& job, const CancelToken& cancel, const jobs::JobProgressSink& progress)
{
    const AssetId id(job.payload.value(u"asset"_s).toString());
    QStringList ids;
    const QJsonArray only = job.payload.value(u"only"_s).toArray();
    for (const QJsonValue& check : only)
        ids.append(check.toString());
    const auto asset = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(id); });
    if (!asset)
        return asset.error();
    const auto proposed = proposeFixOfAsset(workspace, id, ids, cancel);
    if (!proposed)
        return proposed.error();
    // Inside the workspace, so that it lies on the same disk; gone with everything in it at the end.
    const QTemporaryDir folder(workspace.paths().cache() + u"/fix-XXXXXX"_s);
    if (!folder.isValid())
        return Error {ErrorCode::Io, folder.errorString(), "io"};
    const QString made = folder.filePath(u"copy"_s);
    const auto fixed = applyFixToAsset(
        workspace, id, *proposed, made, cancel, [&](const Progress& now) { progress(now.done, now.total, {}); });
    if (!fixed)
        return fixed.error();
    const auto tell = [&](const QJsonObject& detail) {
        return workspace.store().write(
            [&](store::UnitOfWork& unit) { return unit.jobs.saveProgress(job.id, 1, 1, detail); });
    };
    if (!fixed->proved) {
        if (auto told = tell(detailOf(*fixed, {})); !told)
            return told;
        return Error {ErrorCode::Invalid, u"the correction did not make the findings go away; nothing was kept"_s,
            "fix_not_proved"};
    }
    const QString named = folder.filePath(nameOfCopy(asset->originalName, fixed->file->container));
    if (auto renamed = renameDurably(made, named); !renamed)
        return renamed;
    const auto copy = ingestFile(workspace, named, cancel, {}, asset->title);
    if (!copy)
        return copy.error();
    if (auto told = tell(detailOf(*fixed, copy->id)); !told)
        return told;
    return workspace.store().write([&](store::UnitOfWork& unit) {
        return unit.audit.append(workspace.me().id.toString(), u"fix"_s, u"asset:"_s + id.toString(), QJsonValue::Null,
            QJsonObject {{u"only"_s, only}, {u"copy"_s, copy->id.toString()},
                {u"sha256"_s, QString::fromLatin1(copy->sha256)},
                {u"plan"_s, transcode::toJson(fixed->proposal.plan)}});
    });
}

} // namespace vidimus::workbench
