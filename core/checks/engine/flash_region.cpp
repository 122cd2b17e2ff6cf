#include "core/checks/engine/flash_region.h"

#include <utility>

namespace vidimus::checks::engine {

namespace {

/// Share of the cells that flash which may lie outside the region, on each side: less than a column of the widest grid.
constexpr double kOutliers = 0.0025;

/// First and last place that hold all but the outliers.
std::pair<int, int> spanOf(const std::vector<int>& histogram, int total)
{
    const double spare = total * kOutliers;
    int first = 0;
    for (int left = 0; first + 1 < static_cast<int>(histogram.size()); ++first) {
        left += histogram[static_cast<std::size_t>(first)];
        if (left > spare)
            break;
    }
    int last = static_cast<int>(histogram.size()) - 1;
    for (int right = 0; last > first; --last) {
        right += histogram[static_cast<std::size_t>(last)];
        if (right > spare)
            break;
    }
    return {first, last};
}

} // namespace

MaskedRegion maskedRegion(const std::vector<std::uint8_t>& mask, int columns, int rows, int side)
{
    std::vector<int> byColumn(static_cast<std::size_t>(columns), 0);
    std::vector<int> byRow(static_cast<std::size_t>(rows), 0);
    MaskedRegion masked;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            if (mask[static_cast<std::size_t>(y * columns + x)] == 0)
                continue;
            ++byColumn[static_cast<std::size_t>(x)];
            ++byRow[static_cast<std::size_t>(y)];
            ++masked.cells;
        }
    }
    const auto [left, right] = spanOf(byColumn, masked.cells);
    const auto [top, bottom] = spanOf(byRow, masked.cells);
    masked.region = {left * side, top * side, (right + 1 - left) * side, (bottom + 1 - top) * side};
    return masked;
}

} // namespace vidimus::checks::engine
