#include "core/checks/engine/clipping_check.h"

#include "core/checks/engine/sample_math.h"
#include "core/checks/measured_levels.h"

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWindowsPerSecond = 20;

/// Rounded as single precision would: a level that a 16-bit sample just reaches counts.
float amplitudeOf(double decibels)
{
    return static_cast<float>(std::pow(10.0, decibels / 20) - 1e-6);
}

} // namespace

std::unique_ptr<Check> ClippingCheck::create()
{
    static_assert(std::size(kClipLevels) == kLevels);
    return std::make_unique<ClippingCheck>();
}

void ClippingCheck::startSound(const SoundFormat& format)
{
    m_windows = SoundWindows(format.sampleRate, kWindowsPerSecond);
    m_runs.assign(format.roles.size(), {});
    for (Series& series : m_series)
        series.step = m_windows.step();
}

void ClippingCheck::addChannel(std::size_t channel, const float* samples, std::size_t count)
{
    auto& runs = m_runs[channel];
    static const float kLowest = amplitudeOf(*std::ranges::min_element(kClipLevels));
    if (peakOf(samples, count) < kLowest) {
        runs.fill({});
        return;
    }
    for (std::size_t level = 0; level < kLevels; ++level) {
        const float limit = amplitudeOf(kClipLevels[level]);
        Run& run = runs[level];
        for (std::size_t i = 0; i < count; ++i) {
            const bool beyond = std::abs(samples[i]) >= limit;
            const bool positive = samples[i] > 0;
            run.length = !beyond ? 0 : run.positive == positive ? run.length + 1 : 1;
            run.positive = positive;
            m_longest[level] = std::max(m_longest[level], run.length);
            m_clipped += beyond && level == 0 ? 1 : 0;
        }
    }
}

void ClippingCheck::closeWindow()
{
    for (std::size_t level = 0; level < kLevels; ++level)
        m_series[level].codes.push_back(m_longest[level]);
    m_longest.fill(0);
}

void ClippingCheck::addSound(const SoundBlock& block)
{
    m_windows.feed(
        block,
        [&](std::size_t first, std::size_t count) {
            for (std::size_t channel = 0; channel < m_runs.size(); ++channel)
                addChannel(channel, block.channels[channel] + first, count);
        },
        [this] { closeWindow(); });
}

CheckMeasurement ClippingCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (!m_windows.isUsable()) {
        measurement.cause = u"unsupported_format"_s;
        return measurement;
    }
    if (m_windows.hasRest())
        closeWindow();
    measurement.scalars[u"samples_at_full_scale"_s] = static_cast<double>(m_clipped);
    for (std::size_t level = 0; level < kLevels; ++level)
        measurement.series[seriesName("longest_run", kClipLevels[level])] = std::move(m_series[level]);
    return measurement;
}

} // namespace vidimus::checks::engine
