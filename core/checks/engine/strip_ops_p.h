#pragma once

#include "core/checks/engine/plane_ops_p.h"

#include <cstddef>
#include <cstdint>
#include <span>

/// The loops over every pixel of the strips: plain C++ that the compiler turns into vector code, for SSE2 and for AVX2.
/// Whole numbers, so that both give the same.
namespace vidimus::checks::engine {

/// From here on these functions take the given path; for tests. Must be one of vectorPaths().
void useStripPath(VectorPath path);

/// Sum of absolute differences of two rows.
[[nodiscard]] std::uint32_t rowDifference8(const std::uint8_t* a, const std::uint8_t* b, int count);
/// steps[x] += |row[x + 1] − row[x]| for x in [0, width - 1), over at most 64 rows that follow each other.
void addSteps(const std::uint8_t* first, int rows, int width, std::uint32_t* steps);

/// What is left of an edge's slope and of its curvature.
struct EdgeSums {
    std::uint64_t slope = 0; ///< Σ (next − previous)²
    std::uint64_t bend = 0; ///< Σ (next + previous − 2·here)²
    std::uint32_t count = 0; ///< places whose slope is at least kEdgeSlope
};
/// Difference over four pixels from which a place belongs to an edge; coding noise stays below it.
inline constexpr int kEdgeSlope = 8;
/// Adds each place of a row: \a previous and \a next are two pixels away on either side.
void addEdges(
    const std::uint8_t* previous, const std::uint8_t* here, const std::uint8_t* next, int count, EdgeSums& sums);

/// The same of means in quarters of a code, each place weighted by the square of its slope.
struct WideEdgeSums {
    std::uint64_t slope = 0; ///< Σ slope⁴
    std::uint64_t bend = 0; ///< Σ slope² · curvature²
    std::uint32_t count = 0; ///< places whose slope is at least four times kEdgeSlope
};
/// Adds each place of a row of means, 0 to 1020; \a previous and \a next are its neighbours.
void addWideEdges(
    const std::int16_t* previous, const std::int16_t* here, const std::int16_t* next, int count, WideEdgeSums& sums);

/// means[x] is the mean of 4 × 4 bytes, in quarters; \a first and the three rows behind it have 4 · \a count bytes.
void meansOfFour(const std::uint8_t* first, std::ptrdiff_t stride, int count, std::int16_t* means);

/// combed[x] is 1 where a pixel stands out from the rows above and below in the way of two mixed fields, and else 0.
/// \a rows: the pixel's own row and two on either side, from the top. True when one of them is.
[[nodiscard]] bool markCombed(std::span<const std::uint8_t* const, 5> rows, int count, std::uint8_t* combed);
/// apart[x] is 1 where a pixel differs by at least \a threshold from those two places to either side, in one direction;
/// two pixels are read beyond either end. True when one of them is.
[[nodiscard]] bool markApart(const std::uint8_t* row, int count, int threshold, std::uint8_t* apart);
/// Σ |above + below − 2·here|: how badly a row of another field fits between two rows.
[[nodiscard]] std::uint64_t misfit(
    const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below, int count);
/// Σ |Immerkær's mask| over \a count places; each row may be read one pixel beyond either end.
[[nodiscard]] std::uint32_t maskedSum(
    const std::uint8_t* above, const std::uint8_t* here, const std::uint8_t* below, int count);
/// Pixels below \a least or above \a most.
[[nodiscard]] int countOutside(const std::uint8_t* row, int count, int least, int most);
/// Σ of bytes.
[[nodiscard]] std::uint32_t sumOf(const std::uint8_t* bytes, int count);

} // namespace vidimus::checks::engine
