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
constexpr int kLine = 24;

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

void IconText::setWraps(bool wraps)
{
    m_wraps = wraps;
    QSizePolicy policy = sizePolicy();
    policy.setHeightForWidth(wraps);
    policy.setVerticalPolicy(wraps ? QSizePolicy::Minimum : QSizePolicy::Fixed);
    setSizePolicy(policy);
    updateGeometry();
}

int IconText::heightForWidth(int width) const
{
    const QFontMetrics metrics = roleMetrics(TextRole::Body);
    const QRect room(0, 0, std::max(1, width - kIcon - kSpace), 10000);
    return std::max(kLine, metrics.boundingRect(room, Qt::TextWordWrap, m_text).height() + kLine - metrics.height());
}

QSize IconText::sizeHint() const
{
    return {kIcon + kSpace + roleMetrics(TextRole::Body).horizontalAdvance(m_text) + 2, kLine};
}

QSize IconText::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), kIcon + kSpace + kLeast), kLine};
}

void IconText::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor color = inkColor(m_ink);
    const bool left = layoutDirection() == Qt::LeftToRight;
    const int y = (std::min(height(), kLine) - kIcon) / 2;
    drawIcon(painter, m_iconName, QRect(left ? 0 : width() - kIcon, y, kIcon, kIcon), color);
    const int used = kIcon + kSpace;
    const QRect room = rect().adjusted(left ? used : 0, 0, left ? 0 : -used, 0);
    const Qt::Alignment alignment
        = Qt::AlignLeading | Qt::AlignVCenter; // the painter turns it round in mirrored windows
    if (!m_wraps) {
        drawText(painter, room, m_text, TextRole::Body, color, alignment);
        return;
    }
    painter.setFont(roleFont(TextRole::Body));
    painter.setPen(color);
    painter.drawText(room, int(alignment) | Qt::TextWordWrap, m_text);
}

} // namespace vidimus::ui::rights
