#pragma once

#include "core/matching/hash_segment.h"

namespace vidimus::matching {

/// A stretch of one video that is seen in another.
struct MatchSegment {
    Milliseconds aStart {0};
    Milliseconds aEnd {0};
    Milliseconds bStart {0};
    Milliseconds bEnd {0};
    int distance = 0; ///< the middle one of its hashes

    friend bool operator==(const MatchSegment&, const MatchSegment&) = default;
};

struct AlignmentOptions {
    /// Hashes this far apart may show the same picture when their neighbours agree. Pictures of different scenes lie
    /// above 90 nearly always; a crop of 5 % brings the same ones up to about 65.
    int maxDistance = 76;
    int maxMiddleDistance = 64; ///< of a segment
    double maxSpeedChange = 0.08; ///< of b against a, either way
    Milliseconds minLength {2000}; ///< in a; for a shorter video half of it
    Milliseconds maxGap {2000}; ///< without agreement inside a segment
    int maxSegments = 16;
};

/// The stretches of \a a that are seen in \a b, in the order of a; each moment of a in at most one. Both in the order
/// of their times; a time may have several hashes, of which the nearest counts. Finds an offset and a speed by votes of
/// the hashes that are alike and follows the line that they make. \a aLength, \a bLength: of the videos. Pure.
[[nodiscard]] std::vector<MatchSegment> align(std::span<const TimedHash> a, Milliseconds aLength,
    std::span<const TimedHash> b, Milliseconds bLength, const AlignmentOptions& options = {});

} // namespace vidimus::matching
