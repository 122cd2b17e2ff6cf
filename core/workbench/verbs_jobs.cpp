#include "core/jobs/job_runner.h"
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

/// Jobs of the same lane that are taken before this one: a higher priority, else an earlier place.
qint64 countBefore(const std::vector<jobs::Job>& newestFirst, const jobs::Job& job)
{
    bool isEarlier = false; // those after it in the list were queued before it
    qint64 before = 0;
    for (const jobs::Job& other : newestFirst) {
        if (other.id == job.id) {
            isEarlier = true;
            continue;
        }
        const bool waits = other.state == jobs::JobState::Queued || other.state == jobs::JobState::Running;
        const bool first = other.state == jobs::JobState::Running || other.priority > job.priority
            || (isEarlier && other.priority == job.priority);
        before += waits && other.jobClass == job.jobClass && first ? 1 : 0;
    }
    return before;
}

struct WhyAndAdvice {
    QString why;
    QString advice;
};

WhyAndAdvice explain(const jobs::Job& job, qint64 before, bool hasLanes)
{
    const QString id = job.id.toString();
    const QString error = job.error.detail.isEmpty() ? u"no reason was kept"_s : job.error.detail;
    switch (job.state) {
    case jobs::JobState::Queued:
        if (!hasLanes)
            return {u"It waits, with %1 before it: no studio is open that would work on it."_s.arg(before),
                u"vidimus jobs run"_s};
        return {before > 0 ? u"It waits for %1 before it."_s.arg(before) : u"It is next."_s, {}};
    case jobs::JobState::Running:
        return {job.progressTotal > 0 ? u"It is at %1 %."_s.arg(100 * job.progressDone / job.progressTotal, 0, 'f', 0)
                                      : u"It is being worked on."_s,
            {}};
    case jobs::JobState::Paused:
        return {u"Somebody paused it."_s, u"vidimus jobs resume %1"_s.arg(id)};
    case jobs::JobState::Done:
        return {u"It was done at %1."_s.arg(toRfc3339(job.endedAt)), {}};
    case jobs::JobState::Failed:
        return {u"It failed: %1."_s.arg(error), u"vidimus jobs retry %1"_s.arg(id)};
    case jobs::JobState::Parked:
        return {u"It failed %1 times and waits for a person: %2."_s.arg(job.attempts).arg(error),
            u"vidimus jobs retry %1"_s.arg(id)};
    case jobs::JobState::Canceled:
        return {u"Somebody cancelled it."_s, u"vidimus jobs retry %1"_s.arg(id)};
    }
    return {};
}

Result<VerbReply> explainJob(Workspace& workspace, const JobId& id)
{
    constexpr int kLookedAt = 100'000;
    const auto all = listJobs(workspace, kLookedAt);
    if (!all)
        return all.error();
    const auto job = std::ranges::find(*all, id, &jobs::Job::id);
    if (job == all->end())
        return Error {ErrorCode::NotFound, u"there is no job %1; \"vidimus jobs\" lists them"_s.arg(id.toString()),
            "unknown_job"};
    const qint64 before = job->state == jobs::JobState::Queued ? countBefore(*all, *job) : 0;
    const WhyAndAdvice said = explain(*job, before, workspace.jobs().hasLanes());
    return VerbReply {ExitCode::Done,
        {{u"jobs"_s, jsonOf({*job})}, {u"why"_s, said.why}, {u"advice"_s, said.advice}, {u"before"_s, before}}};
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
    if (what == u"explain" && operands.size() == 2)
        return explainJob(*context.workspace, JobId(operands.at(1)));
    if (kEvents.contains(what) && operands.size() == 2) {
        const auto changed = changeJob(*context.workspace, JobId(operands.at(1)), kEvents.value(what));
        if (!changed)
            return changed.error();
    } else if (what != u"list") {
        return Error {ErrorCode::Invalid,
            u"\"jobs\" knows \"list\" and \"run\", and \"pause\", \"resume\", \"cancel\", \"retry\" or \"explain\" with an id"_s,
            "usage"};
    }
    const auto jobs = listJobs(*context.workspace, 1000);
    if (!jobs)
        return jobs.error();
    return VerbReply {ExitCode::Done, {{u"jobs"_s, jsonOf(*jobs)}}};
}

} // namespace vidimus::workbench
