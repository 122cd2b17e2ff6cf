#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

/// Sums over stretches of one channel. Each keeps eight partial sums in a fixed order, so that the compiler may use
/// vector registers of any width and the result is the same on every machine.
namespace vidimus::checks::engine {

/// Largest absolute sample.
[[nodiscard]] inline float peakOf(const float* samples, std::size_t count)
{
    constexpr std::size_t kLanes = 8;
    float lanes[kLanes] {};
    std::size_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] = std::max(lanes[lane], std::abs(samples[i + lane]));
    }
    for (; i < count; ++i)
        lanes[0] = std::max(lanes[0], std::abs(samples[i]));
    return *std::max_element(lanes, lanes + kLanes);
}

/// Sum of \a term(i) for i in [0, count).
template<class Term>
[[nodiscard]] double sumOf(std::size_t count, Term&& term)
{
    constexpr std::size_t kLanes = 8;
    constexpr std::size_t kPart = 4096; // single precision is exact enough over this many
    double sum = 0;
    for (std::size_t part = 0; part < count; part += kPart) {
        const std::size_t end = std::min(count, part + kPart);
        float lanes[kLanes] {};
        std::size_t i = part;
        for (; i + kLanes <= end; i += kLanes) {
            for (std::size_t lane = 0; lane < kLanes; ++lane)
                lanes[lane] += term(i + lane);
        }
        for (; i < end; ++i)
            lanes[0] += term(i);
        for (const float lane : lanes)
            sum += static_cast<double>(lane);
    }
    return sum;
}

/// Decibels of a power; \a floor where there is none.
[[nodiscard]] inline double powerDecibels(double power, double floor)
{
    return power > 0 ? std::max(floor, 10 * std::log10(power)) : floor;
}

} // namespace vidimus::checks::engine
