#include "core/checks/engine/cell_rows_p.h"

#include "core/checks/engine/compiled_paths_p.h"

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace vidimus::checks::engine {

namespace {

template<class Pixel>
VIDIMUS_BODY void sumCells(const Pixel* upper, const Pixel* lower, int count, std::int16_t* __restrict out)
{
    for (int x = 0; x < count; ++x)
        out[x] = static_cast<std::int16_t>(upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]);
}

template<class Pixel>
VIDIMUS_BODY void lessNeutral(const Pixel* samples, int count, int neutral, std::int16_t* __restrict out)
{
    for (int x = 0; x < count; ++x)
        out[x] = static_cast<std::int16_t>(samples[x] - neutral);
}

void sumRows(const std::uint16_t* upper, const std::uint16_t* lower, int count, std::int16_t* out)
{
    Compiled<sumCells<std::uint16_t>>::best(upper, lower, count, out);
}

void takeLessNeutral(const std::uint16_t* samples, int count, int neutral, std::int16_t* out)
{
    Compiled<lessNeutral<std::uint16_t>>::best(samples, count, neutral, out);
}

#if defined(__x86_64__)

bool hasAvx2()
{
    static const bool has = vectorPaths().back() == VectorPath::Avx2;
    return has;
}

__attribute__((target("avx2"))) int sumCellsAvx2(
    const std::uint8_t* upper, const std::uint8_t* lower, int count, std::int16_t* out)
{
    const __m256i one = _mm256_set1_epi8(1);
    int x = 0;
    for (; x + 16 <= count; x += 16) {
        const auto pairsOf = [&](const std::uint8_t* row) __attribute__((target("avx2"))) {
            return _mm256_maddubs_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(row + 2 * x)), one);
        };
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + x), _mm256_add_epi16(pairsOf(upper), pairsOf(lower)));
    }
    return x;
}

__attribute__((target("avx2"))) int lessNeutralAvx2(
    const std::uint8_t* samples, int count, int neutral, std::int16_t* out)
{
    const __m256i neutrals = _mm256_set1_epi16(static_cast<std::int16_t>(neutral));
    int x = 0;
    for (; x + 16 <= count; x += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(samples + x));
        _mm256_storeu_si256(
            reinterpret_cast<__m256i*>(out + x), _mm256_sub_epi16(_mm256_cvtepu8_epi16(bytes), neutrals));
    }
    return x;
}

#endif

void sumRows(const std::uint8_t* upper, const std::uint8_t* lower, int count, std::int16_t* out)
{
    int x = 0;
#if defined(__x86_64__)
    if (hasAvx2())
        x = sumCellsAvx2(upper, lower, count, out);
#endif
    sumCells(
        upper + 2 * static_cast<std::ptrdiff_t>(x), lower + 2 * static_cast<std::ptrdiff_t>(x), count - x, out + x);
}

void takeLessNeutral(const std::uint8_t* samples, int count, int neutral, std::int16_t* out)
{
    int x = 0;
#if defined(__x86_64__)
    if (hasAvx2())
        x = lessNeutralAvx2(samples, count, neutral, out);
#endif
    lessNeutral(samples + x, count - x, neutral, out + x);
}

template<class Pixel>
void takeChroma(const Pixel* samples, int available, int step, int neutral, std::vector<std::int16_t>& out)
{
    const int last = std::max(0, available - 1);
    const int count = static_cast<int>(out.size());
    int x = 0;
    if (step == 1) {
        x = std::min(count, available);
        takeLessNeutral(samples, x, neutral, out.data());
    }
    for (; x < count; ++x)
        out[static_cast<std::size_t>(x)] = static_cast<std::int16_t>(samples[std::min(x * step, last)] - neutral);
}

