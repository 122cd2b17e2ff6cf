#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <optional>

namespace vidimus::jobs {

/// Where a job stands. Parked: it failed twice at the same place and waits for a person.
enum class JobState { Queued, Running, Paused, Done, Failed, Parked, Canceled };
/// Heavy jobs (transcodes) run one at a time and yield to playback; light ones (probe, check) run beside them.
enum class JobClass { Light, Heavy };

/// One piece of work, as stored. \a kind and \a payload belong to whoever registered the kind; jobs knows none of them.
struct Job {
    JobId id;
    QByteArray kind; ///< "check", "fix", "transcode"
    JobClass jobClass = JobClass::Light;
    QString subject; ///< what a person calls it; never used for logic
    QJsonObject payload;
    JobState state = JobState::Queued;
    int priority = 0; ///< higher first
    int attempts = 0;
    double progressDone = 0;
    double progressTotal = 0; ///< 0: unknown
    double progressAtStart = 0; ///< what an earlier attempt had left done; the rate counts what came after it
    QJsonObject detail; ///< progress in the kind's own terms: segments per rendition
    Instant createdAt {};
    Instant startedAt {}; ///< epoch: never started
    Instant endedAt {};
    Error error; ///< meaningful in Failed and Parked
};

[[nodiscard]] const char* jobStateName(JobState state);
[[nodiscard]] Result<JobState> jobStateFromName(QByteArrayView name);
[[nodiscard]] const char* jobClassName(JobClass jobClass);
/// As in the CLI's `jobs list`.
[[nodiscard]] QJsonObject toJson(const Job& job);

/// What a person or the runner may do to a job; Errors: Conflict when the state does not allow it. Pure.
enum class JobEvent { Start, Pause, Resume, Cancel, Retry, Finish, Fail };
inline constexpr int kMaxAttempts = 2; ///< automatic attempts before a job is parked
[[nodiscard]] Result<Job> apply(Job job, JobEvent event, Instant now, const Error& error = {});

/// Time left from the rate of this attempt; nothing before it did 2 % or when the total is unknown.
[[nodiscard]] std::optional<Milliseconds> timeLeft(const Job& job, Instant now);

} // namespace vidimus::jobs
