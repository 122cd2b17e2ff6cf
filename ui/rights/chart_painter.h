#pragma once

#include "ui/rights/grid_rows.h"
#include "ui/rights/time_scale.h"

#include <QPainter>

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
[[nodiscard]] QString barSentence(const GridRow& row, const QString& title);
void drawRow(QPainter& painter, const GridRow& row, const QRect& rect, const TimeScale& scale, Instant now);
void drawHead(QPainter& painter, const TimeScale& scale, int width);

} // namespace vidimus::ui::rights
