#pragma once

#include "core/transcode/engine/peak_limiter.h"
#include "core/transcode/fix_plan.h"

#include <optional>

namespace vidimus::transcode::engine {

/// The gain and the limiter of a fix over one stream of sound. One thread.
class SoundCorrection {
public:
    SoundCorrection(const SoundFix& fix, const checks::engine::SoundFormat& format);

    /// Interleaved samples in; appends what is ready.
    void process(std::span<const float> samples, std::vector<float>& out);
    void finish(std::vector<float>& out);

private:
    float m_gain;
    std::optional<PeakLimiter> m_limiter;
    std::vector<float> m_amplified;
};

} // namespace vidimus::transcode::engine
