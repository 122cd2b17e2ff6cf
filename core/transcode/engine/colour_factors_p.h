#pragma once

#include "core/transcode/engine/yuv_planes_p.h"

namespace vidimus::transcode::engine {

/// What R, G and B add to luma for each code of colour difference.
struct ColourFactors {
    float redCr = 0;
    float greenCb = 0;
    float greenCr = 0;
    float blueCb = 0;
};

[[nodiscard]] inline ColourFactors colourFactorsOf(const YuvPlanes& picture)
{
    // H.273, table 4: luma weights of red and blue.
    float red = 0.2126F;
    float blue = 0.0722F;
    if (picture.matrix == 5 || picture.matrix == 6) {
        red = 0.299F;
        blue = 0.114F;
    } else if (picture.matrix == 9 || picture.matrix == 10) {
        red = 0.2627F;
        blue = 0.0593F;
    }
    const float green = 1 - red - blue;
    const float range = picture.fullRange ? 1.0F : 219.0F / 224.0F;
    return {2 * (1 - red) * range, -2 * (1 - blue) * blue / green * range, -2 * (1 - red) * red / green * range,
        2 * (1 - blue) * range};
}

} // namespace vidimus::transcode::engine
