#include "ui/rights/icon_text.h"

#include "ui/widgets/fonts.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

#include <QPainter>

namespace vidimus::ui::rights {

using namespace widgets;

namespace {

constexpr int kIcon = 14;
constexpr int kSpace = 6;
constexpr int kLeast = 60; // px of text before it may be elided away

} // namespace

IconText::IconText(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void IconText::set(const QString& text, const QString& iconName, Ink ink)
{
    m_text = text;
    m_iconName = iconName;
    m_ink = ink;
    setToolTip(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize IconText::sizeHint() const
{
    return {kIcon + kSpace + roleMetrics(TextRole::Body).horizontalAdvance(m_text) + 2, 24};
}

QSize IconText::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), kIcon + kSpace + kLeast), 24};
}

void IconText::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor color = inkColor(m_ink);
    const bool left = layoutDirection() == Qt::LeftToRight;
    const int y = (height() - kIcon) / 2;
    drawIcon(painter, m_iconName, QRect(left ? 0 : width() - kIcon, y, kIcon, kIcon), color);
    const int used = kIcon + kSpace;
    drawText(painter, rect().adjusted(left ? used : 0, 0, left ? 0 : -used, 0), m_text, TextRole::Body, color,
        (left ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace vidimus::ui::rights
