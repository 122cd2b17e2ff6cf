#pragma once

#include "core/checks/engine/picture.h"

namespace vidimus::checks::engine {

/// A line of lettering in a picture, in places of the grid.
struct TextLine {
    int left = 0;
    int top = 0;
    int right = 0; ///< inclusive
    int bottom = 0;
    int strokes = 0; ///< on the row with the most

    friend bool operator==(const TextLine&, const TextLine&) = default;
};

/// Finds level lines of lettering: rows with many strong gradients in both directions close together (maximum gradient
/// difference: Wong, Chen, "A new robust algorithm for video text extraction", Pattern Recognition 36, 2003), which
/// make a low, wide block with little above and below it, and inside which strokes have about one width (Epshtein,
/// Ofek, Wexler, "Detecting text in natural scenes with stroke width transform", CVPR 2010), stand at uneven
/// distances and are not upright alone, as those of a fence or of a test pattern. Tells that there is text, not what it
/// says; letters lower than seven places, oblique lines and single letters are missed. Pure.
[[nodiscard]] std::vector<TextLine> findTextLines(const ByteGrid& luma);

/// Means of squares of pixels at 8 bits, so that at most \a columns of them stand side by side.
/// Gives the side of a square in pixels.
int makeTextGrid(const Luma& luma, int columns, ByteGrid& grid);

} // namespace vidimus::checks::engine
