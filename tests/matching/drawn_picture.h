#pragma once

#include "core/media/frame.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace vidimus::test {

/// A picture that a test paints pixel by pixel, with the memory it lies in. Colour is 8-bit R, G, B.
class DrawnPicture {
public:
    using Color = std::array<double, 3>;
    using Paint = std::function<Color(double x, double y)>; ///< of the place in 0…1

    DrawnPicture(int width, int height, const Paint& paint);

    [[nodiscard]] media::FrameView bgra();
    /// Planar, 8 or 10 bits, of the matrix (1 BT.709, 6 BT.601, 9 BT.2020) and range, without chroma subsampling.
    [[nodiscard]] media::FrameView planar(int matrix, media::ColorRange range, int bits = 8);
    /// 0.299 R + 0.587 G + 0.114 B of each pixel.
    [[nodiscard]] std::vector<double> luma() const;

    [[nodiscard]] DrawnPicture mirrored() const;

private:
    DrawnPicture(int width, int height);

    int m_width = 0;
    int m_height = 0;
    std::vector<std::array<std::uint8_t, 3>> m_pixels;
    std::vector<std::byte> m_memory;
};

/// A colourful scene of soft shapes, another for each \a seed, rich enough for quality 80 and more.
[[nodiscard]] DrawnPicture::Paint scene(unsigned seed);

} // namespace vidimus::test
