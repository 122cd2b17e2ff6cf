#pragma once

#include "ui/rights/density.h"

#include <QPainter>
#include <QTimeZone>

namespace vidimus::ui::rights {

inline constexpr int kChartHead = 48;
inline constexpr int kBarHeight = 16;

/// How a bar looks; the order is the legend's.
enum class BarLook { Exclusive, Licensed, Future, Denied, Staged, Expired };
[[nodiscard]] BarLook lookOfBar(const GridRow& row, Instant now);
[[nodiscard]] QString barLookText(BarLook look);
/// A bar with its pattern; also the legend's swatches. \a rect may reach beyond what is seen.
void drawBar(QPainter& painter, const QRectF& rect, BarLook look);
void drawOverlap(QPainter& painter, const QRectF& rect);
/// Place of a window in the chart, clipped to [-20, width + 20); may be empty.
[[nodiscard]] QRectF barRect(const engine::Window& window, const TimeScale& scale, const QRect& row, int width);
/// What stands in the bar: "Exclusive, ends 1 Dec 2026 00:00Z", "Starts …, was …", "Holdback".
[[nodiscard]] QString barText(const GridRow& row, Instant now);
/// The same and all facts of the row in one sentence, for tooltip and screen reader.
[[nodiscard]] QString barSentence(const GridRow& row);
/// "Harbour Nights: 36 windows, 2 in conflict".
[[nodiscard]] QString groupSentence(const GridGroup& group);
void drawRow(QPainter& painter, const GridRow& row, const QRect& rect, const TimeScale& scale, Instant now);
/// The line of a closed group: the more windows, the stronger.
void drawDensity(QPainter& painter, const std::vector<DensityRun>& runs, const QRect& line);
/// Both instants of an edge whose time of day comes twice.
void drawClockChanges(
    QPainter& painter, const engine::Window& window, const QRect& line, const TimeScale& scale, const QTimeZone& zone);
void drawHead(QPainter& painter, const TimeScale& scale, int width);

} // namespace vidimus::ui::rights
