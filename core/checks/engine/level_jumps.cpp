#include "core/checks/engine/level_jumps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace vidimus::checks::engine {

namespace {

constexpr std::size_t kWide = 60; ///< windows to either side: 3 s, as short-term loudness
constexpr std::size_t kNear = 20; ///< 1 s: a fade does not change this fast
constexpr float kQuiet = -60; ///< dBFS; pauses say nothing about the level
constexpr double kLeastSounding = 0.4; ///< share of windows that must not be pauses
constexpr std::array kQuantiles {0.5, 0.65, 0.8, 0.9};
constexpr double kLeastJump = 3; ///< dB; less is not kept
constexpr double kAgreement = 0.6; ///< share of the mean change that each quantile, and the nearest second, must show

using Quantiles = std::array<double, kQuantiles.size()>;

std::optional<Quantiles> quantilesOf(std::span<const float> levels, std::vector<float>& scratch)
{
    scratch.clear();
    std::ranges::copy_if(levels, std::back_inserter(scratch), [](float level) { return level > kQuiet; });
    if (static_cast<double>(scratch.size()) < kLeastSounding * static_cast<double>(levels.size()))
        return std::nullopt;
    std::ranges::sort(scratch);
    Quantiles values {};
    for (std::size_t q = 0; q < values.size(); ++q)
        values[q] = static_cast<double>(
            scratch[static_cast<std::size_t>(kQuantiles[q] * static_cast<double>(scratch.size() - 1))]);
    return values;
}

double meanOf(const Quantiles& before, const Quantiles& after)
{
    double sum = 0;
    for (std::size_t q = 0; q < before.size(); ++q)
        sum += after[q] - before[q];
    return sum / static_cast<double>(before.size());
}

/// How far the balance of the spectrum may shift beside a change of level.
constexpr double kBalance = 3; ///< dB, what 3 s of one voice differ from the next 3 s
constexpr double kBalancePart = 0.3; ///< of the change
/// A band this far below the whole sound carries nothing to tell by.
constexpr float kFaint = 40; ///< dB

using Bands = std::array<std::span<const float>, kJumpBands>;

/// The middle of a band's levels where the whole sound is no pause; nothing where it carries nothing.
std::optional<double> bandLevel(std::span<const float> levels, std::span<const float> band, std::vector<float>& scratch)
{
    scratch.clear();
    std::size_t sounding = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (levels[i] <= kQuiet)
            continue;
        ++sounding;
        if (band[i] > levels[i] - kFaint)
            scratch.push_back(band[i]);
    }
    if (scratch.empty() || scratch.size() * 2 < sounding)
        return std::nullopt;
    const auto middle = scratch.begin() + static_cast<std::ptrdiff_t>(scratch.size() / 2);
    std::ranges::nth_element(scratch, middle);
    return static_cast<double>(*middle);
}

bool keepsBalance(
    std::span<const float> levels, const Bands& bands, std::size_t at, double change, std::vector<float>& scratch)
{
    for (const std::span<const float> band : bands) {
        const auto before = bandLevel(levels.subspan(at - kWide, kWide), band.subspan(at - kWide, kWide), scratch);
        const auto after = bandLevel(levels.subspan(at, kWide), band.subspan(at, kWide), scratch);
        if (before.has_value() != after.has_value())
            return false;
        if (before && std::abs(*after - *before - change) > std::max(kBalance, kBalancePart * std::abs(change)))
            return false;
    }
    return true;
}

bool agrees(double change, double part)
{
    return change > 0 ? part >= kAgreement * change : part <= kAgreement * change;
}

/// The change at a window; 0 where there is none that all parts of the sound share.
double jumpAt(std::span<const float> levels, const Bands& bands, std::size_t at, std::vector<float>& scratch)
{
    const auto before = quantilesOf(levels.subspan(at - kWide, kWide), scratch);
    const auto after = before ? quantilesOf(levels.subspan(at, kWide), scratch) : std::nullopt;
    if (!after)
        return 0;
    const double change = meanOf(*before, *after);
    if (std::abs(change) < kLeastJump)
        return 0;
    for (std::size_t q = 0; q < before->size(); ++q) {
        if (!agrees(change, (*after)[q] - (*before)[q]))
            return 0;
    }
    const auto nearBefore = quantilesOf(levels.subspan(at - kNear, kNear), scratch);
    const auto nearAfter = nearBefore ? quantilesOf(levels.subspan(at, kNear), scratch) : std::nullopt;
    if (!nearAfter || !agrees(change, meanOf(*nearBefore, *nearAfter)))
        return 0;
    return keepsBalance(levels, bands, at, change, scratch) ? change : 0;
}

