#include "core/transcode/engine/peak_limiter.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vidimus::transcode::engine {

namespace {

constexpr double kAheadSeconds = 0.005;
constexpr double kRecoveryDbPerSecond = 60;
/// The meter's filter looks back 24 samples at most: a peak shows up to this many blocks late.
constexpr std::size_t kLateBlocks = 3;

} // namespace

PeakLimiter::PeakLimiter(const checks::engine::SoundFormat& format, double ceilingDbtp)
    : m_format(format)
    , m_channels(format.roles.size())
    , m_ahead(std::max<std::size_t>(1, static_cast<std::size_t>(kAheadSeconds * format.sampleRate / kBlock)))
    , m_ceiling(std::pow(10, ceilingDbtp / 20))
    , m_recovery(std::pow(10, kRecoveryDbPerSecond / 20 * kBlock / format.sampleRate))
    , m_meter(format)
{
}

double PeakLimiter::deepestDb() const
{
    return 20 * std::log10(m_deepest);
}

double PeakLimiter::neededGain(float peak)
{
    const double needed = peak > m_ceiling ? m_ceiling / static_cast<double>(peak) : 1.0;
    m_recovered = std::min(needed, std::min(1.0, m_recovered * m_recovery));
    return m_recovered;
}

void PeakLimiter::takeBlock()
{
    const std::size_t count = m_partial.size() / m_channels;
    std::vector<float> planar(m_partial.size());
    std::vector<const float*> channels(m_channels);
    for (std::size_t channel = 0; channel < m_channels; ++channel) {
        channels[channel] = planar.data() + channel * count;
        for (std::size_t i = 0; i < count; ++i)
            planar[channel * count + i] = m_partial[i * m_channels + channel];
    }
    const checks::engine::SoundBlock block {m_partial, channels, count, 0, 0};
    const double gain = neededGain(m_meter.add(block, 0, count));
    m_gains.push_back(gain);
    // What the meter reports late belongs to the blocks before as well.
    for (std::size_t back = 1; back <= kLateBlocks && back < m_gains.size(); ++back) {
        double& earlier = m_gains[m_gains.size() - 1 - back];
        earlier = std::min(earlier, gain);
    }
    m_blocks.push_back(std::move(m_partial));
    m_partial.clear();
}

/// The mean of the lowest gains of this block and the ones before it. Each of them is at most what this block needs.
double PeakLimiter::smoothedGain()
{
    const std::size_t seen = std::min(m_gains.size(), m_ahead + 2); // the ramp into the next block as well
    m_lowest.push_back(*std::min_element(m_gains.begin(), m_gains.begin() + static_cast<std::ptrdiff_t>(seen)));
    if (m_lowest.size() > m_ahead + 1)
        m_lowest.pop_front();
    m_gains.pop_front();
    const bool untouched = std::ranges::all_of(m_lowest, [](double gain) { return gain == 1.0; });
    return untouched ? 1.0
                     : std::accumulate(m_lowest.begin(), m_lowest.end(), 0.0) / static_cast<double>(m_lowest.size());
}

void PeakLimiter::emitBlock(std::vector<float>& out)
{
    const double target = smoothedGain();
    const std::vector<float> block = std::move(m_blocks.front());
    m_blocks.pop_front();
    const std::size_t count = block.size() / m_channels;
    if (!m_begun)
        m_gain = target;
    m_begun = true;
    const bool untouched = target == 1.0 && m_gain == 1.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double gain
            = untouched ? 1.0 : m_gain + (target - m_gain) * static_cast<double>(i + 1) / static_cast<double>(count);
        for (std::size_t channel = 0; channel < m_channels; ++channel)
            out.push_back(static_cast<float>(block[i * m_channels + channel] * gain));
    }
    m_gain = target;
    m_deepest = std::min(m_deepest, target);
}

void PeakLimiter::process(std::span<const float> samples, std::vector<float>& out)
{
    while (!samples.empty()) {
        const std::size_t room = kBlock * m_channels - m_partial.size();
        const std::size_t part = std::min(room, samples.size());
        m_partial.insert(m_partial.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(part));
        samples = samples.subspan(part);
        if (m_partial.size() < kBlock * m_channels)
            return;
        takeBlock();
        if (m_blocks.size() > m_ahead + 1 + kLateBlocks)
            emitBlock(out);
    }
}

void PeakLimiter::finish(std::vector<float>& out)
{
    if (!m_partial.empty())
        takeBlock();
    while (!m_blocks.empty())
        emitBlock(out);
}

} // namespace vidimus::transcode::engine
