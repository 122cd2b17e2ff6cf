#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <chrono>

namespace vidimus::worker {

/// What a worker is started for; each has its own limits.
enum class JobClass { Probe, Check, Frames, Encode, Fix, SelfProbe };

/// Limits of one worker. The first four are set in the worker before it sees its input (setrlimit), the last two are
/// kept by the parent.
struct WorkerLimits {
    qint64 addressSpaceBytes = 0; ///< under AddressSanitizer: resident memory, watched by the parent
    std::chrono::seconds cpuTime {0};
    int descriptors = 0;
    qint64 outputFileBytes = 0; ///< largest file it may write
    Milliseconds stall {0}; ///< longest silence while a request is open
    Milliseconds wall {0}; ///< longest answer; zero: none, the work may be long

    friend bool operator==(const WorkerLimits&, const WorkerLimits&) = default;
};

/// Pure. \a inputBytes scales the processor time of whole-file work: a byte can only hold so many seconds of picture.
[[nodiscard]] WorkerLimits limitsFor(JobClass jobClass, qint64 inputBytes);

[[nodiscard]] QJsonObject toJson(const WorkerLimits& limits);
/// Errors: Invalid.
[[nodiscard]] Result<WorkerLimits> workerLimitsFromJson(const QJsonObject& object);

} // namespace vidimus::worker