template<class Pixel>
void take(const Picture& picture, int row, CellRow& out)
{
    const Luma& luma = picture.luma;
    const auto rowOf = [&](int y) { return reinterpret_cast<const Pixel*>(luma.data + luma.stride * y); };
    sumRows(rowOf(2 * row), rowOf(2 * row + 1), out.count(), out.luma.data());
    if (!out.hasColor())
        return;
    const media::FrameView& view = picture.view;
    const int step = 2 >> media::chromaShiftX(view.format);
    const int y = (2 * row) >> media::chromaShiftY(view.format);
    const int neutral = 1 << (luma.bits - 1);
    for (const std::size_t plane : {std::size_t(1), std::size_t(2)}) {
        const media::PlaneView& chroma = view.planes[plane];
        const auto* samples = reinterpret_cast<const Pixel*>(
            chroma.data + chroma.strideBytes * std::clamp(y, 0, std::max(0, chroma.height - 1)));
        takeChroma(samples, chroma.width, step, neutral, plane == 1 ? out.cb : out.cr);
    }
}

VIDIMUS_BODY void addAtMost(
    const std::int16_t* luma, int count, const std::array<std::int16_t, 4>& limits, std::array<int, 4>& counts)
{
    const auto [one, two, three, four] = limits;
    std::int16_t ones = 0;
    std::int16_t twos = 0;
    std::int16_t threes = 0;
    std::int16_t fours = 0;
    for (int x = 0; x < count; ++x) {
        ones = static_cast<std::int16_t>(ones + (luma[x] <= one));
        twos = static_cast<std::int16_t>(twos + (luma[x] <= two));
        threes = static_cast<std::int16_t>(threes + (luma[x] <= three));
        fours = static_cast<std::int16_t>(fours + (luma[x] <= four));
    }
    counts = {counts[0] + ones, counts[1] + twos, counts[2] + threes, counts[3] + fours};
}

#if defined(__x86_64__)

/// Sixteen cells at a time; at most 32,767 times. Gives the number of cells done.
__attribute__((target("avx2"))) int addAtMostAvx2(
    const std::int16_t* luma, int count, const std::array<std::int16_t, 4>& limits, std::array<int, 4>& counts)
{
    constexpr std::size_t kLimits = 4;
    __m256i above[kLimits] {};
    __m256i limit[kLimits] {};
    for (std::size_t i = 0; i < kLimits; ++i)
        limit[i] = _mm256_set1_epi16(limits[i]);
    int x = 0;
    for (; x + 16 <= count; x += 16) {
        const __m256i cells = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(luma + x));
        for (std::size_t i = 0; i < kLimits; ++i) // -1 where it is above
            above[i] = _mm256_add_epi16(above[i], _mm256_cmpgt_epi16(cells, limit[i]));
    }
    const __m256i one = _mm256_set1_epi16(1);
    for (std::size_t i = 0; i < kLimits; ++i) {
        const __m256i eight = _mm256_madd_epi16(above[i], one);
        const __m128i four = _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
        const __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
        counts[i] += x + _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xB1)));
    }
    return x;
}

#endif

struct Limits {
    std::int32_t lowest;
    std::int32_t highest;
};

constexpr std::int32_t kQuarter = kCellOne / 4;

void markFrom(int first, const CellRow& row, const RgbFactors& factors, Limits limits, std::uint8_t* __restrict outside)
{
    const std::int16_t* luma = row.luma.data();
    const int count = row.count();
    if (!row.hasColor()) {
        for (int x = first; x < count; ++x)
            outside[x] = static_cast<std::uint8_t>(
                (luma[x] * kQuarter < limits.lowest) | (luma[x] * kQuarter > limits.highest));
        return;
    }
    const std::int16_t* cb = row.cb.data();
    const std::int16_t* cr = row.cr.data();
    for (int x = first; x < count; ++x) {
        const std::int32_t y = luma[x] * kQuarter;
        const std::int32_t red = y + factors.redCr * cr[x];
        const std::int32_t green = y + factors.greenCb * cb[x] + factors.greenCr * cr[x];
        const std::int32_t blue = y + factors.blueCb * cb[x];
        const std::int32_t least = std::min(std::min(red, green), std::min(blue, y));
        const std::int32_t most = std::max(std::max(red, green), std::max(blue, y));
        outside[x] = static_cast<std::uint8_t>((least < limits.lowest) | (most > limits.highest));
    }
}

