#include "ui/widgets/timeline_layout.h"

#include <algorithm>
#include <cmath>

namespace vidimus::ui::widgets {

namespace {

constexpr int kRuler = 20;
constexpr int kShots = 16;
constexpr int kSmallLane = 18;
constexpr int kNarrowLane = 15;
constexpr int kBottom = 3;
constexpr int kEndPadding = 12;

} // namespace

TimelineLayout TimelineLayout::compute(int width, Lanes lanes, bool narrow, FrameSpan shown)
{
    TimelineLayout layout;
    layout.shown = {shown.first, std::max(shown.end, shown.first + 1)};
    const int left = kGutter;
    const int room = std::max(1, width - left - kEndPadding);
    int y = 0;
    const auto take = [&y, left, room](int height) {
        const QRect lane(left, y, room, height);
        y += height;
        return lane;
    };
    layout.ruler = take(kRuler);
    layout.film = take(narrow ? 32 : 40);
    layout.sound = take(narrow ? 40 : 52);
    if (lanes.shots)
        layout.shots = take(kShots);
    for (int i = 0; i < lanes.findings; ++i)
        layout.findings.push_back(take(narrow ? kNarrowLane : kSmallLane));
    if (lanes.talk && !narrow)
        layout.talk = take(kSmallLane);
    layout.watched = take(kSmallLane);
    layout.content = QRect(left, 0, room, y);
    layout.height = y + kBottom;
    return layout;
}

double TimelineLayout::xOf(qint64 frame) const
{
    const double share = double(frame - shown.first) / double(shown.end - shown.first);
    return content.left() + share * content.width();
}

qint64 TimelineLayout::frameAt(double x) const
{
    const double share = (x - content.left()) / content.width();
    const auto frame = shown.first + static_cast<qint64>(std::floor(share * double(shown.end - shown.first)));
    return std::clamp(frame, shown.first, shown.end - 1);
}

QRectF TimelineLayout::barRect(const QRect& lane, FrameSpan span) const
{
    const double from = std::clamp(xOf(span.first), double(content.left()), double(content.right() + 1));
    const double to = std::clamp(xOf(span.end), double(content.left()), double(content.right() + 1));
    return {from, lane.top() + 3.0, std::max(3.0, to - from), lane.height() - 7.0};
}

qint64 rulerStep(Rational framesPerSecond, double pixelsPerFrame, double minPixels)
{
    const double rate = std::max(0.001, framesPerSecond.toDouble());
    if (!(pixelsPerFrame > 0))
        return 1;
    for (const qint64 seconds : {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400}) {
        const auto frames = std::max<qint64>(1, std::llround(double(seconds) * rate));
        if (double(frames) * pixelsPerFrame >= minPixels)
            return frames;
    }
    return std::max<qint64>(1, std::llround(86400 * rate));
}

} // namespace vidimus::ui::widgets
