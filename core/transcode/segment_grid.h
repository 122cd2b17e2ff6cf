#pragma once

#include "core/base/rational.h"

#include <cstdint>

namespace vidimus::transcode {

/// The constant grid on which segments begin, shared by every rung and the sound. Times are ticks of one timescale from
/// the first shown frame (from the first sound sample where there is no picture). The length of a segment is a whole
/// number of frames, so on a constant frame rate every boundary is a frame's own time.
struct SegmentGrid {
    int timescale = 90'000; ///< ticks a second
    Rational length {4, 1}; ///< seconds, exact
    Rational tolerance {0, 1}; ///< seconds by which a frame's time may lie before a boundary (rounded timestamps)

    /// The segment in which a frame that begins at \a ticks stands; ticks below 0 are in segment 0.
    [[nodiscard]] int segmentAt(std::int64_t ticks) const;
    /// The boundary before segment \a segment in ticks, rounded to the nearest.
    [[nodiscard]] std::int64_t startOf(int segment) const;

    friend bool operator==(const SegmentGrid&, const SegmentGrid&) = default;
};

/// a * b / c rounded to the nearest, halves up, without overflow in between. c is positive.
[[nodiscard]] std::int64_t scaleRounded(std::int64_t a, std::int64_t b, std::int64_t c);

} // namespace vidimus::transcode
