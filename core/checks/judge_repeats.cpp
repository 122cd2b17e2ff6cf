#include "core/checks/judge_rules_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

/// A pattern is regular when this share of the distances between repeats are those of one period, give or take nothing.
constexpr double kRegularShare = 0.8;

struct Stretch {
    std::size_t first = 0; ///< of the repeats: positions in their list
    std::size_t last = 0;
};

/// The repeats (frame numbers) that lie in a window with enough others, joined where windows overlap. A window begins
/// with a repeat; the last ones end with the programme.
std::vector<Stretch> denseStretches(
    const std::vector<qint64>& repeats, const FrameClock& clock, double window, double minShare)
{
    constexpr double kInside = 1e-6; // seconds
    const double latest = clock.start(clock.count()) - window;
    std::vector<Stretch> stretches;
    for (const qint64 repeat : repeats) {
        const qint64 first = clock.start(repeat) <= latest ? repeat : clock.frameAt(latest + kInside);
        const qint64 after = clock.frameAt(clock.start(first) + window - kInside) + 1;
        const auto begin = static_cast<std::size_t>(std::ranges::lower_bound(repeats, first) - repeats.begin());
        const auto end = static_cast<std::size_t>(std::ranges::lower_bound(repeats, after) - repeats.begin());
        if (end == begin || static_cast<double>(end - begin) < minShare * static_cast<double>(after - first) - kInside)
            continue;
        if (!stretches.empty() && begin <= stretches.back().last)
            stretches.back().last = std::max(stretches.back().last, end - 1);
        else
            stretches.push_back({begin, end - 1});
    }
    return stretches;
}

/// Frames from one repetition of the pattern to the next: the shortest cycle of distances that explains nearly all.
int periodOf(std::span<const qint64> repeats)
{
    std::vector<qint64> distances;
    for (std::size_t i = 1; i < repeats.size(); ++i)
        distances.push_back(repeats[i] - repeats[i - 1]);
    // Rounding to the frames of a programme moves a repeat by one: 1 in 5 comes as 4, 6, 5.
    constexpr qint64 kLeastForRounding = 4;
    std::vector<qint64> sorted = distances;
    std::ranges::sort(sorted);
    const qint64 median = sorted.empty() ? 0 : sorted[sorted.size() / 2];
    const auto near
        = std::ranges::count_if(distances, [median](qint64 distance) { return std::abs(distance - median) <= 1; });
    if (distances.size() >= 3 && median >= kLeastForRounding
        && static_cast<double>(near) >= kRegularShare * static_cast<double>(distances.size()))
        return static_cast<int>(median);
    // Else the shortest shift that lays nearly every repeat on another one: 24 frames shown at 60 repeat after five.
    constexpr qint64 kLongestPeriod = 30;
    for (qint64 period = 2; period <= kLongestPeriod && 3 * period <= repeats.back() - repeats.front(); ++period) {
        qint64 met = 0;
        qint64 asked = 0;
        for (const qint64 repeat : repeats) {
            if (repeat + period > repeats.back())
                break;
            ++asked;
            met += std::ranges::binary_search(repeats, repeat + period) ? 1 : 0;
        }
        if (static_cast<double>(met) >= kRegularShare * static_cast<double>(asked))
            return static_cast<int>(period);
    }
    return 0;
}

} // namespace

bool applyRule(const RepeatRule& rule, const JudgeContext& context, CheckResult& result)
{
    const auto found = context.measurement.series.find(QString::fromLatin1(rule.series));
    const FrameClock& clock = context.measurements.clock;
    if (found == context.measurement.series.end() || static_cast<qint64>(found->second.codes.size()) != clock.count())
        return false;
    const Series& series = found->second;
    const double limit = context.threshold(rule.limit) / series.scale + 1e-6;
    std::vector<qint64> repeats;
    for (std::size_t frame = 0; frame < series.codes.size(); ++frame) {
        if (series.codes[frame] <= limit)
            repeats.push_back(static_cast<qint64>(frame));
    }
    result.measured[u"repeated_frames"_s] = static_cast<double>(repeats.size());
    const double length = clock.start(clock.count()) - clock.start(0);
    const double window = std::min(context.threshold(rule.window), length);
    for (const Stretch& stretch : denseStretches(repeats, clock, window, context.threshold(rule.minShare))) {
        const std::span inside = std::span(repeats).subspan(stretch.first, stretch.last + 1 - stretch.first);
        const int period = periodOf(inside);
        const double frames = std::max(static_cast<double>(inside.back() - inside.front() + 1),
            window * static_cast<double>(clock.count()) / std::max(length, 1e-9));
        const double share = static_cast<double>(inside.size()) / frames;
        if (period == 0 && share < context.threshold(rule.minIrregularShare) - 1e-9)
            continue;
        // A pattern begins with the frame that is repeated first and runs until the next repetition is missing.
        const qint64 margin = std::max(1, period - 1);
        const qint64 first = std::max<qint64>(0, inside.front() - margin);
        const qint64 last = std::min(clock.count() - 1, inside.back() + margin);
        Finding finding = context.findingAt(
            clock.start(first), clock.start(last + 1), period > 0 ? rule.detailRegular : rule.detailIrregular);
        finding.firstFrame = first;
        finding.lastFrame = last;
        finding.measured = {{QString::fromLatin1(rule.measured),
                                static_cast<double>(inside.size()) / static_cast<double>(last + 1 - first)},
            {u"repeated_frames"_s, static_cast<double>(inside.size())}};
        if (period > 0)
            finding.measured[u"period_frames"_s] = period;
        result.findings.push_back(std::move(finding));
    }
    return true;
}

} // namespace vidimus::checks
