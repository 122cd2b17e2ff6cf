#pragma once

#include <cstdint>
#include <vector>

namespace vidimus::checks::engine {

/// The areas in which flashing counts: the whole screen, or each window of ten degrees.
class FlashWindows {
public:
    explicit FlashWindows(bool tenDegrees)
        : m_tenDegrees(tenDegrees)
    {
    }
    /// A grid of cells of another size.
    void reset(int columns, int rows);
    /// Cells of a window of which a quarter counts; not whole for a window of ten degrees.
    [[nodiscard]] double cells() const { return m_cells; }
    [[nodiscard]] bool isWholeScreen() const { return m_width == m_columns && m_height == m_rows; }
    /// The most masked cells (1, else 0) in any window.
    [[nodiscard]] int largestArea(const std::vector<std::uint8_t>& mask);
    /// After largestArea(): covered is 1 in the windows that held more than \a enough, and else 0.
    void cover(double enough, std::vector<std::uint8_t>& covered);

private:
    [[nodiscard]] int areaAt(int x, int y) const; ///< of the window with this corner

    bool m_tenDegrees;
    int m_columns = 0;
    int m_rows = 0;
    int m_width = 0; ///< of a window, in cells
    int m_height = 0;
    double m_cells = 0;
    std::vector<std::int32_t> m_corners;
    std::vector<std::uint32_t> m_integral;
};

} // namespace vidimus::checks::engine
