#pragma once

#include "core/base/result.h"
#include "core/transcode/segment_grid.h"

#include <optional>
#include <vector>

namespace vidimus::transcode::engine {

/// One showing of a picture on the grid.
struct Showing {
    std::int64_t ticks = 0;
    std::int64_t durationTicks = 0;
    int segment = 0;

    friend bool operator==(const Showing&, const Showing&) = default;
};

/// Gives each picture its time, its duration and its segment, one picture late because a duration ends where the next
/// picture begins. A picture that stands still over whole segments (a slide show, a sound that goes on alone) is shown
/// again at each boundary, so that every segment begins with a picture. One thread.
class FrameTimeline {
public:
    /// \a nominalTicks: how long the last picture is shown when nothing else says so.
    FrameTimeline(SegmentGrid grid, std::int64_t nominalTicks);

    /// A picture begins at \a ticks; gives the showings of the one before. Nothing, and the picture is to be dropped,
    /// when \a ticks is not later than the last. Errors: LimitExceeded (more than kMaxSegments).
    [[nodiscard]] Result<std::optional<std::vector<Showing>>> next(std::int64_t ticks);
    /// The showings of the last picture, until its nominal end or \a minimumEnd, whichever is later.
    [[nodiscard]] Result<std::vector<Showing>> finish(std::int64_t minimumEnd);

    [[nodiscard]] int pictures() const { return m_pictures; }
    /// Where the last showing given out ends.
    [[nodiscard]] std::int64_t end() const { return m_end; }

private:
    [[nodiscard]] Result<std::vector<Showing>> showUntil(std::int64_t end, int endSegment);

    SegmentGrid m_grid;
    std::int64_t m_nominalTicks;
    std::int64_t m_last = 0;
    std::int64_t m_end = 0;
    int m_pictures = 0;
};

} // namespace vidimus::transcode::engine
