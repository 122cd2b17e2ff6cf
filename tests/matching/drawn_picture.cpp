#include "drawn_picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace vidimus::test {

using media::PixelFormat;

DrawnPicture::DrawnPicture(int width, int height)
    : m_width(width)
    , m_height(height)
    , m_pixels(std::size_t(width) * std::size_t(height))
{
}

DrawnPicture::DrawnPicture(int width, int height, const Paint& paint)
    : DrawnPicture(width, height)
{
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const Color color = paint((x + 0.5) / width, (y + 0.5) / height);
            auto& pixel = m_pixels[std::size_t(y) * std::size_t(width) + std::size_t(x)];
            for (std::size_t c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>(std::clamp(std::lround(color[c]), 0L, 255L));
        }
    }
}

DrawnPicture DrawnPicture::mirrored() const
{
    DrawnPicture result = *this;
    for (int y = 0; y < m_height; ++y)
        std::reverse(result.m_pixels.begin() + std::ptrdiff_t(y) * m_width,
            result.m_pixels.begin() + std::ptrdiff_t(y + 1) * m_width);
    return result;
}

std::vector<double> DrawnPicture::luma() const
{
    std::vector<double> result;
    for (const auto& pixel : m_pixels)
        result.push_back(0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]);
    return result;
}

media::FrameView DrawnPicture::bgra()
{
    m_memory.resize(m_pixels.size() * 4);
    for (std::size_t n = 0; n < m_pixels.size(); ++n) {
        const std::uint8_t bytes[4] {m_pixels[n][2], m_pixels[n][1], m_pixels[n][0], 255};
        std::memcpy(m_memory.data() + n * 4, bytes, 4);
    }
    media::FrameView view;
    view.format = PixelFormat::Bgra;
    view.width = m_width;
    view.height = m_height;
    view.planes[0] = {m_memory.data(), std::ptrdiff_t(m_width) * 4, m_width, m_height};
    return view;
}

media::FrameView DrawnPicture::planar(int matrix, media::ColorRange range, int bits)
{
    const double red = matrix == 1 ? 0.2126 : matrix == 9 ? 0.2627 : 0.299;
    const double blue = matrix == 1 ? 0.0722 : matrix == 9 ? 0.0593 : 0.114;
    const bool full = range == media::ColorRange::Full;
    const double scale = bits == 8 ? 1 : 4;
    const std::size_t bytes = bits == 8 ? 1 : 2;
    const std::size_t plane = m_pixels.size() * bytes;
    m_memory.resize(3 * plane);
    for (std::size_t n = 0; n < m_pixels.size(); ++n) {
        const auto& [r, g, b] = m_pixels[n];
        const double y = red * r + (1 - red - blue) * g + blue * b;
        const double values[3] {full ? y : 16 + y * 219 / 255,
            128 + (b - y) / (2 - 2 * blue) * (full ? 1 : 224.0 / 255),
            128 + (r - y) / (2 - 2 * red) * (full ? 1 : 224.0 / 255)};
        for (std::size_t p = 0; p < 3; ++p) {
            const auto code
                = static_cast<std::uint16_t>(std::clamp(std::lround(values[p] * scale), 0L, (1L << bits) - 1));
            std::memcpy(m_memory.data() + p * plane + n * bytes, &code, bytes);
        }
    }
    media::FrameView view;
    view.format = bits == 8 ? PixelFormat::Yuv444p : PixelFormat::Yuv444p10;
    view.width = m_width;
    view.height = m_height;
    view.color = {.range = range, .matrix = matrix};
    for (std::size_t p = 0; p < 3; ++p)
        view.planes[p]
            = {m_memory.data() + p * plane, std::ptrdiff_t(m_width) * std::ptrdiff_t(bytes), m_width, m_height};
    return view;
}

DrawnPicture::Paint scene(unsigned seed)
{
    struct Blob {
        double x, y, size, cosine, sine;
        DrawnPicture::Color color;
    };
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> share(0, 1);
    std::vector<Blob> blobs;
    for (int n = 0; n < 40; ++n) {
        const double turn = 6.3 * share(random);
        blobs.push_back({share(random), share(random), 0.02 + 0.12 * share(random), std::cos(turn), std::sin(turn),
            {255 * share(random), 255 * share(random), 255 * share(random)}});
    }
    return [blobs](double x, double y) {
        DrawnPicture::Color color {60 + 80 * x, 120 - 60 * y, 90 + 50 * x * y};
        for (const Blob& blob : blobs) {
            const double dx = (x - blob.x) * blob.cosine + (y - blob.y) * blob.sine;
            const double dy = (y - blob.y) * blob.cosine - (x - blob.x) * blob.sine;
            if (std::max(std::abs(dx), 2 * std::abs(dy)) < blob.size)
                color = blob.color;
        }
        return color;
    };
}

} // namespace vidimus::test
