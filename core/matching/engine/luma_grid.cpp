#include "core/matching/engine/luma_grid.h"

#include <algorithm>
#include <cstdlib>

namespace vidimus::matching::engine {

namespace {

constexpr double kRed = 0.299;
constexpr double kGreen = 0.587;
constexpr double kBlue = 0.114;

struct LumaShares {
    double red = kRed;
    double blue = kBlue;
};

/// What luma is made of, by ITU-T H.273, table 4; PDQ's own shares are those of BT.601 (4, 5 and 6 here).
LumaShares sharesOf(int matrix)
{
    switch (matrix) {
    case 1:
        return {0.2126, 0.0722};
    case 7:
        return {0.212, 0.087};
    case 9:
    case 10:
        return {0.2627, 0.0593};
    default:
        return {};
    }
}

constexpr double kLimitedLuma = 255.0 / 219.0;
constexpr double kLimitedChroma = 255.0 / 224.0;

} // namespace

PlaneReducer& LumaGrid::reducerFor(std::optional<PlaneReducer>& slot, media::PictureSize size)
{
    if (!slot || !(slot->size() == size))
        slot.emplace(size);
    return *slot;
}

void LumaGrid::reducePlane(
    std::optional<PlaneReducer>& slot, const media::FrameView& frame, std::size_t plane, Grid& grid)
{
    const media::PlaneView& view = frame.planes[plane];
    PlaneReducer& reducer = reducerFor(slot, {view.width, view.height});
    const int depth = media::bitDepthOf(frame.format);
    if (depth == 8) {
        reducer.reduce8(view, grid);
        return;
    }
    reducer.reduce16(view, grid);
    const float scale = 1.0F / static_cast<float>(1 << (depth - 8));
    for (float& sample : grid)
        sample *= scale;
}

const Grid* LumaGrid::of(const media::FrameView& frame)
{
    if (frame.width < kMinSide || frame.height < kMinSide)
        return nullptr;
    if (frame.format == media::PixelFormat::Bgra) {
        const media::PlaneView& view = frame.planes[0];
        reducerFor(m_luma, {frame.width, frame.height}).reduceBgra(view, m_grid);
        return &m_grid;
    }
    reducePlane(m_luma, frame, 0, m_grid);
    if (media::effectiveRange(frame.color) == media::ColorRange::Limited) {
        for (float& sample : m_grid)
            sample = static_cast<float>((sample - 16.0) * kLimitedLuma);
    }
    if (media::planeCountOf(frame.format) == 3)
        addChroma(frame);
    return &m_grid;
}

void LumaGrid::addChroma(const media::FrameView& frame)
{
    const LumaShares own = sharesOf(media::effectiveMatrix(frame.color, frame.height));
    if (own.red == kRed && own.blue == kBlue)
        return;
    // R = Y + 2(1-Kr) Cr, B = Y + 2(1-Kb) Cb, and Y = Kr R + Kg G + Kb B gives G: their mixture for Cb and for Cr.
    const double ownGreen = 1.0 - own.red - own.blue;
    const double perCb = 2.0 * (1.0 - own.blue) * (kBlue - kGreen * own.blue / ownGreen);
    const double perCr = 2.0 * (1.0 - own.red) * (kRed - kGreen * own.red / ownGreen);
    const double scale = media::effectiveRange(frame.color) == media::ColorRange::Limited ? kLimitedChroma : 1.0;
    for (const std::size_t plane : {std::size_t(1), std::size_t(2)}) {
        reducePlane(m_chroma, frame, plane, m_part);
        const auto factor = static_cast<float>((plane == 1 ? perCb : perCr) * scale);
        for (std::size_t n = 0; n < m_grid.size(); ++n)
            m_grid[n] += factor * (m_part[n] - 128.0F);
    }
}

int qualityOf(const Grid& grid)
{
    constexpr int kSide = 64;
    const auto step = [&grid](int from, int to) {
        return std::abs(static_cast<int>((grid[std::size_t(from)] - grid[std::size_t(to)]) * 100 / 255));
    };
    int sum = 0;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            const int here = y * kSide + x;
            if (y + 1 < kSide)
                sum += step(here, here + kSide);
            if (x + 1 < kSide)
                sum += step(here, here + 1);
        }
    }
    return std::min(100, sum / 90);
}

} // namespace vidimus::matching::engine
