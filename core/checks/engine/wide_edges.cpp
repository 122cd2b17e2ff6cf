#include "core/checks/engine/wide_edges.h"

#include "core/checks/engine/strip_ops_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

namespace {

constexpr int kFour = 4;
constexpr int kQuarters = 4; ///< units of a code
/// Fewer places than this share with an edge cannot tell.
constexpr double kLeastEdges = 0.0025;
/// Slope and curvature are taken over one square on either side, which is not quite the derivative (0.04), and the
/// squares themselves blur by the variance of a box, 1/12. Computed for steps of sigma 0.5 to 5 squares.
constexpr double kFiniteReach = 0.04 - 1.0 / 12;

double sigmaOf(const WideEdgeSums& sums, std::int64_t places, int side)
{
    if (places < 1 || static_cast<double>(sums.count) < kLeastEdges * static_cast<double>(places) || sums.bend == 0)
        return 0;
    const double squares = static_cast<double>(sums.slope) / (16 * static_cast<double>(sums.bend)) + kFiniteReach;
    return squares > 0 ? std::sqrt(squares) * side : 0;
}

/// Of samples of more than 8 bits.
void meansOfWideRows(const Luma& luma, int firstRow, int count, std::int16_t* means)
{
    const std::uint32_t divisor = (kFour * kFour / kQuarters) << (luma.bits - 8);
    for (int x = 0; x < count; ++x) {
        std::uint32_t sum = 0;
        for (int y = firstRow; y < firstRow + kFour; ++y) {
            const auto* words = reinterpret_cast<const std::uint16_t*>(luma.data + luma.stride * y) + x * kFour;
            for (int column = 0; column < kFour; ++column)
                sum += words[column];
        }
        means[x] = static_cast<std::int16_t>((sum + divisor / 2) / divisor);
    }
}

} // namespace

void WideEdges::Means::resize(int squareSide, int width, int height)
{
    side = squareSide;
    columns = width / squareSide;
    rows = height / squareSide;
    values.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
}

void WideEdges::take(const Luma& luma)
{
    m_fours.resize(kFour, luma.width, luma.height);
    m_eights.resize(2 * kFour, luma.width, luma.height);
    for (int y = 0; y < m_fours.rows; ++y) {
        if (luma.bits > 8)
            meansOfWideRows(luma, y * kFour, m_fours.columns, m_fours.row(y));
        else
            meansOfFour(reinterpret_cast<const std::uint8_t*>(luma.data + luma.stride * y * kFour), luma.stride,
                m_fours.columns, m_fours.row(y));
    }
    for (int y = 0; y < m_eights.rows; ++y) {
        const std::int16_t* above = m_fours.row(2 * y);
        const std::int16_t* below = m_fours.row(2 * y + 1);
        std::int16_t* out = m_eights.row(y);
        for (int x = 0; x < m_eights.columns; ++x, above += 2, below += 2)
            out[x] = static_cast<std::int16_t>((above[0] + above[1] + below[0] + below[1] + 2) / 4);
    }
}

EdgeWidths WideEdges::widthsOf(const Means& means)
{
    const int columns = means.columns;
    WideEdgeSums across;
    WideEdgeSums down;
    for (int y = 0; y < means.rows; ++y) {
        const std::int16_t* row = means.row(y);
        if (columns > 2)
            addWideEdges(row, row + 1, row + 2, columns - 2, across);
        if (y > 0 && y + 1 < means.rows)
            addWideEdges(row - columns, row, row + columns, columns, down);
    }
    const std::int64_t acrossPlaces = std::int64_t {std::max(0, columns - 2)} * means.rows;
    const std::int64_t downPlaces = std::int64_t {columns} * std::max(0, means.rows - 2);
    return {sigmaOf(across, acrossPlaces, means.side), sigmaOf(down, downPlaces, means.side)};
}

EdgeWidths WideEdges::overFour() const
{
    return widthsOf(m_fours);
}

EdgeWidths WideEdges::overEight() const
{
    return widthsOf(m_eights);
}

} // namespace vidimus::checks::engine
