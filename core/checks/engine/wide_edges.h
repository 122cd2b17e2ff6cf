#pragma once

#include "core/checks/engine/picture.h"

#include <cstdint>
#include <vector>

namespace vidimus::checks::engine {

/// How wide edges are in each direction, as the sigma in pixels of the Gaussian that would blur a step as much; 0 where
/// there are too few edges to tell.
struct EdgeWidths {
    double across = 0;
    double down = 0;
};

/// Measures edges that are wider than a few pixels. Over a pixel or two their curvature is less than what rounding and
/// a coder leave behind, and they all look alike; over means of squares of 4 × 4 and of 8 × 8 pixels it stands out
/// again. Strong edges count most: each place by the square of its slope, so Σ slope⁴ / Σ slope² · curvature² is
/// 16·sigma² for a step, in units of the square's side, whatever its height. For pictures that may be blurred only:
/// it walks over all of luma once more.
class WideEdges {
public:
    void take(const Luma& luma);
    [[nodiscard]] EdgeWidths overFour() const;
    [[nodiscard]] EdgeWidths overEight() const;

private:
    /// Means of squares in quarters of an 8-bit code; squares that the border cuts are left out.
    struct Means {
        int side = 0; ///< pixels
        int columns = 0;
        int rows = 0;
        std::vector<std::int16_t> values;

        void resize(int squareSide, int width, int height);
        [[nodiscard]] std::int16_t* row(int y) { return values.data() + std::ptrdiff_t {y} * columns; }
        [[nodiscard]] const std::int16_t* row(int y) const { return values.data() + std::ptrdiff_t {y} * columns; }
    };
    [[nodiscard]] static EdgeWidths widthsOf(const Means& means);

    Means m_fours;
    Means m_eights;
};

} // namespace vidimus::checks::engine
