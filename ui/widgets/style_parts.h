#pragma once

#include <QStyle>
#include <QStyleOption>

namespace vidimus::ui::widgets {

/// The parts that Style paints itself; each returns false for what Fusion may paint.
namespace style_parts {
[[nodiscard]] bool drawPrimitive(
    QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter, const QWidget* widget);
[[nodiscard]] bool drawControl(QStyle::ControlElement element, const QStyleOption& option, QPainter& painter);
[[nodiscard]] bool drawComplexControl(
    QStyle::ComplexControl control, const QStyleOptionComplex& option, QPainter& painter);
[[nodiscard]] QRect scrollBarRect(const QStyleOptionSlider& bar, QStyle::SubControl subControl);
} // namespace style_parts

} // namespace vidimus::ui::widgets
