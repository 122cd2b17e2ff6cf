#include "support/flash_sequence.h"

#include <algorithm>
#include <cmath>

namespace vidimus::test {

namespace {

int mixed(int from, int to, double share)
{
    return static_cast<int>(std::lround(from + (to - from) * share));
}

/// What the area shows at a frame.
Yuv colourAt(const FlashArea& area, int frame)
{
    const auto next = std::ranges::upper_bound(area.changes, frame);
    const auto made = next - area.changes.begin();
    if (made == 0)
        return area.before;
    const bool toAfter = made % 2 == 1;
    const Yuv& from = toAfter ? area.before : area.after;
    const Yuv& to = toAfter ? area.after : area.before;
    const double share = std::min(1.0, static_cast<double>(frame - *(next - 1) + 1) / area.rampFrames);
    return {mixed(from.y, to.y, share), mixed(from.u, to.u, share), mixed(from.v, to.v, share)};
}

void fill(std::vector<std::uint16_t>& plane, int stride, int x, int y, int width, int height, int code)
{
    for (int row = y; row < y + height; ++row) {
        const auto start = plane.begin() + static_cast<std::ptrdiff_t>(row) * stride + x;
        std::fill(start, start + width, static_cast<std::uint16_t>(code));
    }
}

} // namespace

FlashPicture FlashSequence::draw(int frame) const
{
    const int halfWidth = (width + 1) / 2;
    const int halfHeight = (height + 1) / 2;
    const auto count = [](int w, int h) { return static_cast<std::size_t>(w) * static_cast<std::size_t>(h); };
    FlashPicture picture {width, height, std::vector(count(width, height), static_cast<std::uint16_t>(ground.y)),
        std::vector(count(halfWidth, halfHeight), static_cast<std::uint16_t>(ground.u)),
        std::vector(count(halfWidth, halfHeight), static_cast<std::uint16_t>(ground.v))};
    for (const FlashArea& area : areas) {
        const Yuv colour = colourAt(area, frame);
        fill(picture.y, width, area.x, area.y, area.width, area.height, colour.y);
        const int chromaWidth = (area.x + area.width + 1) / 2 - area.x / 2;
        const int chromaHeight = (area.y + area.height + 1) / 2 - area.y / 2;
        fill(picture.u, halfWidth, area.x / 2, area.y / 2, chromaWidth, chromaHeight, colour.u);
        fill(picture.v, halfWidth, area.x / 2, area.y / 2, chromaWidth, chromaHeight, colour.v);
    }
    return picture;
}

Painter FlashSequence::painter() const
{
    return [sequence = *this](const Canvas& canvas, int frame) {
        canvas.fill(sequence.ground.y, sequence.ground.u, sequence.ground.v);
        for (const FlashArea& area : sequence.areas) {
            const Yuv colour = colourAt(area, frame);
            canvas.rectangle(area.x, area.y, area.width, area.height, colour.y, colour.u, colour.v);
        }
    };
}

FlashSequence fullScreenFlash(const Yuv& before, const Yuv& after, std::vector<int> changes)
{
    FlashSequence sequence;
    sequence.ground = before;
    sequence.areas.push_back({0, 0, sequence.width, sequence.height, before, after, std::move(changes)});
    return sequence;
}

std::vector<int> spreadChanges(int count, int first, int span)
{
    std::vector<int> changes;
    for (int i = 0; i < count; ++i)
        changes.push_back(first + static_cast<int>(std::lround(static_cast<double>(span) * i / (count - 1))));
    return changes;
}

std::vector<int> changesOfRate(double hertz, double seconds, int first, double framesPerSecond)
{
    constexpr double kRounding = 1e-6;
    std::vector<int> changes;
    for (int i = 0; i < seconds * hertz * 2 - kRounding; ++i)
        changes.push_back(first + static_cast<int>(std::ceil(i * framesPerSecond / (2 * hertz) - kRounding)));
    return changes;
}

Yuv yuvOf(double red, double green, double blue)
{
    const double luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return {static_cast<int>(std::lround(16 + 219 * luma)),
        static_cast<int>(std::lround(128 + 224 * (blue - luma) / 1.8556)),
        static_cast<int>(std::lround(128 + 224 * (red - luma) / 1.5748))};
}

Yuv yuvOfLight(double red, double green, double blue)
{
    const auto encode
        = [](double light) { return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055; };
    return yuvOf(encode(red), encode(green), encode(blue));
}

} // namespace vidimus::test
