#include "core/checks/engine/flash_windows.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

void FlashWindows::reset(int columns, int rows)
{
    m_columns = columns;
    m_rows = rows;
    m_width = columns;
    m_height = rows;
    m_cells = static_cast<double>(columns) * rows;
    if (!m_tenDegrees)
        return;
    // The picture fitted into the 1024 × 768 of the definition.
    const double pixel = std::max(columns / 1024.0, rows / 768.0);
    const double width = 341 * pixel;
    const double height = 256 * pixel;
    m_width = std::clamp(static_cast<int>(std::lround(width)), 1, columns);
    m_height = std::clamp(static_cast<int>(std::lround(height)), 1, rows);
    m_cells = width * height;
}

void FlashWindows::cover(double enough, std::vector<std::uint8_t>& covered)
{
    const auto stride = static_cast<std::size_t>(m_columns) + 1;
    m_corners.assign(stride * (static_cast<std::size_t>(m_rows) + 1), 0);
    const auto corner = [&](int x, int y) -> std::int32_t& {
        return m_corners[stride * static_cast<std::size_t>(y) + static_cast<std::size_t>(x)];
    };
    for (int y = 0; y + m_height <= m_rows; ++y) {
        for (int x = 0; x + m_width <= m_columns; ++x) {
            if (areaAt(x, y) <= enough)
                continue;
            ++corner(x, y);
            --corner(x + m_width, y);
            --corner(x, y + m_height);
            ++corner(x + m_width, y + m_height);
        }
    }
    std::uint8_t* out = covered.data();
    for (int y = 0; y < m_rows; ++y) {
        std::int32_t row = 0;
        for (int x = 0; x < m_columns; ++x) {
            row += corner(x, y); // windows that begin in this row, up to here
            corner(x, y) = row + (y > 0 ? corner(x, y - 1) : 0);
            *out++ = corner(x, y) > 0 ? 1 : 0;
        }
    }
}

int FlashWindows::largestArea(const std::vector<std::uint8_t>& mask)
{
    if (isWholeScreen())
        return static_cast<int>(std::ranges::count(mask, 1));
    // Sums over everything above and to the left of a corner.
    const auto stride = static_cast<std::size_t>(m_columns) + 1;
    m_integral.assign(stride * (static_cast<std::size_t>(m_rows) + 1), 0);
    const std::uint8_t* cell = mask.data();
    for (int y = 0; y < m_rows; ++y) {
        const std::uint32_t* above = m_integral.data() + stride * static_cast<std::size_t>(y);
        std::uint32_t* row = m_integral.data() + stride * (static_cast<std::size_t>(y) + 1);
        std::uint32_t sum = 0;
        for (int x = 0; x < m_columns; ++x) {
            sum += *cell++;
            row[x + 1] = above[x + 1] + sum;
        }
    }
    int largest = 0;
    for (int y = 0; y + m_height <= m_rows; ++y) {
        for (int x = 0; x + m_width <= m_columns; ++x)
            largest = std::max(largest, areaAt(x, y));
    }
    return largest;
}

int FlashWindows::areaAt(int x, int y) const
{
    const auto stride = static_cast<std::size_t>(m_columns) + 1;
    const std::uint32_t* top = m_integral.data() + stride * static_cast<std::size_t>(y);
    const std::uint32_t* bottom = top + stride * static_cast<std::size_t>(m_height);
    const int right = x + m_width;
    return static_cast<int>(bottom[right] - bottom[x] - top[right] + top[x]);
}

} // namespace vidimus::checks::engine
