#include "core/checks/engine/silence_check.h"

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
    m_peaks.assign(format.roles.size(), 0.0F);
    m_windowEnd = format.sampleRate / kWindowsPerSecond;
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
    // From the count, so that rates that are no multiple of 100 do not drift.
    m_windowEnd = (static_cast<qint64>(m_mix.codes.size()) + 1) * m_format.sampleRate / kWindowsPerSecond;
}

void SilenceCheck::padTo(qint64 position)
{
    while (m_windowEnd <= position)
        closeWindow();
    m_position = std::max(m_position, position);
}

void SilenceCheck::addSound(const SoundBlock& block)
{
    const std::size_t channels = m_peaks.size();
    if (channels == 0 || m_format.sampleRate < kWindowsPerSecond)
        return;
    if (block.position > m_position)
        padTo(block.position); // nothing plays in a gap
    const std::size_t frames = block.samples.size() / channels;
    for (std::size_t frame = 0; frame < frames;) {
        const auto left = static_cast<std::size_t>(m_windowEnd - m_position);
        const std::size_t count = std::min(left, frames - frame);
        for (std::size_t channel = 0; channel < channels; ++channel) {
            float peak = m_peaks[channel];
            for (std::size_t i = 0; i < count; ++i)
                peak = std::max(peak, std::abs(block.samples[(frame + i) * channels + channel]));
            m_peaks[channel] = peak;
        }
        frame += count;
        m_position += static_cast<qint64>(count);
        if (m_position == m_windowEnd)
            closeWindow();
    }
}

CheckMeasurement SilenceCheck::finish(const Measurements&)
{
    if (m_position * kWindowsPerSecond > static_cast<qint64>(m_mix.codes.size()) * m_format.sampleRate)
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
