#pragma once

#include "core/transcode/plan.h"

namespace vidimus::transcode::engine {

/// \a time - \a zero in the grid's ticks, rounded. At a constant rate a time within a millisecond (and a quarter of a
/// frame) of a whole number of frames is that number of frames: containers round times. Pure.
[[nodiscard]] std::int64_t pictureTicks(const Plan& plan, Rational time, Rational zero);

} // namespace vidimus::transcode::engine
