// What the checks of the picture must say about small generated pictures.
#include "core/checks/engine/self_test.h"

namespace vidimus::checks::engine {

namespace {

/// Texture without an end or a repetition: a hash of the place.
int texture(int x, int y)
{
    auto value = static_cast<std::uint32_t>(x) * 374761393U + static_cast<std::uint32_t>(y) * 668265263U;
    value = (value ^ (value >> 13U)) * 1274126177U;
    return static_cast<int>((value ^ (value >> 16U)) & 0x7FU);
}

/// Squares of 12 × 9 pixels that wander to the right by \a step pixels a frame.
SelfTestPixel wandering(int frame, int x, int y, int step = 3)
{
    return {60 + texture((x + 4096 - frame * step) / 12, y / 9)};
}

bool isWithin(int frame, int first, int last)
{
    return frame >= first && frame <= last;
}

SelfTestVector moving()
{
    return {.frames = 100, .picture = [](int frame, int x, int y) { return wandering(frame, x, y); }};
}

SelfTestVector black()
{
    return {.frames = 100, .picture = [](int frame, int x, int y) {
                return isWithin(frame, 20, 79) ? SelfTestPixel {} : wandering(frame, x, y);
            }};
}

SelfTestVector frozen()
{
    return {.frames = 100,
        .picture = [](int frame, int x, int y) { return wandering(isWithin(frame, 20, 79) ? 20 : frame, x, y); }};
}

SelfTestVector letterboxed()
{
    return {.frames = 60, .picture = [](int frame, int x, int y) {
                return y < 24 || y >= 156 ? SelfTestPixel {} : wandering(frame, x, y);
            }};
}

SelfTestVector combed()
{
    return {.frames = 75, .picture = [](int frame, int x, int y) {
                const bool late = isWithin(frame, 25, 49) && y % 2 == 1;
                return wandering(late ? frame - 1 : frame, x, y, 6);
            }};
}

SelfTestVector fields()
{
    return {.frames = 60,
        .picture = [](int frame, int x, int y) { return wandering(2 * frame + y % 2, x, y, 4); },
        .interlaced = true,
        .topFieldFirst = true};
}

SelfTestVector blocky()
{
    return {.frames = 75, .picture = [](int frame, int x, int y) {
                SelfTestPixel pixel {100 + (x + y) / 8};
                if (isWithin(frame, 25, 49))
                    pixel.luma += texture(x / 8 + frame, y / 8) / 6;
                return pixel;
            }};
}

SelfTestVector blurred()
{
    return {.frames = 75, .picture = [](int frame, int x, int y) {
                if (!isWithin(frame, 20, 59))
                    return wandering(frame, x, y);
                // Waves of 60 pixels: no edge is narrower than 10.
                const int a = (x + frame * 2) % 60;
                const int b = y % 60;
                return SelfTestPixel {100 + a * (60 - a) / 12 + b * (60 - b) / 12 - 60};
            }};
}

SelfTestVector pulledDown()
{
    return {
        .frames = 150, .fpsNum = 30, .picture = [](int frame, int x, int y) { return wandering(frame * 4 / 5, x, y); }};
}

SelfTestVector tooBright()
{
    return {.frames = 75, .picture = [](int frame, int x, int y) {
                SelfTestPixel pixel = wandering(frame, x, y);
                if (isWithin(frame, 25, 49) && x < 40 && y < 40)
                    pixel.luma = 252;
                return pixel;
            }};
}

SelfTestVector cut()
{
    return {.frames = 75, .picture = [](int frame, int x, int y) {
                return frame < 40 ? wandering(frame, x, y) : wandering(frame, x + 900, y + 700);
            }};
}

constexpr SelfTestCase kCases[] {
    {"black", "black from frame 20 to 79", black, "black", 20, 79},
    {"black", "a moving picture", moving, nullptr},
    {"freeze", "a still from frame 20 to 79", frozen, "freeze", 20, 79},
    {"freeze", "a moving picture", moving, nullptr},
    {"letterbox", "bars of 24 lines", letterboxed, "letterbox", 0, 59},
    {"letterbox", "a picture without bars", moving, nullptr},
    {"interlace", "one field late from frame 25 to 49", combed, "combing", 25, 49},
    {"interlace", "fields of two moments, top first as stated", fields, "interlaced", 0, 59},
    {"interlace", "whole frames", moving, nullptr},
    {"blockiness", "a grid of eight from frame 25 to 49", blocky, "blocky", 25, 49},
    {"blockiness", "a picture without a grid", moving, nullptr},
    {"blur", "no edge below 10 pixels from frame 20 to 59", blurred, "blurred", 20, 59},
    {"blur", "sharp edges", moving, nullptr},
    {"duplicate_frames", "24 frames shown at 30", pulledDown, "repeated_in_a_pattern", 0, 149},
    {"duplicate_frames", "every frame another", moving, nullptr},
    {"levels", "a corner at code 252 from frame 25 to 49", tooBright, "outside_range", 25, 49},
    {"levels", "codes from 60 to 187", moving, nullptr},
    {"shots", "a cut is on the track, not judged", cut, nullptr},
};

} // namespace

std::span<const SelfTestCase> pictureSelfTests()
{
    return kCases;
}

} // namespace vidimus::checks::engine
