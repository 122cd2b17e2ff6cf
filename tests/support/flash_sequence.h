#pragma once

#include "support/canvas.h"

#include <cstdint>
#include <vector>

namespace vidimus::test {

/// Codes of one colour, at the depth of the sequence.
struct Yuv {
    int y = 16;
    int u = 128;
    int v = 128;
};

/// A rectangle that shows one colour and, from each of its changes on, the other one.
struct FlashArea {
    int x = 0; ///< luma pixels, even
    int y = 0;
    int width = 0;
    int height = 0;
    Yuv before;
    Yuv after;
    std::vector<int> changes; ///< rising frame numbers
    int rampFrames = 1; ///< frames that a change takes, in equal steps of code
};

/// A planar 4:2:0 picture with the codes in 16-bit words.
struct FlashPicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint16_t> y;
    std::vector<std::uint16_t> u;
    std::vector<std::uint16_t> v;
};

/// Flashing as test cases need it: to the exact frame, code and pixel.
struct FlashSequence {
    int width = 640;
    int height = 360;
    Yuv ground;
    std::vector<FlashArea> areas;

    [[nodiscard]] FlashPicture draw(int frame) const;
    /// For a clip that is really encoded; the sequence is copied.
    [[nodiscard]] Painter painter() const;
};

/// One area over the whole picture.
[[nodiscard]] FlashSequence fullScreenFlash(const Yuv& before, const Yuv& after, std::vector<int> changes);
/// \a count changes, evenly spread over [first, first + span], as near as frames allow.
[[nodiscard]] std::vector<int> spreadChanges(int count, int first, int span);
/// Changes of a flash of \a hertz (two each period) from \a first on for \a seconds, at the first frame of each.
[[nodiscard]] std::vector<int> changesOfRate(double hertz, double seconds, int first, double framesPerSecond);
/// Limited-range BT.709 codes of a non-linear RGB colour (0..1).
[[nodiscard]] Yuv yuvOf(double red, double green, double blue);
/// The same for linear light, by the curve of sRGB.
[[nodiscard]] Yuv yuvOfLight(double red, double green, double blue);

} // namespace vidimus::test
