#pragma once

#include "core/media/color.h"
#include "core/transcode/engine/av_owners_p.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <array>
#include <optional>

namespace vidimus::transcode::engine {

/// The planes of a decoded picture that may be written to: planar YUV or grey, 8 to 16 bits in the machine's order.
struct YuvPlanes {
    struct Plane {
        std::uint8_t* data = nullptr;
        std::ptrdiff_t stride = 0; ///< bytes
        int width = 0; ///< samples
        int height = 0;

        template<class Sample>
        [[nodiscard]] Sample* row(int y) const
        {
            return reinterpret_cast<Sample*>(data + y * stride);
        }
    };
    std::array<Plane, 3> planes; ///< Y, Cb, Cr; grey has the first alone
    int planeCount = 1;
    int shiftX = 0; ///< chroma is this much smaller
    int shiftY = 0;
    int bits = 8;
    bool fullRange = false;
    int matrix = 1; ///< H.273, by the one rule for untagged video

    [[nodiscard]] int black() const { return fullRange ? 0 : 16 << (bits - 8); }
    [[nodiscard]] int white() const { return fullRange ? (1 << bits) - 1 : 235 << (bits - 8); }
    [[nodiscard]] int neutral() const { return 1 << (bits - 1); }
    [[nodiscard]] int highest() const { return (1 << bits) - 1; }
};

/// Empty for a layout that is not planar YUV or grey.
[[nodiscard]] std::optional<YuvPlanes> yuvPlanesOf(AVFrame& frame);
[[nodiscard]] bool isPlanarYuv(AVPixelFormat format);

} // namespace vidimus::transcode::engine
