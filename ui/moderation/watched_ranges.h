#pragma once

#include "ui/widgets/timeline_data.h"

#include <QJsonArray>

namespace vidimus::ui::moderation {

/// Which frames a person has really seen, and how fast: up to 1× or up to 4×. What was seen slowly stays so. A value.
class WatchedRanges {
public:
    /// Frames [first, end) were on the screen at \a rate (its sign does not matter); above 4× nothing counts.
    void add(widgets::FrameSpan span, double rate);
    void clear() { m_spans.clear(); }
    /// Seen at up to 4×, 0..1 of \a frameCount.
    [[nodiscard]] double share(qint64 frameCount) const;
    /// In order, not overlapping.
    [[nodiscard]] const std::vector<widgets::WatchedSpan>& spans() const { return m_spans; }

private:
    std::vector<widgets::WatchedSpan> m_spans;
};

/// [[first, end, fast 0|1], …]
[[nodiscard]] QJsonArray toJson(const WatchedRanges& ranges);
/// What does not fit into \a frameCount is left out.
[[nodiscard]] WatchedRanges watchedFromJson(const QJsonArray& array, qint64 frameCount);

} // namespace vidimus::ui::moderation
