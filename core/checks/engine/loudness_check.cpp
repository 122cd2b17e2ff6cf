#include "core/checks/engine/loudness_check.h"

#include "core/checks/engine/loudness_gate.h"

#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMomentary = 40; // EBU Tech 3341: 400 ms
constexpr std::size_t kShortTerm = 300; // EBU Tech 3341: 3 s
constexpr std::size_t kTrack = 10; // 100 ms
constexpr double kTrackScale = 0.1; // LU

} // namespace

std::unique_ptr<Check> LoudnessCheck::create()
{
    return std::make_unique<LoudnessCheck>();
}

void LoudnessCheck::startSound(const SoundFormat& format)
{
    m_meter = LoudnessMeter(format);
    m_windows = SoundWindows(format.sampleRate, kPowersPerSecond);
    m_windowSamples = static_cast<double>(format.sampleRate) / kPowersPerSecond;
}

void LoudnessCheck::addSound(const SoundBlock& block)
{
    m_windows.feed(
        block, [&](std::size_t first, std::size_t count) { m_energy += m_meter.energyOf(block, first, count); },
        [this] {
            m_powers.push_back(static_cast<float>(m_energy / m_windowSamples));
            m_energy = 0;
        });
}

CheckMeasurement LoudnessCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (m_powers.size() < kMomentary) {
        measurement.cause = m_windows.isUsable() ? u"too_short"_s : u"unsupported_format"_s;
        return measurement;
    }
    const std::vector<float> powers = m_powers.dense();
    measurement.scalars = {{u"integrated_lufs"_s, integratedLoudness(powers)}, {u"range_lu"_s, loudnessRange(powers)},
        {u"max_momentary_lufs"_s, loudnessOf(highestPower(powers, kMomentary))}};
    if (powers.size() >= kShortTerm)
        measurement.scalars[u"max_short_term_lufs"_s] = loudnessOf(highestPower(powers, kShortTerm));
    Series track {static_cast<double>(kTrack) / kPowersPerSecond, kTrackScale, {}};
    for (std::size_t first = 0; first + kTrack <= powers.size(); first += kTrack) {
        const double power = highestPower(std::span(powers).subspan(first, kTrack), kTrack);
        track.codes.push_back(static_cast<qint32>(std::lround(loudnessOf(power) / kTrackScale)));
    }
    measurement.series[u"loudness"_s] = std::move(track);
    return measurement;
}

} // namespace vidimus::checks::engine
