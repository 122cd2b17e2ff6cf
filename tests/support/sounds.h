#pragma once

#include <cstdint>
#include <functional>
#include <vector>

/// Sounds with known properties, made in code. Sample \a index of \a channel, full scale ±1; levels are in dB of a
/// full-scale sine's peak.
namespace vidimus::test {

using Sound = std::function<float(int channel, std::int64_t index)>;

/// The same on every run: white noise with this RMS level, different on each channel.
[[nodiscard]] Sound whiteNoise(double rmsDbfs, std::uint32_t seed = 1);
/// Something like speech: noise in syllables of 0.12 to 0.3 s with pauses between, levels within ±6 dB of \a rmsDbfs,
/// the same on every channel.
[[nodiscard]] Sound syllables(double rmsDbfs, int sampleRate = 48000);
/// Mains: \a hertz and its harmonics 2, 3, 4, 6, each half of the one before.
[[nodiscard]] Sound mainsHum(double hertz, double dbfs, int sampleRate = 48000);
/// A burst of a sine whose envelope, and with it the highest point between samples, stands exactly \a quarter quarters
/// of a sample after sample \a centre (EBU Tech 3341, cases 20 to 23, in our own shape).
[[nodiscard]] Sound burstBetweenSamples(std::int64_t centre, int quarter, double dbtp);
/// Sum of two sounds.
[[nodiscard]] Sound mixed(Sound a, Sound b);
/// \a inside from \a start to \a end seconds, else \a outside.
[[nodiscard]] Sound during(double start, double end, Sound inside, Sound outside, int sampleRate = 48000);
/// The sound at another level.
[[nodiscard]] Sound amplified(double decibels, Sound sound);

} // namespace vidimus::test
