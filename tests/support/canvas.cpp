#include "support/canvas.h"

#include <algorithm>

namespace vidimus::test {

namespace {

// The number stands in 16 squares along the top: a white and a black one to find it by, then 14 bits, highest first.
constexpr int kSquares = 16;
constexpr int kBits = 14;
constexpr int kBlack = 16;
constexpr int kWhite = 235;
constexpr int kGrey = 126;

int squareSize(int width)
{
    return std::max(width / kSquares, 1);
}

} // namespace

void Canvas::fill(int y, int u, int v) const
{
    rectangle(0, 0, width, height, y, u, v);
}

void Canvas::rectangle(int x, int yTop, int w, int h, int y, int u, int v) const
{
    const int left = std::clamp(x, 0, width);
    const int right = std::clamp(x + w, 0, width);
    const int top = std::clamp(yTop, 0, height);
    const int bottom = std::clamp(yTop + h, 0, height);
    for (int row = top; row < bottom; ++row)
        std::fill(luma + row * lumaStride + left, luma + row * lumaStride + right, static_cast<std::uint8_t>(y));
    for (int row = (top + 1) / 2; row < (bottom + 1) / 2; ++row) {
        std::fill(cb + row * chromaStride + (left + 1) / 2, cb + row * chromaStride + (right + 1) / 2,
            static_cast<std::uint8_t>(u));
        std::fill(cr + row * chromaStride + (left + 1) / 2, cr + row * chromaStride + (right + 1) / 2,
            static_cast<std::uint8_t>(v));
    }
}

void Canvas::fieldRectangle(int parity, int x, int yTop, int w, int h, int y) const
{
    const int left = std::clamp(x, 0, width);
    const int right = std::clamp(x + w, 0, width);
    for (int row = std::clamp(yTop, 0, height); row < std::clamp(yTop + h, 0, height); ++row) {
        if (row % 2 == parity)
            std::fill(luma + row * lumaStride + left, luma + row * lumaStride + right, static_cast<std::uint8_t>(y));
    }
}

void paintNumbered(const Canvas& canvas, int frame)
{
    const int side = squareSize(canvas.width);
    for (int row = 0; row < canvas.height; ++row) {
        for (int x = 0; x < canvas.width; ++x)
            canvas.luma[row * canvas.lumaStride + x] = static_cast<std::uint8_t>(60 + ((x + row + frame * 3) & 63));
    }
    const int moving = (frame * 4) % std::max(canvas.width, 1);
    canvas.rectangle(moving & ~1, canvas.height / 2, side * 2, canvas.height / 4, 180, 90 + frame % 64, 160);
    for (int square = 0; square < kSquares; ++square) {
        const bool white = square == 0 || (square > 1 && ((frame >> (kBits + 1 - square)) & 1) != 0);
        canvas.rectangle(square * side, 0, side, side, white ? kWhite : kBlack);
    }
}

int readFrameNumber(const std::uint8_t* luma, std::ptrdiff_t strideBytes, int width, int height, int bytesPerPixel)
{
    const int side = squareSize(width);
    if (height < side)
        return -1;
    const auto isWhite = [&](int square) {
        int sum = 0;
        int count = 0;
        for (int y = side / 4; y <= side * 3 / 4; ++y) {
            for (int x = side / 4; x <= side * 3 / 4; ++x, ++count)
                sum += luma[y * strideBytes + std::ptrdiff_t(square * side + x) * bytesPerPixel];
        }
        return sum > kGrey * count;
    };
    if (!isWhite(0) || isWhite(1))
        return -1;
    int number = 0;
    for (int square = 2; square < kSquares; ++square)
        number = number * 2 + (isWhite(square) ? 1 : 0);
    return number;
}

} // namespace vidimus::test
