#include "core/worker/worker_limits.h"

#include "core/base/block_file.h"
#include "core/base/json.h"

namespace vidimus::worker {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 kMiB = qint64 {1024} * 1024;
constexpr qint64 kGiB = 1024 * kMiB;
constexpr qint64 kSmallMemoryBytes = 3 * kGiB / 2; // promise R12
constexpr qint64 kEncodeMemoryBytes = 6 * kGiB; // three rungs of x264 "medium" up to 2160p with their reference frames
constexpr int kDescriptors = 64; // promise R12
constexpr std::chrono::seconds kProbeCpuTime = 60s; // promise R12
constexpr std::chrono::seconds kLongestCpuTime = 168h;

/// \a perMiB: the densest material seen (sound alone at 24 kbit/s is 350 s a MiB) times the speed of the work.
std::chrono::seconds cpuTimeFor(qint64 inputBytes, std::chrono::seconds perMiB)
{
    const qint64 mebibytes = std::min<qint64>(std::max<qint64>(inputBytes, 0) / kMiB + 1, 10'000'000);
    return std::min<std::chrono::seconds>(kProbeCpuTime + perMiB * mebibytes, kLongestCpuTime);
}

} // namespace

WorkerLimits limitsFor(JobClass jobClass, qint64 inputBytes)
{
    WorkerLimits limits;
    limits.addressSpaceBytes = kSmallMemoryBytes;
    limits.descriptors = kDescriptors;
    limits.cpuTime = kProbeCpuTime;
    limits.stall = 30s;
    switch (jobClass) {
    case JobClass::Probe:
        limits.wall = 120s;
        break;
    case JobClass::SelfProbe:
        limits.cpuTime = 5s;
        limits.stall = 10s;
        limits.wall = 10s;
        break;
    case JobClass::Check:
        limits.cpuTime = cpuTimeFor(inputBytes, 120s);
        limits.outputFileBytes = BlockFile::kMostBytes;
        limits.stall = 60s;
        break;
    case JobClass::Frames:
        // The player may show the same file for a whole shift; its silence between requests is not a stall.
        limits.cpuTime = kLongestCpuTime;
        break;
    case JobClass::Encode:
        limits.addressSpaceBytes = kEncodeMemoryBytes;
        limits.cpuTime = cpuTimeFor(inputBytes, 1800s);
        limits.outputFileBytes = 4 * kGiB;
        limits.stall = 300s;
        break;
    case JobClass::Fix:
        limits.addressSpaceBytes = kEncodeMemoryBytes;
        limits.cpuTime = cpuTimeFor(inputBytes, 1800s);
        limits.outputFileBytes = 4 * kGiB + 4 * std::max<qint64>(inputBytes, 0); // nearly lossless, of the whole file
        limits.stall = 1800s; // the studies before the first picture are silent
        break;
    }
    return limits;
}

QJsonObject toJson(const WorkerLimits& limits)
{
    return QJsonObject {{u"address_space_bytes"_s, limits.addressSpaceBytes},
        {u"cpu_seconds"_s, static_cast<qint64>(limits.cpuTime.count())}, {u"descriptors"_s, limits.descriptors},
        {u"output_file_bytes"_s, limits.outputFileBytes}, {u"stall_ms"_s, static_cast<qint64>(limits.stall.count())},
        {u"wall_ms"_s, static_cast<qint64>(limits.wall.count())}};
}

Result<WorkerLimits> workerLimitsFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    WorkerLimits limits;
    const auto atLeast = [&reader](QLatin1StringView name, qint64 smallest) {
        const qint64 value = reader.integer(name);
        if (value < smallest)
            reader.fail(name, u"must be at least %1"_s.arg(smallest));
        return value;
    };
    limits.addressSpaceBytes = atLeast("address_space_bytes"_L1, 1);
    limits.cpuTime = std::chrono::seconds(atLeast("cpu_seconds"_L1, 1));
    limits.descriptors = static_cast<int>(std::min<qint64>(atLeast("descriptors"_L1, 8), 1024));
    limits.outputFileBytes = atLeast("output_file_bytes"_L1, 0);
    limits.stall = Milliseconds(atLeast("stall_ms"_L1, 1));
    limits.wall = Milliseconds(atLeast("wall_ms"_L1, 0));
    if (const auto done = reader.finish(); !done)
        return done.error();
    return limits;
}

} // namespace vidimus::worker
