#include "core/transcode/engine/level_legaliser.h"

#include "core/transcode/engine/colour_factors_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::transcode::engine {

namespace {

constexpr int kLowest = 5; // EBU R 103, 8-bit codes
constexpr int kHighest = 246;
constexpr int kRoom = 3; ///< codes that a good encode adds

struct Limits {
    float lowest = 0;
    float highest = 0;
};

Limits limitsOf(const YuvPlanes& picture)
{
    const auto unit = static_cast<float>(1 << (picture.bits - 8));
    if (!picture.fullRange)
        return {(kLowest + kRoom) * unit, (kHighest - kRoom) * unit};
    const auto white = static_cast<float>(picture.white());
    return {-0.05F * white + kRoom * unit, 1.05F * white - kRoom * unit};
}

/// How much of a difference may stay so that luma from \a least to \a most keeps the limits with it.
float shareOf(float difference, float least, float most, const Limits& limits)
{
    if (most + difference > limits.highest)
        return std::max(0.0F, limits.highest - most) / difference;
    if (least + difference < limits.lowest)
        return std::max(0.0F, least - limits.lowest) / -difference;
    return 1;
}

template<class Sample>
void clipLuma(const YuvPlanes& picture, const Limits& limits)
{
    const auto lowest = static_cast<Sample>(std::max(0.0F, std::ceil(limits.lowest)));
    const auto highest
        = static_cast<Sample>(std::min(static_cast<float>(picture.highest()), std::floor(limits.highest)));
    const YuvPlanes::Plane& luma = picture.planes[0];
    for (int y = 0; y < luma.height; ++y) {
        Sample* row = luma.row<Sample>(y);
        for (int x = 0; x < luma.width; ++x)
            row[x] = std::clamp(row[x], lowest, highest);
    }
}

template<class Sample>
void drawInColour(const YuvPlanes& picture, const Limits& limits)
{
    const ColourFactors factors = colourFactorsOf(picture);
    const YuvPlanes::Plane& luma = picture.planes[0];
    const auto neutral = static_cast<float>(picture.neutral());
    for (int cy = 0; cy < picture.planes[1].height; ++cy) {
        Sample* cbRow = picture.planes[1].row<Sample>(cy);
        Sample* crRow = picture.planes[2].row<Sample>(cy);
        const int top = cy << picture.shiftY;
        const int bottom = std::min(luma.height, (cy + 1) << picture.shiftY);
        for (int cx = 0; cx < picture.planes[1].width; ++cx) {
            const int left = cx << picture.shiftX;
            const int right = std::min(luma.width, (cx + 1) << picture.shiftX);
            Sample least = luma.row<Sample>(top)[left];
            Sample most = least;
            for (int y = top; y < bottom; ++y) {
                const auto [low, high] = std::minmax_element(luma.row<Sample>(y) + left, luma.row<Sample>(y) + right);
                least = std::min(least, *low);
                most = std::max(most, *high);
            }
            const float cb = static_cast<float>(cbRow[cx]) - neutral;
            const float cr = static_cast<float>(crRow[cx]) - neutral;
            float share = 1;
            for (const float difference :
                {factors.redCr * cr, factors.greenCb * cb + factors.greenCr * cr, factors.blueCb * cb})
                share = std::min(share, shareOf(difference, least, most, limits));
            if (share < 1) {
                cbRow[cx] = static_cast<Sample>(neutral + std::trunc(cb * share));
                crRow[cx] = static_cast<Sample>(neutral + std::trunc(cr * share));
            }
        }
    }
}

template<class Sample>
void legalise(const YuvPlanes& picture)
{
    const Limits limits = limitsOf(picture);
    clipLuma<Sample>(picture, limits);
    if (picture.planeCount == 3)
        drawInColour<Sample>(picture, limits);
}

} // namespace

void legaliseLevels(AVFrame& frame)
{
    const auto picture = yuvPlanesOf(frame);
    if (!picture)
        return;
    if (picture->bits > 8)
        legalise<std::uint16_t>(*picture);
    else
        legalise<std::uint8_t>(*picture);
}

} // namespace vidimus::transcode::engine
