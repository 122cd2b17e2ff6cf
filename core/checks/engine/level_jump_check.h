#pragma once

#include "core/base/long_list.h"
#include "core/checks/engine/level_jumps.h"
#include "core/checks/engine/sound_windows.h"

#include <memory>

namespace vidimus::checks::engine {

/// Finds moments at which the level of the whole sound changes at once and stays changed, as where two recordings are
/// joined: loud and quiet parts of the 3 s before and after differ by the same amount, and so do low, middle and high
/// sound, most of it already within one second.
class LevelJumpCheck : public Check {
public:
    [[nodiscard]] static std::unique_ptr<Check> create();
    void startSound(const SoundFormat& format) override;
    void addSound(const SoundBlock& block) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    void closeWindow();
    void addBands(const SoundBlock& block, std::size_t first, std::size_t count);

    SoundFormat m_format;
    SoundWindows m_windows;
    double m_power = 0; ///< of the open window, over all channels but the effects
    std::size_t m_inWindow = 0; ///< samples
    LongList<float> m_levels; ///< dBFS of each 50 ms
    std::array<double, kJumpBands> m_bandPower {}; ///< of the open window, of all channels but the effects added up
    std::array<LongList<float>, kJumpBands> m_bandLevels; ///< dBFS of each 50 ms
    std::array<double, 2> m_poles {}; ///< of the low-passes between the bands
    std::array<double, 4> m_filter {}; ///< two in a row for each
};

} // namespace vidimus::checks::engine
