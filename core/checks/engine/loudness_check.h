#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/loudness_meter.h"
#include "core/checks/engine/sound_chunks.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures integrated loudness, loudness range, the highest momentary (400 ms) and short-term (3 s) loudness, and
/// keeps the loudness of each 100 ms as a track.
class LoudnessCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    [[nodiscard]] double highest(std::size_t chunks) const;

    std::unique_ptr<LoudnessMeter> m_meter;
    SoundChunks m_chunks;
    std::vector<double> m_powers; ///< of each 100 ms
    double m_step = 0; ///< seconds
};

} // namespace vidimus::checks::engine
