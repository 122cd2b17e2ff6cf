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

/// Of \a rows rows; \a sums has room for the width.
void addColumns(const Luma& luma, int firstRow, int rows, std::vector<std::uint32_t>& sums)
{
    std::ranges::fill(sums, 0U);
    for (int y = firstRow; y < firstRow + rows; ++y) {
        const std::byte* row = luma.data + luma.stride * y;
        if (luma.bits > 8) {
            const auto* words = reinterpret_cast<const std::uint16_t*>(row);
            for (std::size_t x = 0; x < sums.size(); ++x)
                sums[x] += words[x];
        } else {
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(row);
            for (std::size_t x = 0; x < sums.size(); ++x)
                sums[x] += bytes[x];
        }
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
    m_columnSums.resize(static_cast<std::size_t>(m_fours.columns) * kFour);
    const std::uint32_t divisor = (kFour * kFour / kQuarters) << (luma.bits - 8);
    for (int y = 0; y < m_fours.rows; ++y) {
        addColumns(luma, y * kFour, kFour, m_columnSums);
        std::int16_t* out = m_fours.row(y);
        const std::uint32_t* sums = m_columnSums.data();
        for (int x = 0; x < m_fours.columns; ++x, sums += kFour)
            out[x] = static_cast<std::int16_t>((sums[0] + sums[1] + sums[2] + sums[3] + divisor / 2) / divisor);
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
