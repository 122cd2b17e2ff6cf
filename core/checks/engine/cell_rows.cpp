#include "core/checks/engine/cell_rows_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

namespace {

template<class Pixel>
void sumCells(const Pixel* upper, const Pixel* lower, int count, std::int32_t* __restrict out)
{
    for (int x = 0; x < count; ++x)
        out[x] = std::int32_t(upper[2 * x]) + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1];
}

template<class Pixel>
void takeChroma(const Pixel* samples, int available, int step, int neutral, std::vector<std::int32_t>& out)
{
    const int last = std::max(0, available - 1);
    for (std::size_t x = 0; x < out.size(); ++x)
        out[x] = std::int32_t(samples[std::min(static_cast<int>(x) * step, last)]) - neutral;
}

template<class Pixel>
void take(const Picture& picture, int row, CellRow& out)
{
    const Luma& luma = picture.luma;
    const auto rowOf = [&](int y) { return reinterpret_cast<const Pixel*>(luma.data + luma.stride * y); };
    sumCells(rowOf(2 * row), rowOf(2 * row + 1), out.count(), out.luma.data());
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

} // namespace

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

void markOutside(const CellRow& row, const RgbFactors& factors, std::int32_t lowest, std::int32_t highest,
    std::uint8_t* __restrict outside)
{
    constexpr std::int32_t kQuarter = kCellOne / 4;
    const std::int32_t* luma = row.luma.data();
    const int count = row.count();
    if (!row.hasColor()) {
        for (int x = 0; x < count; ++x)
            outside[x] = static_cast<std::uint8_t>((luma[x] * kQuarter < lowest) | (luma[x] * kQuarter > highest));
        return;
    }
    const std::int32_t* cb = row.cb.data();
    const std::int32_t* cr = row.cr.data();
    for (int x = 0; x < count; ++x) {
        const std::int32_t y = luma[x] * kQuarter;
        const std::int32_t red = y + factors.redCr * cr[x];
        const std::int32_t green = y + factors.greenCb * cb[x] + factors.greenCr * cr[x];
        const std::int32_t blue = y + factors.blueCb * cb[x];
        const std::int32_t least = std::min(std::min(red, green), std::min(blue, y));
        const std::int32_t most = std::max(std::max(red, green), std::max(blue, y));
        outside[x] = static_cast<std::uint8_t>((least < lowest) | (most > highest));
    }
}

void takeBrightest(const CellRow& row, const RgbFactors& factors, std::int32_t* __restrict brightest)
{
    constexpr std::int32_t kQuarter = kCellOne / 4;
    for (int x = 0; x < row.count(); ++x) {
        const auto at = static_cast<std::size_t>(x);
        const std::int32_t y = row.luma[at] * kQuarter;
        const std::int32_t cb = row.hasColor() ? row.cb[at] : 0;
        const std::int32_t cr = row.hasColor() ? row.cr[at] : 0;
        brightest[x] = std::max(
            {y + factors.redCr * cr, y + factors.greenCb * cb + factors.greenCr * cr, y + factors.blueCb * cb});
    }
}

int countWithin(const CellRow& row, int first, int end, std::int32_t lowest, std::int32_t highest)
{
    const std::int32_t* luma = row.luma.data();
    int count = 0;
    for (int x = first; x < end; ++x)
        count += (luma[x] >= lowest) & (luma[x] <= highest);
    return count;
}

} // namespace vidimus::checks::engine
