#include "ui/widgets/painting.h"

#include <QKeySequence>
#include <QPainterPath>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

void drawPanel(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& border, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(border.isValid() ? QPen(border, 1) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const QRectF crisp = border.isValid() ? rect.adjusted(0.5, 0.5, -0.5, -0.5) : rect;
    painter.drawRoundedRect(crisp, radius, radius);
    painter.restore();
}

QBrush hatchBrush(const QColor& color, double devicePixelRatio)
{
    constexpr int kPeriod = 6;
    QPixmap tile(QSizeF(kPeriod * devicePixelRatio, kPeriod * devicePixelRatio).toSize());
    tile.setDevicePixelRatio(devicePixelRatio);
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 2.2));
    for (int offset = -kPeriod; offset <= kPeriod; offset += kPeriod)
        painter.drawLine(QPointF(offset - 1, kPeriod + 1), QPointF(offset + kPeriod + 1, -1));
    painter.end();
    return QBrush(tile);
}

void drawSeverity(QPainter& painter, const QRectF& rect, const QColor& color, SeverityPattern pattern, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (pattern) {
    case SeverityPattern::Solid:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(rect, radius, radius);
        break;
    case SeverityPattern::Hatched:
        painter.setPen(Qt::NoPen);
        painter.setBrush(currentTokens().dark ? blended(color, Qt::black, 0.35) : blended(color, Qt::white, 0.25));
        painter.drawRoundedRect(rect, radius, radius);
        painter.setBrush(hatchBrush(color, painter.device()->devicePixelRatioF()));
        painter.drawRoundedRect(rect, radius, radius);
        break;
    case SeverityPattern::Outline:
        painter.setPen(QPen(color, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius);
        break;
    }
    painter.restore();
}

void drawSelection(QPainter& painter, const QRect& row, const QColor& under, Qt::LayoutDirection direction)
{
    const Tokens& tokens = currentTokens();
    painter.fillRect(row, tokens.selectionOver(under));
    const int x = direction == Qt::LeftToRight ? row.left() : row.right() - 1;
    painter.fillRect(QRect(x, row.top(), 2, row.height()), tokens.accent);
}

int drawText(QPainter& painter, const QRect& rect, const QString& text, TextRole role, const QColor& color,
    Qt::Alignment alignment, Qt::TextElideMode elide)
{
    if (rect.width() <= 0 || text.isEmpty())
        return 0;
    painter.setFont(roleFont(role));
    painter.setPen(color);
    const QFontMetrics metrics = painter.fontMetrics();
    const QString shown
        = metrics.horizontalAdvance(text) > rect.width() ? metrics.elidedText(text, elide, rect.width()) : text;
    painter.drawText(rect, static_cast<int>(alignment) | Qt::TextSingleLine, shown);
    return std::min(metrics.horizontalAdvance(shown), rect.width());
}

QSize keyCapSize(const QString& text)
{
    return {std::max(20, roleMetrics(TextRole::Label).horizontalAdvance(text) + 12), 20};
}

void drawKeyCap(QPainter& painter, const QRect& rect, const QString& text, KeyCapLook look)
{
    const Tokens& tokens = currentTokens();
    QColor fill = tokens.dark ? blended(Qt::white, tokens.raised, 0.05) : blended(Qt::black, tokens.raised, 0.03);
    QColor border = tokens.dark ? blended(Qt::white, tokens.raised, tokens.strength(0.12)) : tokens.line;
    QColor ink = tokens.second;
    switch (look) {
    case KeyCapLook::Plain:
        break;
    case KeyCapLook::OnAccent:
        fill = blended(tokens.onAccent, tokens.accent, tokens.dark ? 0.14 : 0.18);
        border = fill;
        ink = tokens.onAccent;
        break;
    case KeyCapLook::Active:
        fill = tokens.selectionOver(tokens.raised);
        border = tokens.accent;
        ink = tokens.text;
        break;
    case KeyCapLook::Disabled:
        ink.setAlphaF(0.4F);
        break;
    }
    drawPanel(painter, rect, fill, border, 4);
    drawText(painter, rect, text, TextRole::Label, ink, Qt::AlignCenter, Qt::ElideNone);
}

QString keyText(const QKeySequence& keys)
{
    QString text = keys.toString(QKeySequence::NativeText);
    return text == u"Return"_s ? u"Enter"_s : text.replace(u"+Return"_s, u"+Enter"_s);
}

} // namespace vidimus::ui::widgets
