#pragma once

#include "core/checks/measurements.h"

#include <span>

namespace vidimus::checks::engine {

/// Stretches in which a frame is missing again and again at equal distances: a higher frame rate was lowered by leaving
/// frames out. A frame after one that is missing moves up to twice as far as its neighbours; natural motion does so
/// too, but not nine times in step. \a differences: of each frame to the one before, in any unit; negative: not known.
/// \a least: what counts as motion; \a most: from here on it is a cut. Marks of kind "skip_pattern" with
/// "period_frames" (mean distance), "missing_frames" and "leap" (median, against the neighbours).
[[nodiscard]] std::vector<Mark> findMissingCadence(std::span<const qint32> differences, qint32 least, qint32 most);

} // namespace vidimus::checks::engine
