// What the checks of the picture must say about small generated pictures.
#include "core/checks/engine/self_test.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

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

SelfTestVector noisy()
{
    return {.frames = 100, .picture = [](int frame, int x, int y) {
                const int grain = texture(x + frame * 977, y) % 41 - 20;
                return SelfTestPixel {110 + (frame >= 25 ? grain : 0)};
            }};
}

SelfTestVector banded()
{
    return {.frames = 75, .picture = [](int, int x, int) { return SelfTestPixel {60 + x / 20 * 3}; }};
}

SelfTestVector streaked()
{
    return {.frames = 60, .picture = [](int frame, int x, int y) {
                const bool streak = frame == 30 && y >= 88 && y < 92 && x >= 60 && x < 260;
                return SelfTestPixel {streak ? 235 : 80 + y / 4};
            }};
}

SelfTestVector stuckPixel()
{
    return {.frames = 325, .picture = [](int frame, int x, int y) {
                return x == 161 && y == 77 ? SelfTestPixel {230} : SelfTestPixel {60 + frame * 3 % 90};
            }};
}

SelfTestVector enlarged()
{
    return {.frames = 3, .picture = [](int, int x, int y) {
                // Waves of equal strength in the lower 14 of 32 bands, nothing in the others.
                double luma = 120;
                for (int wave = 1; wave <= 14; ++wave)
                    luma += 6 * std::sin(2 * std::numbers::pi * wave * x / 64 + texture(wave, y));
                return SelfTestPixel {static_cast<int>(std::lround(luma))};
            }};
}

SelfTestVector colourBars()
{
    return {.frames = 100, .picture = [](int frame, int x, int y) {
                constexpr std::array kLuma {180, 162, 131, 112, 84, 65, 35};
                if (frame >= 50)
                    return wandering(frame, x, y);
                return SelfTestPixel {kLuma[static_cast<std::size_t>(std::min(6, x * 7 / 320))]};
            }};
}

SelfTestVector slate()
{
    return {.frames = 150, .picture = [](int frame, int x, int y) {
                if (frame < 90) {
                    const bool text = x > 80 && x < 240 && y > 60 && y < 110 && texture(x / 8, y / 8) > 63;
                    return SelfTestPixel {text ? 220 : 60};
                }
                return frame < 110 ? SelfTestPixel {} : wandering(frame, x, y);
            }};
}

SelfTestVector logo()
{
    return {.frames = 300, .picture = [](int frame, int x, int y) {
                const bool ring
                    = x >= 260 && x < 300 && y >= 16 && y < 44 && !(x >= 268 && x < 292 && y >= 24 && y < 36);
                return ring ? SelfTestPixel {225} : wandering(frame, x, y, 7);
            }};
}

SelfTestVector mixedTags()
{
    return {.frames = 50,
        .picture = [](int frame, int x, int y) { return wandering(frame, x, y); },
        .color = {media::ColorRange::Limited, 9, 14, 1}};
}

SelfTestVector brighterThanSaid()
{
    return {.frames = 50,
        .picture =
            [](int, int x, int) {
                return SelfTestPixel {x < 160 ? 722 : 64, 512, 512}; // PQ 0.75 is 1,000 cd/m²
            },
        .color = {media::ColorRange::Limited, 9, 16, 9},
        .hdr = media::HdrKind::Pq,
        .hdrValues = {.minLuminance = 0.005, .maxLuminance = 1000, .maxContentLight = 600, .maxFrameAverageLight = 600},
        .bits = 10};
}

SelfTestVector grainy()
{
    return {.frames = 60, .picture = [](int frame, int x, int y) {
                const int grain = texture(x + 977 * frame, y + 613 * frame) * 80 / 127 - 40;
                return SelfTestPixel {wandering(frame, x, y).luma + grain};
            }};
}

SelfTestVector leftOut()
{
    return {.frames = 150, .picture = [](int frame, int x, int y) {
                const double way = 3.0 * (frame * 6 / 5); // 30 frames a second, of which every sixth is left out
                return SelfTestPixel {120 + static_cast<int>(80 * std::sin((x + way) / 13) * std::cos(y / 7.0))};
            }};
}

