#pragma once

#include "core/checks/finding.h"

#include <span>

namespace vidimus::checks {

/// A rectangle as one code of a Series: its first and last cell in a grid of 128 × 128 over the picture, seven bits
/// each (left, top, right, bottom from the lowest bits up). A region a frame costs one series that way; its edges are
/// right to 1/128 of the picture, outwards.
inline constexpr qint32 kNoRegion = -1;

/// Pixels [x, x + width) × [y, y + height) of a picture. kNoRegion for an empty rectangle or picture.
[[nodiscard]] qint32 encodeRegion(const Region& region, int pictureWidth, int pictureHeight);
/// Empty for kNoRegion, other negative codes and an empty picture. Any other code gives a rectangle inside the picture.
[[nodiscard]] std::optional<Region> decodeRegion(qint32 code, int pictureWidth, int pictureHeight);
/// The smallest code that holds all of them.
[[nodiscard]] qint32 unitedRegions(std::span<const qint32> codes);

} // namespace vidimus::checks
