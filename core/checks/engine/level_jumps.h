#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace vidimus::checks::engine {

struct LevelJump {
    std::size_t at = 0; ///< the first window after the jump
    double decibels = 0; ///< above 0: louder after it
};

/// Low, middle and high sound.
inline constexpr std::size_t kJumpBands = 3;

/// Jumps in a track of levels (dBFS, one for each 50 ms), \a bands being the levels of parts of the spectrum. A join or
/// a gain that changed lifts every part alike; where music sets in or a voice falls silent the parts change each in its
/// own way, and that is programme; so is a fade. Pure.
[[nodiscard]] std::vector<LevelJump> findLevelJumps(
    std::span<const float> levels, const std::array<std::span<const float>, kJumpBands>& bands);

} // namespace vidimus::checks::engine
