#pragma once

#include "ui/widgets/fonts.h"
#include "ui/widgets/tokens.h"

#include <QBrush>
#include <QPainter>

namespace vidimus::ui::widgets {

inline constexpr int kRadius = 6;
inline constexpr int kControlHeight = 28;
inline constexpr int kRowHeight = 28;
inline constexpr int kTallRowHeight = 48;
inline constexpr int kPanelPadding = 12;
inline constexpr int kGap = 8;
inline constexpr int kHeaderHeight = 32;

/// How a bar or mark shows its severity besides its colour.
enum class SeverityPattern { Solid, Hatched, Outline };

/// A rounded rectangle with a crisp 1 px border. An invalid colour leaves the part out.
void drawPanel(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal radius = kRadius);
/// Hatching at 45°, stripes of \a color over transparency.
[[nodiscard]] QBrush hatchBrush(const QColor& color, double devicePixelRatio = 1);
void drawSeverity(
    QPainter& painter, const QRectF& rect, const QColor& color, SeverityPattern pattern, qreal radius = 2);
/// A row's selection: tint and the 2 px bar at the leading edge.
void drawSelection(
    QPainter& painter, const QRect& row, const QColor& under, Qt::LayoutDirection direction = Qt::LeftToRight);
/// Text on one line, elided; returns the width used.
int drawText(QPainter& painter, const QRect& rect, const QString& text, TextRole role, const QColor& color,
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter, Qt::TextElideMode elide = Qt::ElideRight);

/// A key as it stands on the keyboard: 20 high, at least 20 wide.
[[nodiscard]] QSize keyCapSize(const QString& text);
enum class KeyCapLook { Plain, OnAccent, Active, Disabled };
void drawKeyCap(QPainter& painter, const QRect& rect, const QString& text, KeyCapLook look = KeyCapLook::Plain);
/// "Ctrl+Shift+Z" in the person's words.
[[nodiscard]] QString keyText(const QKeySequence& keys);

} // namespace vidimus::ui::widgets
