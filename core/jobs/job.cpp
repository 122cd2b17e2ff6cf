#include "core/jobs/job.h"

#include <array>

namespace vidimus::jobs {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kStates {"queued", "running", "paused", "done", "failed", "parked", "canceled"};

bool allowed(JobState state, JobEvent event)
{
    using S = JobState;
    switch (event) {
    case JobEvent::Start:
        return state == S::Queued;
    case JobEvent::Pause:
        return state == S::Queued || state == S::Running;
    case JobEvent::Resume:
        return state == S::Paused;
    case JobEvent::Cancel:
        return state == S::Queued || state == S::Running || state == S::Paused || state == S::Failed
            || state == S::Parked;
    case JobEvent::Retry:
        return state == S::Failed || state == S::Parked || state == S::Canceled;
    case JobEvent::Finish:
    case JobEvent::Fail:
        return state == S::Running;
    }
    return false;
}

} // namespace

Result<Job> apply(Job job, JobEvent event, Instant now, const Error& error)
{
    if (!allowed(job.state, event)) {
        return Error {ErrorCode::Conflict,
            u"a job that is %1 cannot take this step"_s.arg(QLatin1StringView(jobStateName(job.state))), "job_step"};
    }
    switch (event) {
    case JobEvent::Start:
        job.state = JobState::Running;
        job.startedAt = now;
        job.progressAtStart = job.progressDone;
        ++job.attempts;
        break;
    case JobEvent::Pause:
        if (job.state == JobState::Running) // only attempts that failed count towards parking it
            --job.attempts;
        job.state = JobState::Paused;
        break;
    case JobEvent::Resume:
        job.state = JobState::Queued;
        break;
    case JobEvent::Cancel:
        job.state = JobState::Canceled;
        job.endedAt = now;
        break;
    case JobEvent::Retry:
        job.state = JobState::Queued;
        job.attempts = 0;
        job.error = {};
        break;
    case JobEvent::Finish:
        job.state = JobState::Done;
        job.endedAt = now;
        job.progressDone = job.progressTotal = std::max(job.progressTotal, 1.0);
        job.error = {};
        break;
    case JobEvent::Fail: {
        job.error = error;
        job.endedAt = now;
        // Bad input fails the same way each time; only what may pass is tried again by itself.
        const bool mayPass = error.code == ErrorCode::Unavailable || error.code == ErrorCode::TimedOut
            || error.code == ErrorCode::Io || error.code == ErrorCode::Internal;
        job.state = !mayPass ? JobState::Failed : job.attempts < kMaxAttempts ? JobState::Queued : JobState::Parked;
        break;
    }
    }
    return job;
}

const char* jobStateName(JobState state)
{
    return kStates.at(static_cast<std::size_t>(state));
}

Result<JobState> jobStateFromName(QByteArrayView name)
{
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (name == QByteArrayView(kStates[i]))
            return static_cast<JobState>(i);
    }
    return Error {
        ErrorCode::Invalid, u"not a job state: %1"_s.arg(QString::fromUtf8(name.toByteArray().left(40))), "bad_state"};
}

const char* jobClassName(JobClass jobClass)
{
    return jobClass == JobClass::Heavy ? "heavy" : "light";
}

QJsonObject toJson(const Job& job)
{
    QJsonObject object {{u"id"_s, job.id.toString()}, {u"kind"_s, QString::fromLatin1(job.kind)},
        {u"class"_s, QLatin1StringView(jobClassName(job.jobClass))}, {u"subject"_s, job.subject},
        {u"state"_s, QLatin1StringView(jobStateName(job.state))}, {u"attempts"_s, job.attempts},
        {u"created"_s, toRfc3339(job.createdAt)}};
    object.insert(u"progress"_s, job.progressTotal > 0 ? job.progressDone / job.progressTotal : 0.0);
    if (job.startedAt != Instant {})
        object.insert(u"started"_s, toRfc3339(job.startedAt));
    if (job.endedAt != Instant {})
        object.insert(u"ended"_s, toRfc3339(job.endedAt));
    if (job.state == JobState::Failed || job.state == JobState::Parked) {
        object.insert(u"error"_s,
            QJsonObject {{u"code"_s, QLatin1StringView(errorCodeName(job.error.code))},
                {u"reason"_s, QString::fromLatin1(job.error.reason)}, {u"detail"_s, job.error.detail}});
    }
    return object;
}

std::optional<Milliseconds> timeLeft(const Job& job, Instant now)
{
    if (job.state != JobState::Running || job.progressTotal <= 0)
        return std::nullopt;
    const double gained = (job.progressDone - job.progressAtStart) / job.progressTotal;
    const double left = 1.0 - job.progressDone / job.progressTotal;
    if (gained < 0.02 || left < 0)
        return std::nullopt;
    const double spent = static_cast<double>((now - job.startedAt).count());
    return Milliseconds {static_cast<qint64>(spent * left / gained)};
}

} // namespace vidimus::jobs
