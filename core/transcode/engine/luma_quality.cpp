#include "core/transcode/engine/luma_quality.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vidimus::transcode::engine {

namespace {

struct BlockSums {
    std::uint32_t source = 0;
    std::uint32_t coded = 0;
    std::uint32_t squares = 0; ///< of both
    std::uint32_t product = 0;

    BlockSums operator+(const BlockSums& other) const
    {
        return {source + other.source, coded + other.coded, squares + other.squares, product + other.product};
    }
};

BlockSums sumBlock(
    const std::uint8_t* source, std::ptrdiff_t sourceStride, const std::uint8_t* coded, std::ptrdiff_t codedStride)
{
    BlockSums sums;
    for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 4; ++x) {
            const std::uint32_t a = source[x];
            const std::uint32_t b = coded[x];
            sums.source += a;
            sums.coded += b;
            sums.squares += a * a + b * b;
            sums.product += a * b;
        }
        source += sourceStride;
        coded += codedStride;
    }
    return sums;
}

double ssimOfWindow(const BlockSums& sums)
{
    constexpr double kPixels = 64;
    constexpr double kC1 = 0.01 * 0.01 * 255 * 255 * kPixels * kPixels;
    constexpr double kC2 = 0.03 * 0.03 * 255 * 255 * kPixels * (kPixels - 1);
    const double a = sums.source;
    const double b = sums.coded;
    const double variances = sums.squares * kPixels - a * a - b * b;
    const double covariance = sums.product * kPixels - a * b;
    return (2 * a * b + kC1) * (2 * covariance + kC2) / ((a * a + b * b + kC1) * (variances + kC2));
}

std::uint64_t squaredErrorOfRow(const std::uint8_t* a, const std::uint8_t* b, int width)
{
    std::uint64_t sum = 0;
    constexpr int kRun = 16'384; // 255 squared times this fits 32 bits
    for (int begin = 0; begin < width; begin += kRun) {
        std::uint32_t run = 0;
        for (int x = begin; x < std::min(width, begin + kRun); ++x) {
            const int difference = a[x] - b[x];
            run += static_cast<std::uint32_t>(difference * difference);
        }
        sum += run;
    }
    return sum;
}

double meanSsim(const LumaPlane& source, const LumaPlane& coded)
{
    const int across = source.width / 4;
    const int down = source.height / 4;
    std::vector<BlockSums> above(static_cast<std::size_t>(across));
    std::vector<BlockSums> below(static_cast<std::size_t>(across));
    double sum = 0;
    for (int row = 0; row < down; ++row) {
        std::swap(above, below);
        for (int column = 0; column < across; ++column)
            below[static_cast<std::size_t>(column)] = sumBlock(source.data + row * 4 * source.stride + column * 4,
                source.stride, coded.data + row * 4 * coded.stride + column * 4, coded.stride);
        if (row == 0)
            continue;
        for (std::size_t column = 1; column < below.size(); ++column)
            sum += ssimOfWindow(above[column - 1] + above[column] + below[column - 1] + below[column]);
    }
    return sum / (static_cast<double>(across - 1) * (down - 1));
}

} // namespace

PictureQuality comparePictures(const LumaPlane& source, const LumaPlane& coded)
{
    std::uint64_t error = 0;
    for (int y = 0; y < source.height; ++y)
        error += squaredErrorOfRow(source.data + y * source.stride, coded.data + y * coded.stride, source.width);
    PictureQuality quality;
    quality.squaredError = static_cast<double>(error) / (static_cast<double>(source.width) * source.height);
    const bool hasWindow = source.width >= 8 && source.height >= 8;
    quality.ssim = hasWindow ? meanSsim(source, coded) : (error == 0 ? 1 : 0);
    return quality;
}

double psnrOf(double meanSquaredError)
{
    constexpr double kMost = 100;
    return meanSquaredError > 0 ? std::min(kMost, 10 * std::log10(255.0 * 255.0 / meanSquaredError)) : kMost;
}

} // namespace vidimus::transcode::engine
