#include "ui/publishing/sheet.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::publishing {

using namespace widgets;

void Sheet::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.surface);
    if (m_edges & Start)
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, 1, height())), tokens.line);
    if (m_edges & Top)
        painter.fillRect(0, 0, width(), 1, tokens.line);
}

PictureBox::PictureBox(QSize size, QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(size);
}

void PictureBox::setPicture(const QPixmap& picture)
{
    m_picture = picture;
    update();
}

void PictureBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    if (m_picture.isNull()) {
        painter.fillRect(rect(), tokens.raised);
        drawIcon(painter, QStringLiteral("film"), QRect(rect().center() - QPoint(10, 10), QSize(20, 20)), tokens.third);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.fillRect(rect(), tokens.surround);
    const QSize fitted = m_picture.size().scaled(size(), Qt::KeepAspectRatio);
    painter.drawPixmap(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, fitted, rect()), m_picture);
}

} // namespace vidimus::ui::publishing
