#pragma once

#include "core/checks/engine/picture.h"

#include <array>
#include <cstdint>
#include <vector>

namespace vidimus::checks::engine {

/// One row of cells of 2 × 2 pixels with their colour: the mean of four luma pixels is the mild filter that level
/// measurements ask for. Chroma is the sample at the cell's first pixel (with 4:2:0 the cell's only one).
struct CellRow {
    std::vector<std::int16_t> luma; ///< sum of four codes of at most 12 bits
    std::vector<std::int16_t> cb; ///< code less the neutral one; empty for grey pictures
    std::vector<std::int16_t> cr;

    [[nodiscard]] int count() const { return static_cast<int>(luma.size()); }
    [[nodiscard]] bool hasColor() const { return !cb.empty(); }
};

/// Rows of cells in a picture; an odd last row of pixels belongs to none.
[[nodiscard]] inline int cellRows(const Luma& luma)
{
    return luma.height / 2;
}
void takeCellRow(const Picture& picture, int row, CellRow& out);
/// Asks the processor for the chroma of a row that is taken soon: nothing has read it before, and rows that lie apart
/// are not foreseen.
void fetchCellRow(const Picture& picture, int row);

/// R, G and B from a cell, in 1/4096 of a code (as codes of luma's own range, so that black and white are those of
/// luma). Each is at most 8192 in size.
struct RgbFactors {
    std::int32_t redCr = 0;
    std::int32_t greenCb = 0;
    std::int32_t greenCr = 0;
    std::int32_t blueCb = 0;
};
inline constexpr int kCellOne = 4096;
/// By H.273 matrix and range; \a height decides for untagged pictures.
[[nodiscard]] RgbFactors rgbFactors(const media::ColorTags& tags, int height, int bits);

/// outside[x] is 1 where luma or one of R, G, B leaves [lowest, highest] (in 1/4096 of a code), and else 0.
void markOutside(
    const CellRow& row, const RgbFactors& factors, std::int32_t lowest, std::int32_t highest, std::uint8_t* outside);
/// brightest[x]: the largest of R, G, B, in 1/4096 of a code.
void takeBrightest(const CellRow& row, const RgbFactors& factors, std::int32_t* brightest);
/// Cells of [first, end) whose sum of luma is at most each of \a limits.
[[nodiscard]] std::array<int, 4> countAtMost(
    const CellRow& row, int first, int end, const std::array<std::int16_t, 4>& limits);
/// markOutside() in plain C++, for comparison.
void markOutsidePlain(
    const CellRow& row, const RgbFactors& factors, std::int32_t lowest, std::int32_t highest, std::uint8_t* outside);

} // namespace vidimus::checks::engine
