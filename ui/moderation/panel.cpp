#include "ui/moderation/panel.h"

#include <QPainter>

namespace vidimus::ui::moderation {

using namespace widgets;

Panel::Panel(QColor Tokens::* fill, Qt::Edges lines, QWidget* parent)
    : QWidget(parent)
    , m_fill(fill)
    , m_lines(lines)
{
}

void Panel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.*m_fill);
    if (m_lines & Qt::TopEdge)
        painter.fillRect(QRect(0, 0, width(), 1), tokens.line);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.line);
    if (m_lines & Qt::RightEdge)
        painter.fillRect(QRect(width() - 1, 0, 1, height()), tokens.line);
}

QVBoxLayout* tightColumn(QWidget* widget)
{
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

QWidget* makeDivider(QWidget* parent)
{
    auto* line = new Panel(&Tokens::line, {}, parent);
    line->setFixedSize(1, 16);
    return line;
}

} // namespace vidimus::ui::moderation
