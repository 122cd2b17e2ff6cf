#include "core/transcode/engine/red_calmer.h"

#include "core/transcode/engine/colour_factors_p.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::transcode::engine {

namespace {

/// Below 0.8, at which red is saturated, by what a coder adds to small differences of colour.
constexpr float kHighestShare = 0.7F;
constexpr float kLeastRedLight = 0.005F; ///< of white's: less is the quantiser's colour
constexpr float kGamma = 2.4F; // BT.1886; a flatter curve makes red less saturated
constexpr int kCurveSteps = 1024;
constexpr int kHalvings = 7; ///< of the share that stays: 1/128

/// Linear light of a signal, both 0 … 1.
float lightOf(float signal)
{
    static const auto kCurve = [] {
        std::array<float, kCurveSteps + 1> curve {};
        for (int i = 0; i <= kCurveSteps; ++i)
            curve[static_cast<std::size_t>(i)] = std::pow(static_cast<float>(i) / kCurveSteps, kGamma);
        return curve;
    }();
    return kCurve[static_cast<std::size_t>(std::clamp(signal, 0.0F, 1.0F) * kCurveSteps)];
}

/// Differences of R, G and B from luma, all parts of white.
struct Colour {
    float luma = 0;
    float red = 0;
    float green = 0;
    float blue = 0;

    [[nodiscard]] bool isSaturatedRed(float part) const
    {
        const float redLight = lightOf(luma + part * red);
        const float all = redLight + lightOf(luma + part * green) + lightOf(luma + part * blue);
        return redLight >= kLeastRedLight && redLight > kHighestShare * all;
    }
};

template<class Sample>
float meanLuma(const YuvPlanes& picture, int cx, int cy)
{
    const YuvPlanes::Plane& luma = picture.planes[0];
    const int left = cx << picture.shiftX;
    const int top = cy << picture.shiftY;
    const int right = std::min(luma.width, (cx + 1) << picture.shiftX);
    const int bottom = std::min(luma.height, (cy + 1) << picture.shiftY);
    float sum = 0;
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x)
            sum += static_cast<float>(luma.row<Sample>(y)[x]);
    return sum / static_cast<float>(std::max(1, (right - left) * (bottom - top)));
}

template<class Sample>
void calm(const YuvPlanes& picture)
{
    const ColourFactors factors = colourFactorsOf(picture);
    const auto neutral = static_cast<float>(picture.neutral());
    const auto black = static_cast<float>(picture.black());
    const float white = static_cast<float>(picture.white()) - black;
    for (int cy = 0; cy < picture.planes[1].height; ++cy) {
        Sample* cbRow = picture.planes[1].row<Sample>(cy);
        Sample* crRow = picture.planes[2].row<Sample>(cy);
        for (int cx = 0; cx < picture.planes[1].width; ++cx) {
            const float cb = static_cast<float>(cbRow[cx]) - neutral;
            const float cr = static_cast<float>(crRow[cx]) - neutral;
            if (cr <= 0)
                continue; // no red
            const Colour colour {(meanLuma<Sample>(picture, cx, cy) - black) / white, factors.redCr * cr / white,
                (factors.greenCb * cb + factors.greenCr * cr) / white, factors.blueCb * cb / white};
            if (!colour.isSaturatedRed(1))
                continue;
            float part = 0;
            for (float step = 0.5F; step >= 1.0F / (1 << kHalvings); step /= 2) {
                if (!colour.isSaturatedRed(part + step))
                    part += step;
            }
            cbRow[cx] = static_cast<Sample>(neutral + std::trunc(cb * part));
            crRow[cx] = static_cast<Sample>(neutral + std::trunc(cr * part));
        }
    }
}

} // namespace

void calmRed(AVFrame& frame)
{
    const auto picture = yuvPlanesOf(frame);
    if (!picture || picture->planeCount != 3)
        return;
    if (picture->bits > 8)
        calm<std::uint16_t>(*picture);
    else
        calm<std::uint8_t>(*picture);
}

} // namespace vidimus::transcode::engine
