#pragma once

#include <cstddef>
#include <cstdint>

namespace vidimus::transcode::engine {

/// A plane of 8-bit luma; not owned.
struct LumaPlane {
    const std::uint8_t* data = nullptr;
    std::ptrdiff_t stride = 0;
    int width = 0;
    int height = 0;
};

struct PictureQuality {
    double ssim = 1; ///< mean over the picture
    double squaredError = 0; ///< mean a pixel
};

/// SSIM (Wang, Bovik, Sheikh, Simoncelli 2004) on 8x8 windows four pixels apart with the usual constants for 8 bit, and
/// the mean squared error. Equal sizes of at least 8x8; smaller pictures give an SSIM of 1 only when they are equal.
[[nodiscard]] PictureQuality comparePictures(const LumaPlane& source, const LumaPlane& coded);

/// Peak signal-to-noise ratio in dB for 8 bit, at most 100 (for a squared error of none).
[[nodiscard]] double psnrOf(double meanSquaredError);

} // namespace vidimus::transcode::engine
