#pragma once

#include "core/base/long_list.h"
#include "core/checks/engine/check.h"
#include "core/checks/engine/sound_frames.h"
#include "core/checks/engine/spectrum.h"

#include <memory>

namespace vidimus::checks::engine {

/// Looks for line-up tones: 100 ms whose loudest channel is one pure sine with the frequency and level of its
/// neighbour. Measures the tone's level (a full-scale sine is 0 dBFS) and frequency.
class ToneCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Tone {
        double level = 0; ///< dBFS
        double hertz = 0; ///< 0: no tone
        float power = 0; ///< of the channel it was seen in
    };
    void addSoundFrame(std::span<const float> frame, qint64 position);
    [[nodiscard]] Tone toneIn() const;

    int m_sampleRate = 0;
    std::size_t m_length = 0; ///< samples of a frame
    Spectrum m_spectrum;
    std::vector<SoundFrames> m_channels;
    LongList<Tone> m_tones; ///< of each frame that all channels have given
    std::vector<Tone> m_recent; ///< of those that some have given
};

} // namespace vidimus::checks::engine
