#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

/// Sums over stretches of one channel. Each keeps eight partial sums in a fixed order, so that the compiler may use
/// vector registers of any width and the result is the same on every machine.
namespace vidimus::checks::engine {

/// Four neighbours in a vector register of any machine.
using FourSamples [[gnu::vector_size(16)]] = float;

[[nodiscard]] inline FourSamples fourAt(const float* samples)
{
    FourSamples four;
    std::memcpy(&four, samples, sizeof four);
    return four;
}

/// Largest absolute sample.
[[nodiscard]] inline float peakOf(const float* samples, std::size_t count)
{
    FourSamples low {};
    FourSamples high {};
    const auto raise = [](FourSamples& most, FourSamples four) {
        const FourSamples size = four < 0 ? -four : four;
        most = size > most ? size : most;
    };
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        raise(low, fourAt(samples + i));
        raise(high, fourAt(samples + i + 4));
    }
    float peak = 0;
    for (; i < count; ++i)
        peak = std::max(peak, std::abs(samples[i]));
    for (std::size_t lane = 0; lane < 4; ++lane)
        peak = std::max({peak, low[lane], high[lane]});
    return peak;
}

/// Sum of \a term(at) for each place of a stretch; at(samples) is the sample there, or four from there on.
template<class Term>
[[nodiscard]] double sumOf(std::size_t count, Term&& term)
{
    constexpr std::size_t kPart = 4096; // single precision is exact enough over this many
    double sum = 0;
    for (std::size_t part = 0; part < count; part += kPart) {
        const std::size_t end = std::min(count, part + kPart);
        FourSamples low {};
        FourSamples high {};
        std::size_t i = part;
        for (; i + 8 <= end; i += 8) {
            low += term([i](const float* samples) { return fourAt(samples + i); });
            high += term([i](const float* samples) { return fourAt(samples + i + 4); });
        }
        for (; i < end; ++i)
            low[0] += term([i](const float* samples) { return samples[i]; });
        for (const FourSamples& lanes : {low, high}) {
            for (std::size_t lane = 0; lane < 4; ++lane)
                sum += static_cast<double>(lanes[lane]);
        }
    }
    return sum;
}

/// Decibels of a power; \a floor where there is none.
[[nodiscard]] inline double powerDecibels(double power, double floor)
{
    return power > 0 ? std::max(floor, 10 * std::log10(power)) : floor;
}

} // namespace vidimus::checks::engine
