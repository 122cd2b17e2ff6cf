#include "core/checks/engine/duplicate_frames_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/missing_cadence.h"
#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <array>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr qint32 kUnknown = -1;
constexpr int kUnit = 256; ///< of an 8-bit code
/// Mean difference in 8-bit codes below which a picture hardly moves: coders skip whole frames of it.
constexpr qint32 kLeastMotion = kUnit * 3 / 4;
/// From here on it is a cut or a flash, not motion.
constexpr qint32 kMostMotion = kUnit * 32;
constexpr std::ptrdiff_t kReach = 6; ///< neighbours on either side
constexpr double kLongestRepeat = 0.25; ///< seconds
constexpr double kScale = 0.01;
/// A repeat's ratio is a few hundredths; from here on nothing can call a frame one.
constexpr qint32 kMovesRatio = 50;
/// One dropped frame doubles the way; neighbours differ by no more than a quarter when motion is even.
constexpr double kSkipFactor = 1.7;
constexpr double kSkipCeiling = 3.5; ///< more is a cut
constexpr double kEvenMotion = 0.25;
constexpr std::ptrdiff_t kSkipReach = 4;

/// What the picture moves around a frame; 0 when that cannot be told.
qint32 motionAround(std::span<const qint32> differences, std::ptrdiff_t frame)
{
    std::array<qint32, 2 * kReach> known {};
    std::size_t count = 0;
    const auto last = static_cast<std::ptrdiff_t>(differences.size()) - 1;
    for (std::ptrdiff_t at = std::max<std::ptrdiff_t>(0, frame - kReach); at <= std::min(last, frame + kReach); ++at) {
        const qint32 difference = differences[static_cast<std::size_t>(at)];
        if (at != frame && difference != kUnknown && difference <= kMostMotion)
            known[count++] = difference;
    }
    if (count < 4)
        return 0;
    const auto place = known.begin() + static_cast<std::ptrdiff_t>(count * 3 / 4);
    std::nth_element(known.begin(), place, known.begin() + static_cast<std::ptrdiff_t>(count));
    return *place >= kLeastMotion ? *place : 0;
}

std::vector<qint32> ratiosOf(std::span<const qint32> differences)
{
    std::vector<qint32> ratios(differences.size(), kMovesRatio);
    for (std::size_t frame = 0; frame < differences.size(); ++frame) {
        const qint32 motion = motionAround(differences, static_cast<std::ptrdiff_t>(frame));
        if (motion > 0 && differences[frame] != kUnknown)
            ratios[frame]
                = std::min(kMovesRatio, static_cast<qint32>((differences[frame] * 100LL + motion / 2) / motion));
    }
    return ratios;
}

/// Takes out runs of repeats that are holds. The middle of a hold has no ratio, so runs are followed in differences.
void dropHolds(std::vector<qint32>& ratios, std::span<const qint32> differences, const FrameClock& clock)
{
    const std::size_t count = ratios.size();
    for (std::size_t frame = 0; frame < count; ++frame) {
        if (ratios[frame] >= kMovesRatio / 2)
            continue;
        const qint32 small = motionAround(differences, static_cast<std::ptrdiff_t>(frame)) / 4;
        std::size_t first = frame;
        std::size_t end = frame + 1;
        while (first > 0 && differences[first - 1] != kUnknown && differences[first - 1] <= small)
            --first;
        while (end < count && differences[end] != kUnknown && differences[end] <= small)
            ++end;
        if (clock.start(static_cast<qint64>(end)) - clock.start(static_cast<qint64>(first)) > kLongestRepeat)
            std::fill(ratios.begin() + static_cast<std::ptrdiff_t>(first),
                ratios.begin() + static_cast<std::ptrdiff_t>(end), kMovesRatio);
        frame = std::max(frame, end - 1);
    }
}

/// How many times as far as its evenly moving neighbours a frame moves; 0 when they do not move evenly.
double leapAt(std::span<const qint32> differences, std::ptrdiff_t frame)
{
    qint64 sum = 0;
    qint32 least = differences[static_cast<std::size_t>(frame)];
    qint32 most = 0;
    for (std::ptrdiff_t at = frame - kSkipReach; at <= frame + kSkipReach; ++at) {
        if (at == frame)
            continue;
        const qint32 one = differences[static_cast<std::size_t>(at)];
        least = std::min(least, one);
        most = std::max(most, one);
        sum += one;
    }
    const double mean = static_cast<double>(sum) / (2 * kSkipReach);
    if (mean < 2 * kLeastMotion || most - least > kEvenMotion * mean)
        return 0;
    return differences[static_cast<std::size_t>(frame)] / mean;
}

} // namespace

std::unique_ptr<Check> DuplicateFramesCheck::create()
{
    return std::make_unique<DuplicateFramesCheck>();
}

void DuplicateFramesCheck::addFrame(const Picture& picture)
{
    const Strips& now = picture.strips();
    const Strips* before = picture.earlierStrips(1);
    if (before == nullptr || now.pixels() == 0) {
        m_differences.push_back(kUnknown);
        return;
    }
    std::int64_t sum = 0;
    for (int strip = 0; strip < now.count(); ++strip) {
        for (int y = 0; y < now.rows(strip); ++y)
            sum += rowDifference8(now.row(strip, y), before->row(strip, y), now.width());
    }
    m_differences.push_back(static_cast<qint32>((sum * kUnit + now.pixels() / 2) / now.pixels()));
}

void DuplicateFramesCheck::addHole()
{
    m_differences.push_back(kUnknown);
}

void DuplicateFramesCheck::state(StateArchive& archive)
{
    archive(m_differences);
}

CheckMeasurement DuplicateFramesCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    const std::vector<qint32> differences = m_differences.dense(0, m_differences.size());
    std::vector<qint32> ratios = ratiosOf(differences);
    dropHolds(ratios, differences, programme.clock);
    const auto count = static_cast<std::ptrdiff_t>(differences.size());
    measurement.marks = findMissingCadence(differences, kLeastMotion, kMostMotion);
    const std::vector<Mark> patterns = measurement.marks;
    const auto isInPattern = [&](std::ptrdiff_t frame) {
        return std::ranges::any_of(
            patterns, [frame](const Mark& mark) { return frame >= mark.firstFrame && frame <= mark.lastFrame; });
    };
    for (std::ptrdiff_t frame = kSkipReach; frame + kSkipReach < count; ++frame) {
        const double leap = leapAt(differences, frame);
        if (leap >= kSkipFactor && leap <= kSkipCeiling && !isInPattern(frame)
            && measurement.marks.size() < CheckMeasurement::kMaxMarks)
            measurement.marks.push_back({u"skip"_s, frame, frame, {{u"leap"_s, leap}}, {}});
    }
    std::ranges::stable_sort(measurement.marks, {}, &Mark::firstFrame);
    measurement.series[u"repeat"_s] = {0, kScale, std::move(ratios)};
    return measurement;
}

} // namespace vidimus::checks::engine
