#include "core/transcode/engine/sound_correction.h"

#include <cmath>

namespace vidimus::transcode::engine {

SoundCorrection::SoundCorrection(const SoundFix& fix, const checks::engine::SoundFormat& format)
    : m_gain(static_cast<float>(std::pow(10, fix.gainDb / 20)))
{
    if (fix.limits)
        m_limiter.emplace(format, fix.ceilingDbtp);
}

void SoundCorrection::process(std::span<const float> samples, std::vector<float>& out)
{
    m_amplified.assign(samples.begin(), samples.end());
    for (float& sample : m_amplified)
        sample = std::isfinite(sample) ? sample * m_gain : 0.0F;
    if (m_limiter)
        m_limiter->process(m_amplified, out);
    else
        out.insert(out.end(), m_amplified.begin(), m_amplified.end());
}

void SoundCorrection::finish(std::vector<float>& out)
{
    if (m_limiter)
        m_limiter->finish(out);
}

} // namespace vidimus::transcode::engine
