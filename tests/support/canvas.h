#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace vidimus::test {

/// The picture that a test paints: planar 8-bit YUV 4:2:0, limited range; starts as black.
struct Canvas {
    int width = 0;
    int height = 0;
    std::uint8_t* luma = nullptr;
    int lumaStride = 0;
    std::uint8_t* cb = nullptr; ///< half size both ways
    std::uint8_t* cr = nullptr;
    int chromaStride = 0;

    void fill(int y, int u = 128, int v = 128) const;
    /// In luma pixels; clipped to the canvas. Even positions and sizes keep the colour exact.
    void rectangle(int x, int yTop, int w, int h, int y, int u = 128, int v = 128) const;
    /// A field line only (row % 2 == parity) of the rectangle.
    void fieldRectangle(int parity, int x, int yTop, int w, int h, int y) const;
};
using Painter = std::function<void(const Canvas&, int frame)>;
/// Paints a moving test picture with the frame number in it as 16 squares at the top (see readFrameNumber()).
void paintNumbered(const Canvas& canvas, int frame);
/// The number that paintNumbered() put into a decoded picture (\a luma: at least 8 bits, any scale that keeps the
/// squares larger than a few pixels); -1 when there is none.
[[nodiscard]] int readFrameNumber(
    const std::uint8_t* luma, std::ptrdiff_t strideBytes, int width, int height, int bytesPerPixel = 1);

} // namespace vidimus::test
