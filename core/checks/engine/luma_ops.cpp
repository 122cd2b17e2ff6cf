#include "core/checks/engine/luma_ops_p.h"

#include "core/checks/engine/plane_ops_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

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

#if defined(__x86_64__)

namespace {

/// Thirty-two pixels at a time; gives the number of pixels done.
__attribute__((target("avx2"))) int addStatsAvx2(const std::uint8_t* pixels, int count, LineStats& stats)
{
    __m256i sums = _mm256_setzero_si256();
    __m256i most = _mm256_setzero_si256();
    int x = 0;
    for (; x + 32 <= count; x += 32) {
        const __m256i here = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(pixels + x));
        sums = _mm256_add_epi64(sums, _mm256_sad_epu8(here, _mm256_setzero_si256()));
        most = _mm256_max_epu8(most, here);
    }
    std::array<std::uint64_t, 4> lanes {};
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(lanes.data()), sums);
    stats.sum += lanes[0] + lanes[1] + lanes[2] + lanes[3];
    std::array<std::uint8_t, 32> brightest {};
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(brightest.data()), most);
    stats.brightest = std::max<int>(stats.brightest, *std::ranges::max_element(brightest));
    return x;
}

} // namespace

#endif

LineStats lineStats(const std::uint8_t* pixels, int count)
{
    LineStats stats;
    int done = 0;
#if defined(__x86_64__)
    static const bool hasAvx2 = vectorPaths().back() == VectorPath::Avx2;
    if (hasAvx2)
        done = addStatsAvx2(pixels, count, stats);
#endif
    const LineStats rest = statsOf(pixels + done, count - done);
    return {stats.sum + rest.sum, std::max(stats.brightest, rest.brightest)};
}

LineStats lineStats(const std::uint16_t* pixels, int count)
{
    return statsOf(pixels, count);
}

} // namespace vidimus::checks::engine
