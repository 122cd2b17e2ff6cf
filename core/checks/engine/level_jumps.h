#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vidimus::checks::engine {

struct LevelJump {
    std::size_t at = 0; ///< the first window after the jump
    double decibels = 0; ///< above 0: louder after it
};

/// Jumps in a track of levels (dBFS, one for each 50 ms). Pure.
[[nodiscard]] std::vector<LevelJump> findLevelJumps(std::span<const float> levels);

} // namespace vidimus::checks::engine