SelfTestVector letters()
{
    return {.frames = 100, .picture = [](int frame, int x, int y) {
                constexpr int kSide = 3; // pixels of a place; letters are five by seven of them
                constexpr std::array<std::array<std::uint8_t, 7>, 5> kTitle {{
                    {0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04}, // T
                    {0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E}, // I
                    {0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04}, // T
                    {0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F}, // L
                    {0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F}, // E
                }};
                const int column = (x - 60) / kSide;
                const int row = (y - 140) / kSide;
                const auto letter = static_cast<std::size_t>(column / 6 % 6); // the sixth is a gap
                if (isWithin(frame, 25, 74) && x >= 60 && y >= 140 && column < 66 && row < 7 && column % 6 < 5
                    && letter < kTitle.size()) {
                    const std::uint8_t places = kTitle[letter][static_cast<std::size_t>(row)];
                    if ((places >> (4 - column % 6) & 1) != 0)
                        return SelfTestPixel {230};
                }
                return SelfTestPixel {static_cast<int>(110 + 30 * std::sin(0.031 * (x + frame)))};
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
    {"interlace", "whole frames with grain", grainy, nullptr},
    {"blockiness", "a grid of eight from frame 25 to 49", blocky, "blocky", 25, 49},
    {"blockiness", "a picture without a grid", moving, nullptr},
    {"blur", "no edge below 10 pixels from frame 20 to 59", blurred, "blurred", 20, 59},
    {"blur", "sharp edges", moving, nullptr},
    {"duplicate_frames", "24 frames shown at 30", pulledDown, "repeated_in_a_pattern", 0, 149},
    {"duplicate_frames", "30 frames shown at 25", leftOut, "frames_missing_in_a_pattern"},
    {"duplicate_frames", "every frame another", moving, nullptr},
    {"levels", "a corner at code 252 from frame 25 to 49", tooBright, "outside_range", 25, 49},
    {"levels", "codes from 60 to 187", moving, nullptr},
    {"banding", "steps of three codes", banded, "bands", 0, 74},
    {"banding", "texture", moving, nullptr},
    {"dropout", "a streak in frame 30", streaked, "dropout", 30, 30},
    {"dropout", "a pixel that is always bright", stuckPixel, "stuck_pixel", 0, 300},
    {"dropout", "texture", moving, nullptr},
    {"upscale", "waves in 14 of 32 bands", enlarged, "detail_of_a_smaller_picture"},
    {"upscale", "sharp edges", moving, nullptr},
    {"noise", "grain of 12 codes from frame 25 on", noisy, "noisy", 25, 99},
    {"noise", "no grain", moving, nullptr},
    {"bars_slate", "seven bars up to frame 49", colourBars, "colour_bars", 0, 49},
    {"bars_slate", "a still card up to frame 89, then black", slate, "slate", 0, 89},
    {"bars_slate", "a moving picture", moving, nullptr},
    {"static_logo", "a ring in a corner over a moving picture", logo, "logo", 0, 288},
    {"static_logo", "a moving picture", moving, nullptr},
    {"colour_tags", "BT.2020 primaries, BT.709 matrix", mixedTags, "mixed_tags", 0, 49},
    {"colour_tags", "BT.709 throughout", moving, nullptr},
    {"hdr", "1,000 cd/m², MaxCLL 600", brighterThanSaid, "brighter_than_max_cll", 0, 49},
    {.check = "shots",
        .vector = "a cut is on the track, not judged",
        .make = cut,
        .detail = nullptr,
        .firstFrame = 40,
        .track = "cut"},
    {.check = "shots", .vector = "no cut", .make = moving, .detail = nullptr, .track = ""},
    {.check = "text",
        .vector = "letters from frame 25 to 74 are on the track",
        .make = letters,
        .detail = nullptr,
        .firstFrame = 25,
        .track = "text"},
    {.check = "text", .vector = "no letters", .make = moving, .detail = nullptr, .track = ""},
};

} // namespace

std::span<const SelfTestCase> pictureSelfTests()
{
    return kCases;
}

} // namespace vidimus::checks::engine
