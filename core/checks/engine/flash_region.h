#pragma once

#include "core/checks/finding.h"

#include <cstdint>
#include <vector>

namespace vidimus::checks::engine {

struct MaskedRegion {
    Region region; ///< pixels
    int cells = 0; ///< that are masked, all over the picture
};
/// The rectangle of the masked cells (1, else 0) but for a few that lie apart. \a side: of a cell, in pixels.
[[nodiscard]] MaskedRegion maskedRegion(const std::vector<std::uint8_t>& mask, int columns, int rows, int side);

} // namespace vidimus::checks::engine
