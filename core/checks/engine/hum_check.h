#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/decimator.h"
#include "core/checks/engine/sound_frames.h"
#include "core/checks/engine/spectrum.h"

#include <array>
#include <memory>

namespace vidimus::checks::engine {

/// Looks for the steady lines of the mains (50 or 60 Hz and harmonics up to the eighth) in 4 s of each channel, every
/// half second. Measures their level: the sum of the lines that stand out of their neighbourhood, in dBFS of a sine.
class HumCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Channel {
        std::size_t number = 0;
        Decimator decimator;
        SoundFrames frames;
    };
    static constexpr std::size_t kMains = 2; ///< 50 Hz, 60 Hz
    void addSoundFrame(std::span<const float> frame, qint64 position);
    [[nodiscard]] double humLevel(double mains) const;

    bool m_usable = false;
    Spectrum m_spectrum;
    std::vector<Channel> m_channels;
    std::vector<float> m_slow; ///< the block at the lower rate
    qint64 m_hop = 1; ///< samples at the lower rate
    std::array<std::vector<double>, kMains> m_levels; ///< dBFS of each half second
};

} // namespace vidimus::checks::engine
