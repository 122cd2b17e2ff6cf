#pragma once

#include "core/base/state_archive.h"
#include "core/checks/engine/picture.h"

#include <vector>

namespace vidimus::checks::engine {

/// One row at 8 bits, rounded; \a out has room for it.
void copyRowTo8(const Luma& luma, int y, std::uint8_t* out);

/// Full-size luma at 8 bits in at most twelve strips of 16 rows, spread evenly over the height: what checks of texture
/// look at in every frame. Edge sharpness, block grids, combing and repeated frames fill whole regions of a picture, so
/// that 192 of 1,080 rows show them; pictures of up to 192 rows are taken whole. A strip begins at a multiple of 16
/// rows, which keeps block grids and fields in place. Each is a copy with two more rows above and below (the edge row
/// again at the border of the picture), so that filters need no special case, and so that it outlives its frame.
class Strips {
public:
    static constexpr int kRows = 16;
    static constexpr int kMargin = 2;
    static constexpr int kMaxStrips = 12;

    void take(const Luma& luma);

    [[nodiscard]] int count() const { return static_cast<int>(m_tops.size()); }
    [[nodiscard]] int width() const { return m_width; }
    /// Rows of a strip that belong to the picture: kRows, or fewer in the last.
    [[nodiscard]] int rows(int strip) const;
    /// Where in the picture a strip begins.
    [[nodiscard]] int top(int strip) const { return m_tops[static_cast<std::size_t>(strip)]; }
    /// \a y from -kMargin to rows(strip) + kMargin - 1.
    [[nodiscard]] const std::uint8_t* row(int strip, int y) const
    {
        const int index = strip * (kRows + 2 * kMargin) + y + kMargin;
        return m_pixels.data() + static_cast<std::ptrdiff_t>(index) * m_width;
    }
    /// Pixels in all strips, margins not counted.
    [[nodiscard]] std::int64_t pixels() const;
    [[nodiscard]] bool hasShapeOf(const Strips& other) const
    {
        return m_width == other.m_width && m_height == other.m_height;
    }
    void state(StateArchive& archive) { archive(m_width, m_height, m_tops, m_pixels); }

private:
    int m_width = 0;
    int m_height = 0; ///< of the picture
    std::vector<int> m_tops;
    std::vector<std::uint8_t> m_pixels;
};

} // namespace vidimus::checks::engine
