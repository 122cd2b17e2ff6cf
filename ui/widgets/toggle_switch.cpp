#include "ui/widgets/toggle_switch.h"

#include "ui/widgets/painting.h"

namespace vidimus::ui::widgets {

namespace {
constexpr QSize kSwitch {26, 14};
}

ToggleSwitch::ToggleSwitch(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ToggleSwitch::sizeHint() const
{
    const int words = text().isEmpty() ? 0 : roleMetrics(TextRole::Body).horizontalAdvance(text()) + 8;
    return {words + kSwitch.width() + 1, 24};
}

void ToggleSwitch::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    if (!isEnabled())
        painter.setOpacity(0.4);
    const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    drawText(painter, place(rect().adjusted(0, 0, -kSwitch.width() - 8, 0)), text(), TextRole::Body, tokens.second,
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter, Qt::ElideNone);
    const QRectF groove = place(QRect(QPoint(width() - kSwitch.width(), (height() - kSwitch.height()) / 2), kSwitch));
    drawPanel(painter, groove, isChecked() ? tokens.accent : tokens.raised, isChecked() ? QColor() : tokens.third, 7);
    const bool atEnd = isChecked() == (layoutDirection() == Qt::LeftToRight);
    const QRectF knob(atEnd ? groove.right() - 12 : groove.left() + 2, groove.top() + 2, 10, 10);
    drawPanel(painter, knob, isChecked() ? tokens.onAccent : tokens.second, QColor(), 5);
}

} // namespace vidimus::ui::widgets
