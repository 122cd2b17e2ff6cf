#include "ui/moderation/watched_ranges.h"

#include <algorithm>
#include <cmath>

namespace vidimus::ui::moderation {

using widgets::FrameSpan;
using widgets::WatchedSpan;
using widgets::WatchedSpeed;

namespace {

constexpr double kFastestSeen = 4;
constexpr double kTolerance = 1e-6;

/// Appends, and joins with the last one when they touch at one speed.
void append(std::vector<WatchedSpan>& spans, WatchedSpan next)
{
    if (next.span.first >= next.span.end)
        return;
    if (!spans.empty() && spans.back().span.end == next.span.first && spans.back().speed == next.speed)
        spans.back().span.end = next.span.end;
    else
        spans.push_back(next);
}

} // namespace

void WatchedRanges::add(FrameSpan span, double rate)
{
    const double speed = std::abs(rate);
    if (span.first >= span.end || speed > kFastestSeen + kTolerance)
        return;
    const WatchedSpeed kind = speed > 1 + kTolerance ? WatchedSpeed::Fast : WatchedSpeed::Normal;
    std::vector<WatchedSpan> merged;
    qint64 at = span.first; // what of the new span is not written yet begins here
    for (const WatchedSpan& old : m_spans) {
        if (old.span.end <= span.first) {
            append(merged, old);
            continue;
        }
        if (at < span.end && old.span.first >= span.end) {
            append(merged, {{at, span.end}, kind});
            at = span.end;
        }
        if (old.span.first >= span.end) {
            append(merged, old);
            continue;
        }
        const bool oldWins = old.speed == WatchedSpeed::Normal || kind == WatchedSpeed::Fast;
        append(merged, {{old.span.first, std::min(old.span.end, span.first)}, old.speed});
        const qint64 from = std::max(old.span.first, span.first);
        const qint64 to = std::min(old.span.end, span.end);
        append(merged, {{at, from}, kind});
        append(merged, {{from, to}, oldWins ? old.speed : kind});
        at = to;
        append(merged, {{std::max(to, old.span.first), old.span.end}, old.speed});
    }
    append(merged, {{at, span.end}, kind});
    m_spans = std::move(merged);
}

double WatchedRanges::share(qint64 frameCount) const
{
    qint64 seen = 0;
    for (const WatchedSpan& span : m_spans)
        seen += span.span.end - span.span.first;
    return frameCount > 0 ? std::clamp(double(seen) / double(frameCount), 0.0, 1.0) : 0;
}

QJsonArray toJson(const WatchedRanges& ranges)
{
    QJsonArray array;
    for (const WatchedSpan& span : ranges.spans())
        array.append(QJsonArray {span.span.first, span.span.end, span.speed == WatchedSpeed::Fast ? 1 : 0});
    return array;
}

WatchedRanges watchedFromJson(const QJsonArray& array, qint64 frameCount)
{
    WatchedRanges ranges;
    for (const QJsonValue& value : array) {
        const QJsonArray span = value.toArray();
        const FrameSpan frames {span.at(0).toInteger(-1), span.at(1).toInteger(-1)};
        if (frames.first < 0 || frames.end > frameCount)
            continue;
        ranges.add(frames, span.at(2).toInt() == 1 ? kFastestSeen : 1);
    }
    return ranges;
}

} // namespace vidimus::ui::moderation
