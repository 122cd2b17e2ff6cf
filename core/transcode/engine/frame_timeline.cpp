#include "core/transcode/engine/frame_timeline.h"

#include "core/transcode/plan.h"

#include <algorithm>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

FrameTimeline::FrameTimeline(SegmentGrid grid, std::int64_t nominalTicks)
    : m_grid(grid)
    , m_nominalTicks(std::max<std::int64_t>(1, nominalTicks))
{
}

Result<std::vector<Showing>> FrameTimeline::showUntil(std::int64_t end, int endSegment)
{
    if (endSegment > kMaxSegments)
        return Error {ErrorCode::LimitExceeded, u"The picture goes on for more than %1 segments."_s.arg(kMaxSegments),
            "too_long"};
    int segment = m_grid.segmentAt(m_last);
    std::vector<Showing> showings {{.ticks = m_last, .durationTicks = 0, .segment = segment}};
    for (++segment; segment < endSegment; ++segment)
        showings.push_back({.ticks = m_grid.startOf(segment), .durationTicks = 0, .segment = segment});
    for (std::size_t i = 0; i < showings.size(); ++i)
        showings[i].durationTicks = (i + 1 < showings.size() ? showings[i + 1].ticks : end) - showings[i].ticks;
    m_end = end;
    return showings;
}

Result<std::optional<std::vector<Showing>>> FrameTimeline::next(std::int64_t ticks)
{
    if (m_pictures == 0) {
        m_pictures = 1;
        m_last = ticks;
        return std::optional(std::vector<Showing> {});
    }
    if (ticks <= m_last)
        return std::optional<std::vector<Showing>> {};
    auto showings = showUntil(ticks, m_grid.segmentAt(ticks));
    if (!showings)
        return std::move(showings).error();
    ++m_pictures;
    m_last = ticks;
    return std::optional(*std::move(showings));
}

Result<std::vector<Showing>> FrameTimeline::finish(std::int64_t minimumEnd)
{
    if (m_pictures == 0)
        return std::vector<Showing> {};
    const std::int64_t end = std::max(m_last + m_nominalTicks, minimumEnd);
    // A further segment is begun only where it holds at least one nominal picture.
    return showUntil(end, m_grid.segmentAt(std::max(m_last, end - m_nominalTicks)) + 1);
}

} // namespace vidimus::transcode::engine
