#include "core/store/job_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;
using jobs::Job;
using jobs::JobClass;

namespace {

const QString kColumns
    = u"id, kind, job_class, subject, payload, state, priority, attempts, progress_done, progress_total, detail, "
      "created_at, started_at, ended_at, error_code, error_reason, error_detail, progress_at_start"_s;

QString name(const char* text)
{
    return QString::fromLatin1(text);
}

Result<JobClass> classFromName(const QString& text)
{
    for (const JobClass jobClass : {JobClass::Light, JobClass::Heavy}) {
        if (text == name(jobs::jobClassName(jobClass)))
            return jobClass;
    }
    return Error {ErrorCode::Corrupt, u"\"%1\" is no class of a job"_s.arg(text), "stored_row"};
}

Result<Job> readJob(const sql::Statement& row)
{
    const auto jobClass = classFromName(row.text(2));
    if (!jobClass)
        return jobClass.error();
    const auto state = jobs::jobStateFromName(row.text(5).toLatin1());
    if (!state)
        return corruptRow(state.error());
    auto payload = jsonColumn(row, 4);
    if (!payload)
        return std::move(payload).error();
    auto detail = jsonColumn(row, 10);
    if (!detail)
        return std::move(detail).error();
    return Job {.id = row.id<JobId>(0),
        .kind = row.text(1).toLatin1(),
        .jobClass = *jobClass,
        .subject = row.text(3),
        .payload = std::move(*payload),
        .state = *state,
        .priority = static_cast<int>(row.integer(6)),
        .attempts = static_cast<int>(row.integer(7)),
        .progressDone = row.real(8),
        .progressTotal = row.real(9),
        .progressAtStart = row.real(17),
        .detail = std::move(*detail),
        .createdAt = row.instant(11),
        .startedAt = row.instant(12),
        .endedAt = row.instant(13),
        .error = errorColumns(row, 14)};
}

std::optional<QString> codeText(const Job& job)
{
    const bool hasError = job.error != Error {};
    return hasError ? std::optional(name(errorCodeName(job.error.code))) : std::nullopt;
}

Error noJob(const JobId& id)
{
    return {ErrorCode::NotFound, u"there is no job %1"_s.arg(id.toString()), "job_not_found"};
}

} // namespace

Result<void> JobRepository::add(const Job& job)
{
    auto done = m_connection->execute(u"INSERT INTO jobs (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                      "?, ?)"_s.arg(kColumns),
        job.id, QString::fromLatin1(job.kind), name(jobs::jobClassName(job.jobClass)), job.subject,
        jsonText(job.payload), name(jobs::jobStateName(job.state)), job.priority, job.attempts, job.progressDone,
        job.progressTotal, jsonText(job.detail), job.createdAt, job.startedAt, job.endedAt, codeText(job),
        QString::fromLatin1(job.error.reason), job.error.detail, job.progressAtStart);
    if (!done)
        return std::move(done).error();
    return {};
}

Result<void> JobRepository::update(const Job& job)
{
    const auto done = m_connection->execute(
        u"UPDATE jobs SET state = ?, priority = ?, attempts = ?, progress_done = ?, progress_total = ?, detail = ?, "
        "payload = ?, started_at = ?, ended_at = ?, error_code = ?, error_reason = ?, error_detail = ?, "
        "progress_at_start = ? WHERE id = ?"_s,
        name(jobs::jobStateName(job.state)), job.priority, job.attempts, job.progressDone, job.progressTotal,
        jsonText(job.detail), jsonText(job.payload), job.startedAt, job.endedAt, codeText(job),
        QString::fromLatin1(job.error.reason), job.error.detail, job.progressAtStart, job.id);
    if (!done)
        return done.error();
    return *done == 1 ? Result<void>() : noJob(job.id);
}

Result<void> JobRepository::saveProgress(const JobId& id, double done, double total, const QJsonObject& detail)
{
    const auto changed
        // A kind that begins anew reports less than was done before: then nothing was left over.
        = m_connection->execute(u"UPDATE jobs SET progress_done = ?, progress_total = ?, detail = ?, "
                                "progress_at_start = min(progress_at_start, ?) WHERE id = ?"_s,
            done, total, jsonText(detail), done, id);
    if (!changed)
        return changed.error();
    return *changed == 1 ? Result<void>() : noJob(id);
}

Result<int> JobRepository::requeueRunning()
{
    const auto changed
        = m_connection->execute(u"UPDATE jobs SET state = ?, attempts = max(0, attempts - 1) WHERE state = ?"_s,
            name(jobs::jobStateName(jobs::JobState::Queued)), name(jobs::jobStateName(jobs::JobState::Running)));
    if (!changed)
        return changed.error();
    return static_cast<int>(*changed);
}

Result<Job> JobRepository::find(const JobId& id) const
{
    auto found = m_connection->one(u"SELECT %1 FROM jobs WHERE id = ?"_s.arg(kColumns), readJob, id);
    if (!found)
        return std::move(found).error();
    if (!*found)
        return noJob(id);
    return std::move(**found);
}

Result<std::optional<Job>> JobRepository::next(JobClass jobClass) const
{
    return m_connection->one(u"SELECT %1 FROM jobs WHERE job_class = ? AND state = 'queued' "
                             "ORDER BY priority DESC, sequence LIMIT 1"_s.arg(kColumns),
        readJob, name(jobs::jobClassName(jobClass)));
}

Result<std::vector<Job>> JobRepository::list(int limit) const
{
    return m_connection->all(u"SELECT %1 FROM jobs ORDER BY sequence DESC LIMIT ?"_s.arg(kColumns), readJob, limit);
}

Result<std::vector<Job>> JobRepository::running() const
{
    return m_connection->all(u"SELECT %1 FROM jobs WHERE state = 'running' ORDER BY sequence"_s.arg(kColumns), readJob);
}

Result<int> JobRepository::countQueued() const
{
    const auto count = m_connection->integer(u"SELECT count(*) FROM jobs WHERE state = 'queued'"_s);
    if (!count)
        return count.error();
    return static_cast<int>(*count);
}

Result<std::vector<Job>> JobRepository::endedSince(Instant since) const
{
    // One that is tried again was given an end, too.
    return m_connection->all(
        u"SELECT %1 FROM jobs WHERE ended_at >= ? AND state IN ('done', 'failed', 'parked', 'canceled') "
        "ORDER BY ended_at, sequence"_s.arg(kColumns),
        readJob, since);
}

} // namespace vidimus::store
