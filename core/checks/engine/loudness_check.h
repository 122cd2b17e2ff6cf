#pragma once

#include "core/base/long_list.h"
#include "core/checks/engine/check.h"
#include "core/checks/engine/loudness_meter.h"
#include "core/checks/engine/sound_windows.h"

#include <memory>

namespace vidimus::checks::engine {

/// Measures integrated loudness, loudness range, the highest momentary (400 ms) and short-term (3 s) loudness at every
/// 10 ms, and keeps the loudness of each 100 ms as a track.
class LoudnessCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    LoudnessMeter m_meter;
    SoundWindows m_windows;
    double m_windowSamples = 1;
    double m_energy = 0; ///< of the open window
    LongList<float> m_powers; ///< of each 10 ms
};

} // namespace vidimus::checks::engine
