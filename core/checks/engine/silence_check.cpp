#include "core/checks/engine/silence_check.h"

#include "core/checks/engine/sample_math.h"
#include "core/checks/measured_levels.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWindowsPerSecond = 100;

/// Whole decibels, rounded up: a code at or below a whole limit is a level at or below it.
qint32 levelCode(float peak)
{
    if (!(peak > 0))
        return static_cast<qint32>(kLevelFloor);
    const double level = 20 * std::log10(static_cast<double>(peak));
    return static_cast<qint32>(std::ceil(std::clamp(level, kLevelFloor, kLevelCeiling) - 1e-6));
}

} // namespace

std::unique_ptr<Check> SilenceCheck::create()
{
    return std::make_unique<SilenceCheck>();
}

void SilenceCheck::startSound(const SoundFormat& format)
{
    m_format = format;
    m_windows = SoundWindows(format.sampleRate, kWindowsPerSecond);
    m_peaks.assign(format.roles.size(), 0.0F);
}

void SilenceCheck::closeWindow()
{
    float loudest = 0;
    for (std::size_t channel = 0; channel < m_peaks.size(); ++channel) {
        loudest = std::max(loudest, m_peaks[channel]);
        if (m_format.roles[channel] == media::ChannelRole::FrontLeft)
            m_left.codes.push_back(levelCode(m_peaks[channel]));
        else if (m_format.roles[channel] == media::ChannelRole::FrontRight)
            m_right.codes.push_back(levelCode(m_peaks[channel]));
    }
    m_mix.codes.push_back(levelCode(loudest));
    std::ranges::fill(m_peaks, 0.0F);
}

void SilenceCheck::addSound(const SoundBlock& block)
{
    m_windows.feed(
        block,
        [&](std::size_t first, std::size_t count) {
            for (std::size_t channel = 0; channel < m_peaks.size(); ++channel)
                m_peaks[channel] = std::max(m_peaks[channel], peakOf(block.channels[channel] + first, count));
        },
        [this] { closeWindow(); });
}

CheckMeasurement SilenceCheck::finish(const Measurements&)
{
    if (m_windows.hasRest())
        closeWindow(); // the last, shorter window
    CheckMeasurement measurement;
    for (auto [name, series] : {std::pair("level_mix", &m_mix), {"level_left", &m_left}, {"level_right", &m_right}}) {
        series->step = 1.0 / kWindowsPerSecond;
        if (series->codes.size() == m_mix.codes.size())
            measurement.series[QString::fromLatin1(name)] = *series;
    }
    return measurement;
}

} // namespace vidimus::checks::engine