#if defined(__x86_64__)

/// Two factors for PMADDWD, which multiplies pairs of 16 bits and adds the products in 32.
__attribute__((target("avx2"))) __m256i pairOf(std::int32_t first, std::int32_t second)
{
    return _mm256_set1_epi32(static_cast<std::int32_t>(
        (static_cast<std::uint32_t>(second) << 16) | (static_cast<std::uint32_t>(first) & 0xFFFF)));
}

/// Sixteen cells at a time. Gives the number of cells done.
__attribute__((target("avx2"))) int markAvx2(
    const CellRow& row, const RgbFactors& factors, Limits limits, std::uint8_t* outside)
{
    const __m256i ofRed = pairOf(kQuarter, factors.redCr); // of luma and Cr
    const __m256i ofGreen = pairOf(kQuarter, factors.greenCr);
    const __m256i ofGreenCb = pairOf(factors.greenCb, 0); // of Cb
    const __m256i ofBlue = pairOf(kQuarter, factors.blueCb); // of luma and Cb
    const __m256i ofLuma = pairOf(kQuarter, 0);
    const __m256i lowest = _mm256_set1_epi32(limits.lowest);
    const __m256i highest = _mm256_set1_epi32(limits.highest);
    const __m256i zero = _mm256_setzero_si256();
    int x = 0;
    for (; x + 16 <= row.count(); x += 16) {
        const __m256i luma = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row.luma.data() + x));
        const __m256i cb = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row.cb.data() + x));
        const __m256i cr = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(row.cr.data() + x));
        const auto isOutside
            = [&](__m256i withCr, __m256i withCb, __m256i onlyCb, __m256i onlyLuma) __attribute__((target("avx2"))) {
                  const __m256i red = _mm256_madd_epi16(withCr, ofRed);
                  const __m256i green
                      = _mm256_add_epi32(_mm256_madd_epi16(withCr, ofGreen), _mm256_madd_epi16(onlyCb, ofGreenCb));
                  const __m256i blue = _mm256_madd_epi16(withCb, ofBlue);
                  const __m256i grey = _mm256_madd_epi16(onlyLuma, ofLuma);
                  const __m256i least = _mm256_min_epi32(_mm256_min_epi32(red, green), _mm256_min_epi32(blue, grey));
                  const __m256i most = _mm256_max_epi32(_mm256_max_epi32(red, green), _mm256_max_epi32(blue, grey));
                  return _mm256_or_si256(_mm256_cmpgt_epi32(lowest, least), _mm256_cmpgt_epi32(most, highest));
              };
        // Unpacking and packing both work in halves of 128 bits, so the order comes back.
        const __m256i low = isOutside(_mm256_unpacklo_epi16(luma, cr), _mm256_unpacklo_epi16(luma, cb),
            _mm256_unpacklo_epi16(cb, zero), _mm256_unpacklo_epi16(luma, zero));
        const __m256i high = isOutside(_mm256_unpackhi_epi16(luma, cr), _mm256_unpackhi_epi16(luma, cb),
            _mm256_unpackhi_epi16(cb, zero), _mm256_unpackhi_epi16(luma, zero));
        const __m256i words = _mm256_packs_epi32(low, high); // -1 or 0
        const __m128i bytes = _mm_packs_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(outside + x), _mm_and_si128(bytes, _mm_set1_epi8(1)));
    }
    return x;
}

#endif

} // namespace

void fetchCellRow(const Picture& picture, int row)
{
    constexpr std::ptrdiff_t kLine = 64;
    const auto fetch = [](const media::PlaneView& plane, int y, int bytesPerSample) {
        const std::byte* first = plane.data + plane.strideBytes * y;
        for (std::ptrdiff_t at = 0; at < std::ptrdiff_t(plane.width) * bytesPerSample; at += kLine)
            __builtin_prefetch(first + at);
    };
    const media::FrameView& view = picture.view;
    const int bytes = media::bytesPerSampleOf(view.format);
    for (std::size_t plane = 1; plane < std::size_t(media::planeCountOf(view.format)); ++plane) {
        const int y = (2 * row) >> media::chromaShiftY(view.format);
        if (view.planes[plane].data != nullptr && y < view.planes[plane].height)
            fetch(view.planes[plane], y, bytes);
    }
}

