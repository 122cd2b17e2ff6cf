#pragma once

#include "ui/widgets/timeline_layout.h"
#include "ui/widgets/tokens.h"

namespace vidimus::ui::widgets {

/// Paints the parts of a timeline. Stateless; ui thread.
namespace timeline_painter {
void paintBackground(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens,
    const QString& chosen);
void paintWatched(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens);
void paintRange(QPainter& painter, const TimelineLayout& layout, FrameSpan range, const Tokens& tokens);
void paintUnreadable(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens);
void paintPlayhead(QPainter& painter, const TimelineLayout& layout, qint64 position, const Tokens& tokens);
} // namespace timeline_painter

} // namespace vidimus::ui::widgets
