// What the checks of flashing must say about small generated pictures.
#include "core/checks/engine/self_test.h"

namespace vidimus::checks::engine {

namespace {

constexpr SelfTestPixel kBlack {};
constexpr SelfTestPixel kWhite {235, 128, 128};
constexpr SelfTestPixel kRed {63, 102, 240}; // BT.709 primary

/// Changes each \a halfPeriod frames from frame 20 to the end.
bool isChanged(int frame, int halfPeriod)
{
    return frame >= 20 && (frame - 20) / halfPeriod % 2 == 0;
}

/// Half of the picture is the negative of the other: its mean stays as it is.
SelfTestVector oppositePhases()
{
    return {.frames = 75,
        .picture = [](int frame, int x, int) { return isChanged(frame, 3) == (x < 160) ? kWhite : kBlack; }};
}

SelfTestVector threeFlashesASecond()
{
    return {.frames = 100, .fpsNum = 24, .picture = [](int frame, int, int) {
                return isChanged(frame, 4) ? kWhite : kBlack;
            }};
}

SelfTestVector aQuarter()
{
    return {.frames = 75,
        .picture = [](int frame, int x, int y) { return isChanged(frame, 3) && x < 160 && y < 90 ? kWhite : kBlack; }};
}

SelfTestVector redFlashes()
{
    return {.frames = 75, .picture = [](int frame, int, int) { return isChanged(frame, 3) ? kRed : kBlack; }};
}

SelfTestVector whiteFlashes()
{
    return {.frames = 75, .picture = [](int frame, int, int) { return isChanged(frame, 3) ? kWhite : kBlack; }};
}

SelfTestVector stripes(int width)
{
    return {.frames = 50, .picture = [width](int frame, int x, int) {
                return frame >= 10 && frame < 40 && x / width % 2 == 0 ? kWhite : kBlack;
            }};
}

SelfTestVector tenPairs()
{
    return stripes(16);
}

SelfTestVector fivePairs()
{
    return stripes(32);
}

constexpr SelfTestCase kCases[] {
    {"flash", "opposite phases at 4.2 Hz from frame 20 on", oppositePhases, "flash", 20, 74},
    {"flash", "three flashes a second", threeFlashesASecond, nullptr},
    {"flash", "flashing on a quarter of the screen", aQuarter, nullptr},
    {"red_flash", "red and black at 4.2 Hz from frame 20 on", redFlashes, "red_flash", 20, 74},
    {"red_flash", "white and black at 4.2 Hz", whiteFlashes, nullptr},
    {"pattern", "ten pairs of stripes from frame 10 to 39", tenPairs, "stripes", 10, 39},
    {"pattern", "five pairs of stripes that stand still", fivePairs, nullptr},
};

} // namespace

std::span<const SelfTestCase> flashSelfTests()
{
    return kCases;
}

} // namespace vidimus::checks::engine
