#include "core/workbench/outbox_desk.h"
#include "core/workbench/run_jobs.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

QJsonArray jsonOf(const std::vector<jobs::Job>& jobs)
{
    QJsonArray list;
    for (const jobs::Job& job : jobs)
        list.append(jobs::toJson(job));
    return list;
}

QString lineOf(const jobs::Job& job)
{
    const QString what = job.kind == "check" ? u"Checking %1"_s
        : job.kind == "fix"                  ? u"Correcting %1"_s
        : job.kind == "transcode"            ? u"Transcoding %1"_s
                                             : u"Working on %1"_s;
    return what.arg(job.subject);
}

Result<VerbReply> workThroughQueue(const VerbContext& context)
{
    const auto run = runQueuedJobs(*context.workspace, context.cancel, [&](const jobs::Job& job, int waiting) {
        if (!context.notes)
            return;
        const QString line = waiting > 0 ? u"%1; %2 waiting"_s.arg(lineOf(job)).arg(waiting) : lineOf(job);
        context.notes(job.progressTotal > 0 ? job.progressDone / job.progressTotal : -1, line);
    });
    if (!run)
        return run.error();
    const auto done = std::ranges::count(run->ended, jobs::JobState::Done, &jobs::Job::state);
    const auto failed = std::ranges::count_if(run->ended, [](const jobs::Job& job) {
        return job.state == jobs::JobState::Failed || job.state == jobs::JobState::Parked;
    });
    VerbReply reply {failed == 0 ? ExitCode::Done : ExitCode::AnswerIsNo, {}};
    if (context.cancel.isCanceled())
        reply = failedReply(context.request.verb,
            {ErrorCode::Canceled, u"stopped; what was not finished stays queued"_s, "jobs_stopped"});
    reply.json.insert(u"jobs"_s, jsonOf(run->ended));
    reply.json.insert(u"done"_s, static_cast<qint64>(done));
    reply.json.insert(u"failed"_s, static_cast<qint64>(failed));
    reply.json.insert(u"waiting"_s, run->waiting);
    return reply;
}

} // namespace

Result<VerbReply> runJobs(const VerbContext& context)
{
    static const QHash<QString, jobs::JobEvent> kEvents {{u"pause"_s, jobs::JobEvent::Pause},
        {u"resume"_s, jobs::JobEvent::Resume}, {u"cancel"_s, jobs::JobEvent::Cancel},
        {u"retry"_s, jobs::JobEvent::Retry}};
    const QStringList& operands = context.request.operands;
    const QString what = operands.value(0, u"list"_s);
    if (what == u"run" && operands.size() == 1)
        return workThroughQueue(context);
    if (kEvents.contains(what) && operands.size() == 2) {
        const auto changed = changeJob(*context.workspace, JobId(operands.at(1)), kEvents.value(what));
        if (!changed)
            return changed.error();
    } else if (what != u"list") {
        return Error {ErrorCode::Invalid,
            u"\"jobs\" knows \"list\" and \"run\", and \"pause\", \"resume\", \"cancel\" or \"retry\" with an id"_s,
            "usage"};
    }
    const auto jobs = listJobs(*context.workspace, 1000);
    if (!jobs)
        return jobs.error();
    return VerbReply {ExitCode::Done, {{u"jobs"_s, jsonOf(*jobs)}}};
}

} // namespace vidimus::workbench