void takeCellRow(const Picture& picture, int row, CellRow& out)
{
    const auto count = static_cast<std::size_t>(picture.luma.width / 2);
    const media::FrameView& view = picture.view;
    const bool color = media::planeCountOf(view.format) == 3 && view.planes[1].data != nullptr
        && view.planes[2].data != nullptr && view.planes[1].width > 0 && view.planes[2].width > 0
        && view.planes[1].height > 0 && view.planes[2].height > 0;
    out.luma.resize(count);
    out.cb.resize(color ? count : 0);
    out.cr.resize(color ? count : 0);
    if (picture.luma.bits > 8)
        take<std::uint16_t>(picture, row, out);
    else
        take<std::uint8_t>(picture, row, out);
}

RgbFactors rgbFactors(const media::ColorTags& tags, int height, int bits)
{
    // H.273, table 4: luma weights of red and blue.
    double red = 0.2126;
    double blue = 0.0722;
    switch (media::effectiveMatrix(tags, height)) {
    case 5:
    case 6:
        red = 0.299;
        blue = 0.114;
        break;
    case 9:
    case 10:
        red = 0.2627;
        blue = 0.0593;
        break;
    default:
        break;
    }
    const double green = 1 - red - blue;
    // Chroma spans 224 codes of 8 bits where luma spans 219; with full range both span all.
    const bool full = media::effectiveRange(tags) == media::ColorRange::Full;
    const double top = (1 << bits) - 1;
    const double range = full ? top / (top + 1) : 219.0 / 224.0;
    const auto fixed
        = [range](double factor) { return static_cast<std::int32_t>(std::lround(factor * range * kCellOne)); };
    return {fixed(2 * (1 - red)), fixed(-2 * (1 - blue) * blue / green), fixed(-2 * (1 - red) * red / green),
        fixed(2 * (1 - blue))};
}

void markOutsidePlain(const CellRow& row, const RgbFactors& factors, std::int32_t lowest, std::int32_t highest,
    std::uint8_t* __restrict outside)
{
    markFrom(0, row, factors, {lowest, highest}, outside);
}

void markOutside(const CellRow& row, const RgbFactors& factors, std::int32_t lowest, std::int32_t highest,
    std::uint8_t* __restrict outside)
{
    int first = 0;
#if defined(__x86_64__)
    if (hasAvx2() && row.hasColor())
        first = markAvx2(row, factors, {lowest, highest}, outside);
#endif
    markFrom(first, row, factors, {lowest, highest}, outside);
}

void takeBrightest(const CellRow& row, const RgbFactors& factors, std::int32_t* __restrict brightest)
{
    for (int x = 0; x < row.count(); ++x) {
        const auto at = static_cast<std::size_t>(x);
        const std::int32_t y = row.luma[at] * kQuarter;
        const std::int32_t cb = row.hasColor() ? row.cb[at] : 0;
        const std::int32_t cr = row.hasColor() ? row.cr[at] : 0;
        brightest[x] = std::max(
            {y + factors.redCr * cr, y + factors.greenCb * cb + factors.greenCr * cr, y + factors.blueCb * cb});
    }
}

std::array<int, 4> countAtMost(const CellRow& row, int first, int end, const std::array<std::int16_t, 4>& limits)
{
    constexpr int kPart = 16384; // counts of 16 bits hold them
    std::array<int, 4> counts {};
    for (int from = first; from < end; from += kPart) {
        int x = from;
        const int last = std::min(end, from + kPart);
#if defined(__x86_64__)
        if (hasAvx2())
            x += addAtMostAvx2(row.luma.data() + x, last - x, limits, counts);
#endif
        addAtMost(row.luma.data() + x, last - x, limits, counts);
    }
    return counts;
}

} // namespace vidimus::checks::engine
