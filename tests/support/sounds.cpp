#include "support/sounds.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vidimus::test {

namespace {

/// Steele, Lea, Flood 2014 (SplitMix64): a good number for every index, without a state.
std::uint64_t scrambled(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

/// Evenly spread over ±1.
double evenly(std::uint64_t key)
{
    return static_cast<double>(scrambled(key) >> 11) / static_cast<double>(1ULL << 52) - 1;
}

double factorOf(double decibels)
{
    return std::pow(10.0, decibels / 20);
}

} // namespace

Sound whiteNoise(double rmsDbfs, std::uint32_t seed)
{
    // An even spread of ±1 has an RMS of 1/√3.
    const double amplitude = factorOf(rmsDbfs) * std::numbers::sqrt3;
    return [amplitude, seed](int channel, std::int64_t index) {
        const auto key = (static_cast<std::uint64_t>(seed) << 48) ^ (static_cast<std::uint64_t>(channel) << 44)
            ^ static_cast<std::uint64_t>(index);
        return static_cast<float>(amplitude * evenly(key));
    };
}

Sound syllables(double rmsDbfs, int sampleRate)
{
    return [noise = whiteNoise(rmsDbfs, 7), sampleRate](int, std::int64_t index) {
        // Slots of 0.3 s; each has a syllable of its own length and level, every seventh slot is a pause.
        const std::int64_t slotLength = sampleRate * 3 / 10;
        const auto slot = static_cast<std::uint64_t>(index / slotLength);
        const double place = static_cast<double>(index % slotLength) / static_cast<double>(slotLength);
        const double length = 0.7 + 0.3 * evenly(slot * 2 + 1);
        if (slot % 7 == 6 || place > length)
            return static_cast<float>(0.002 * static_cast<double>(noise(0, index)));
        const double shape = std::sin(std::numbers::pi * place / length);
        return static_cast<float>(factorOf(6 * evenly(slot * 2)) * shape * static_cast<double>(noise(0, index)));
    };
}

Sound mainsHum(double hertz, double dbfs, int sampleRate)
{
    const double amplitude = factorOf(dbfs);
    return [=](int, std::int64_t index) {
        double sum = 0;
        double share = 1;
        for (const int harmonic : {1, 2, 3, 4, 6}) {
            sum += share
                * std::sin(
                    2 * std::numbers::pi * hertz * harmonic * static_cast<double>(index) / sampleRate + harmonic);
            share /= 2;
        }
        return static_cast<float>(amplitude * sum);
    };
}

Sound burstBetweenSamples(std::int64_t centre, int quarter, double dbtp)
{
    return [=](int, std::int64_t index) {
        const double t = static_cast<double>(index - centre) - quarter / 4.0;
        constexpr double kWidth = 40; // samples
        const double envelope = std::exp(-t * t / (2 * kWidth * kWidth));
        return static_cast<float>(factorOf(dbtp) * envelope * std::cos(2 * std::numbers::pi * t / 6));
    };
}

Sound mixed(Sound a, Sound b)
{
    return [a = std::move(a), b = std::move(b)](
               int channel, std::int64_t index) { return a(channel, index) + b(channel, index); };
}

Sound during(double start, double end, Sound inside, Sound outside, int sampleRate)
{
    return [=, inside = std::move(inside), outside = std::move(outside)](int channel, std::int64_t index) {
        const double seconds = static_cast<double>(index) / sampleRate;
        return seconds >= start && seconds < end ? inside(channel, index) : outside(channel, index);
    };
}

Sound amplified(double decibels, Sound sound)
{
    return [factor = static_cast<float>(factorOf(decibels)), sound = std::move(sound)](
               int channel, std::int64_t index) { return factor * sound(channel, index); };
}

} // namespace vidimus::test
