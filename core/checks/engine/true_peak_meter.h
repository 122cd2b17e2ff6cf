#pragma once

#include "core/checks/engine/check.h"

#include <vector>

namespace vidimus::checks::engine {

/// True peaks as in ITU-R BS.1770-5, annex 2: 4 times oversampled below 96 kHz, twice below 192 kHz, with 12
/// (24) taps a phase. The numbers agree with libebur128's; this one is made of plain loops that the compiler turns into
/// vector code.
class TruePeakMeter {
public:
    TruePeakMeter() = default;
    explicit TruePeakMeter(const SoundFormat& format);

    /// Takes in \a count samples from \a first on of each channel. Returns the highest peak of any channel within them,
    /// a factor of full scale. The filter looks back: a peak shows up to 24 samples late.
    float add(const SoundBlock& block, std::size_t first, std::size_t count);
    [[nodiscard]] float highest() const { return m_highest; }

private:
    [[nodiscard]] float peakOfChannel(const float* samples, std::size_t count) const;

    std::vector<std::vector<float>> m_phases; ///< taps of the points between samples
    std::size_t m_past = 0; ///< samples that the filter looks back
    std::vector<std::vector<float>> m_history; ///< the last samples of each channel, then the new ones
    float m_highest = 0;
};

} // namespace vidimus::checks::engine
