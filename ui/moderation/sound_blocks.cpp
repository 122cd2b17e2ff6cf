#include "ui/moderation/sound_blocks.h"

#include <algorithm>
#include <cmath>

namespace vidimus::ui::moderation {

namespace {

constexpr int kAhead = 6; // blocks
constexpr std::size_t kKept = 64;
constexpr double kSilenceDbfs = -90;

double dbfs(double value)
{
    return value > 0 ? std::max(kSilenceDbfs, 20 * std::log10(value)) : kSilenceDbfs;
}

} // namespace

void SoundBlocks::clear()
{
    m_blocks.clear();
    m_requested.clear();
}

void SoundBlocks::put(qint64 firstSample, std::vector<float> samples)
{
    const qint64 block = firstSample / kBlockSamples;
    m_requested.erase(block);
    m_blocks[block] = std::move(samples);
    forgetFarFrom(block);
}

void SoundBlocks::forgetFarFrom(qint64 block)
{
    while (m_blocks.size() > kKept) {
        const qint64 first = m_blocks.begin()->first;
        const qint64 last = m_blocks.rbegin()->first;
        m_blocks.erase(block - first > last - block ? first : last);
    }
}

std::vector<qint64> SoundBlocks::takeWanted(qint64 sample, int direction)
{
    std::vector<qint64> wanted;
    const qint64 from = sample / kBlockSamples;
    for (int i = 0; i < kAhead; ++i) {
        const qint64 block = from + i * (direction < 0 ? -1 : 1);
        if (block < 0 || m_blocks.contains(block) || !m_requested.insert(block).second)
            continue;
        wanted.push_back(block * kBlockSamples);
    }
    return wanted;
}

bool SoundBlocks::has(qint64 sample) const
{
    return m_blocks.contains(sample / kBlockSamples);
}

float SoundBlocks::at(qint64 sample, int channel) const
{
    const auto block = sample < 0 ? m_blocks.end() : m_blocks.find(sample / kBlockSamples);
    if (block == m_blocks.end())
        return 0;
    const auto index = static_cast<std::size_t>((sample % kBlockSamples) * media::kPlaybackChannels + channel);
    return index < block->second.size() ? block->second[index] : 0;
}

SoundBlocks::Level SoundBlocks::level(qint64 sample, qint64 count, int channel) const
{
    double power = 0;
    double peak = 0;
    for (qint64 i = std::max<qint64>(0, sample - count); i < sample; ++i) {
        const double value = std::abs(double(at(i, channel)));
        power += value * value;
        peak = std::max(peak, value);
    }
    return {dbfs(std::sqrt(power / double(std::max<qint64>(1, count)))), dbfs(peak)};
}

} // namespace vidimus::ui::moderation
