#include "core/checks/engine/luma_ops_p.h"

#include "core/checks/engine/plane_ops_p.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vidimus::checks::engine {

Luma Luma::rows(int first, int count) const
{
    Luma part = *this;
    part.data += stride * first;
    part.height = count;
    return part;
}

cv::Mat toMat(const Luma& luma)
{
    // OpenCV has no view of constant pixels; nothing here writes through it.
    auto* pixels = const_cast<std::byte*>(luma.data); // NOLINT(cppcoreguidelines-pro-type-const-cast)
    return {luma.height, luma.width, luma.bits > 8 ? CV_16UC1 : CV_8UC1, pixels, static_cast<std::size_t>(luma.stride)};
}

namespace {

std::uint32_t rowDifference(const std::uint8_t* a, const std::uint8_t* b, int count)
{
    return planeOps().difference(a, b, count);
}

std::uint32_t rowDifference(const std::uint16_t* __restrict a, const std::uint16_t* __restrict b, int count)
{
    std::uint32_t sum = 0; // 65,536 pixels of 16 bits fit
    for (int x = 0; x < count; ++x)
        sum += static_cast<std::uint32_t>(std::abs(int(a[x]) - int(b[x])));
    return sum;
}

template<class Pixel>
std::uint64_t planeDifference(const cv::Mat& a, const cv::Mat& b, std::uint64_t enough)
{
    constexpr int kPart = 65536;
    std::uint64_t sum = 0;
    for (int y = 0; y < a.rows && sum < enough; ++y) {
        for (int x = 0; x < a.cols; x += kPart)
            sum += rowDifference(a.ptr<Pixel>(y) + x, b.ptr<Pixel>(y) + x, std::min(kPart, a.cols - x));
    }
    return sum;
}

template<class Pixel>
LineStats statsOf(const Pixel* pixels, int count)
{
    LineStats stats;
    Pixel brightest = 0;
    std::uint32_t sum = 0;
    constexpr int kPart = 65536;
    for (int first = 0; first < count; first += kPart) {
        const int end = std::min(count, first + kPart);
        sum = 0;
        for (int x = first; x < end; ++x) {
            sum += pixels[x];
            brightest = std::max(brightest, pixels[x]);
        }
        stats.sum += sum;
    }
    stats.brightest = brightest;
    return stats;
}

} // namespace

double meanDifference(const cv::Mat& a, const cv::Mat& b, int bits, double enough)
{
    const double scale = static_cast<double>(a.total()) * static_cast<double>(1 << bits);
    const auto stopAt = static_cast<std::uint64_t>(std::ceil(enough * scale));
    const std::uint64_t sum = a.depth() == CV_8U ? planeDifference<std::uint8_t>(a, b, stopAt)
                                                 : planeDifference<std::uint16_t>(a, b, stopAt);
    return static_cast<double>(sum) / scale;
}

LineStats lineStats(const std::uint8_t* pixels, int count)
{
    return statsOf(pixels, count);
}

LineStats lineStats(const std::uint16_t* pixels, int count)
{
    return statsOf(pixels, count);
}

} // namespace vidimus::checks::engine
