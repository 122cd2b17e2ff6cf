#pragma once

#include "core/checks/engine/picture.h"

#include <cstdint>
#include <vector>

namespace vidimus::checks::engine {

/// The picture on the grid on which flashing is measured: means of luma and chroma of square cells, as 10-bit codes of
/// the stream's own range, so that the mean of many 8-bit pixels keeps its fraction.
///
/// Why this grid hides no flash that counts: the side of a cell is the smallest power of two with which the longer side
/// of the picture has at most 320 cells (8 pixels at 1080p, 4 at 720p, 2 at 360p). On the display that WCAG assumes
/// (1024 pixels over 30 degrees) that is 0.09 to 0.19 degrees. The standards ask for more than a quarter of a field of
/// ten degrees or of the screen, which is never less than about 400 cells, so the cells that an edge cuts move a
/// measured area by a few per cent of itself at most, and by less the larger it is. What is finer than a cell and
/// balanced (white noise, a checkerboard of squares below 0.1 degrees) cancels in the mean of its cell and is exactly
/// what WCAG excepts. What is finer and not balanced changes the mean, and counts by that.
struct FlashCells {
    int side = 1; ///< pixels
    int columns = 0;
    int rows = 0;
    std::vector<std::uint16_t> luma; ///< row by row; cells cut by the right or lower edge count what they have
    std::vector<std::uint16_t> cb; ///< 512 is neutral
    std::vector<std::uint16_t> cr;

    [[nodiscard]] std::size_t count() const { return luma.size(); }
};

inline constexpr int kFlashGridSide = 320; ///< cells of the longer side, at most

/// Fills \a cells, with at most \a gridSide of them on the longer side; its buffers are kept from frame to frame.
/// \a blocks, those of \a luma where they are known already, save reading the plane again.
void measureCells(
    const media::FrameView& view, const Luma& luma, int gridSide, FlashCells& cells, const BlockSums* blocks = nullptr);

} // namespace vidimus::checks::engine
