#include "core/checks/engine/loudness_gate.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vidimus::checks::engine {

namespace {

constexpr double kOffset = -0.691; // dB, ITU-R BS.1770-5
constexpr double kRelativeGate = 0.1; ///< 10 LU below
constexpr double kRangeGate = 0.01; ///< 20 LU below
constexpr std::size_t kBlock = 40; ///< 400 ms
constexpr std::size_t kShortTerm = 300; ///< 3 s
constexpr std::size_t kHop = 10; ///< 100 ms

double powerOf(double loudness)
{
    return std::pow(10.0, (loudness - kOffset) / 10);
}

double meanOf(std::span<const float> powers)
{
    // Summed afresh each time: a running sum would keep the rounding of loud passages in quiet ones.
    double sum = 0;
    for (const float power : powers)
        sum += static_cast<double>(power);
    return sum / static_cast<double>(powers.size());
}

/// Means of \a length powers, each 100 ms, that pass the absolute gate.
std::vector<double> gatedMeans(std::span<const float> powers, std::size_t length)
{
    static const double kGate = powerOf(kAbsoluteGate);
    std::vector<double> means;
    for (std::size_t first = 0; first + length <= powers.size(); first += kHop) {
        if (const double mean = meanOf(powers.subspan(first, length)); mean >= kGate)
            means.push_back(mean);
    }
    return means;
}

double meanOf(const std::vector<double>& values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

} // namespace

double loudnessOf(double power)
{
    return power > 0 ? std::max(kAbsoluteGate, kOffset + 10 * std::log10(power)) : kAbsoluteGate;
}

double integratedLoudness(std::span<const float> powers)
{
    std::vector<double> blocks = gatedMeans(powers, kBlock);
    const double gate = meanOf(blocks) * kRelativeGate;
    std::erase_if(blocks, [gate](double block) { return block < gate; });
    return loudnessOf(meanOf(blocks));
}

double loudnessRange(std::span<const float> powers)
{
    std::vector<double> blocks = gatedMeans(powers, kShortTerm);
    const double gate = meanOf(blocks) * kRangeGate;
    std::erase_if(blocks, [gate](double block) { return block < gate; });
    if (blocks.empty())
        return 0;
    std::ranges::sort(blocks);
    const auto at = [&](double share) {
        return blocks[static_cast<std::size_t>(std::lround(share * static_cast<double>(blocks.size() - 1)))];
    };
    return 10 * std::log10(at(0.95) / at(0.10));
}

double highestPower(std::span<const float> powers, std::size_t length)
{
    if (length == 0 || powers.size() < length)
        return 0;
    // A running sum finds the place; the mean there is summed afresh.
    double sum = 0;
    double best = -1;
    std::size_t bestEnd = length;
    for (std::size_t i = 0; i < powers.size(); ++i) {
        sum += static_cast<double>(powers[i]) - (i >= length ? static_cast<double>(powers[i - length]) : 0.0);
        if (i + 1 >= length && sum > best) {
            best = sum;
            bestEnd = i + 1;
        }
    }
    return meanOf(powers.subspan(bestEnd - length, length));
}

} // namespace vidimus::checks::engine
