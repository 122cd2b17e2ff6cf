#include "ui/rights/panel.h"

#include "ui/widgets/tokens.h"

#include <QPainter>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

Panel::Panel(Qt::Edges lines, QWidget* parent)
    : QWidget(parent)
    , m_lines(lines)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(
        lines & Qt::LeftEdge ? 1 : 0, lines & Qt::TopEdge ? 1 : 0, 0, lines & Qt::BottomEdge ? 1 : 0);
    m_column->setSpacing(0);
}

void Panel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const widgets::Tokens& tokens = widgets::currentTokens();
    painter.fillRect(rect(), tokens.surface);
    if (m_lines & Qt::TopEdge)
        painter.fillRect(QRect(0, 0, width(), 1), tokens.line);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.line);
    if (m_lines & Qt::LeftEdge)
        painter.fillRect(QRect(0, 0, 1, height()), tokens.line);
}

} // namespace vidimus::ui::rights