/// A fade lies this much closer to a straight line than to a step: a ramp of 1 s or more within the nearest 2 s leaves
/// a line at most 0.4 of what it leaves a step, one of half a second more than a step.
constexpr double kFade = 0.7;

/// The levels around \a at are those of a fade rather than of a join: a straight line leaves less of them unexplained
/// than two means do. Squares add up to the same whole either way, so that sound which only varies is no fade.
bool isFade(std::span<const float> levels, std::size_t at)
{
    const std::size_t first = at - std::min(at, kNear);
    const std::size_t end = std::min(levels.size(), at + kNear);
    double count[2] {};
    double sum[2] {};
    double squares = 0;
    double places = 0;
    double placeSquares = 0;
    double products = 0;
    for (std::size_t i = first; i < end; ++i) {
        if (levels[i] <= kQuiet)
            continue;
        const auto level = static_cast<double>(levels[i]);
        const auto place = static_cast<double>(i - first);
        count[i >= at] += 1;
        sum[i >= at] += level;
        squares += level * level;
        places += place;
        placeSquares += place * place;
        products += place * level;
    }
    const double all = count[0] + count[1];
    if (count[0] == 0 || count[1] == 0)
        return false;
    const double mean = (sum[0] + sum[1]) / all;
    const double spread = placeSquares - places * places / all;
    const double shared = products - places * mean;
    const double line = squares - all * mean * mean - shared * shared / spread;
    const double step = squares - sum[0] * sum[0] / count[0] - sum[1] * sum[1] / count[1];
    constexpr double kRounding = 1e-6; // of sums of squares of about 1e5
    return line + kRounding < kFade * step;
}

/// Where a step between two means explains the levels around \a at best.
std::size_t sharpened(std::span<const float> levels, std::size_t at)
{
    const std::size_t first = at - std::min(at, kWide);
    const std::size_t end = std::min(levels.size(), at + kWide);
    double best = -1;
    std::size_t bestAt = at;
    for (std::size_t split = at - std::min(at, kNear); split <= std::min(end, at + kNear); ++split) {
        double sums[2] {};
        double counts[2] {};
        for (std::size_t i = first; i < end; ++i) {
            if (levels[i] <= kQuiet)
                continue;
            sums[i >= split] += static_cast<double>(levels[i]);
            counts[i >= split] += 1;
        }
        if (counts[0] == 0 || counts[1] == 0)
            continue;
        // The variance that the step explains.
        const double step = sums[1] / counts[1] - sums[0] / counts[0];
        const double explained = step * step * counts[0] * counts[1] / (counts[0] + counts[1]);
        if (explained > best) {
            best = explained;
            bestAt = split;
        }
    }
    return bestAt;
}

} // namespace

std::vector<LevelJump> findLevelJumps(std::span<const float> levels, const Bands& bands)
{
    std::vector<double> changes(levels.size(), 0.0);
    std::vector<float> scratch;
    for (std::size_t at = kWide; at + kWide <= levels.size(); ++at)
        changes[at] = jumpAt(levels, bands, at, scratch);
    std::vector<LevelJump> jumps;
    for (std::size_t at = 0; at < changes.size(); ++at) {
        if (changes[at] == 0)
            continue;
        // The largest of its neighbourhood, the first of equals.
        const std::size_t from = at - std::min(at, kWide / 2);
        const std::size_t to = std::min(changes.size(), at + kWide / 2 + 1);
        bool largest = true;
        for (std::size_t i = from; i < to; ++i) {
            const double other = std::abs(changes[i]);
            largest &= i < at ? other < std::abs(changes[at]) : other <= std::abs(changes[at]);
        }
        const std::size_t place = largest ? sharpened(levels, at) : at;
        if (largest && !isFade(levels, place))
            jumps.push_back({place, changes[at]});
    }
    return jumps;
}

} // namespace vidimus::checks::engine
