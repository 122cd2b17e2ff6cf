#include "ui/widgets/queue_delegate.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

#include <QImage>

namespace vidimus::ui::widgets {

namespace {

constexpr QSize kThumbnail {64, 36};

void drawThumbnail(QPainter& painter, const QRect& rect, const QVariant& decoration)
{
    const Tokens& tokens = currentTokens();
    const QPixmap pixmap = decoration.canConvert<QPixmap>() ? decoration.value<QPixmap>()
                                                            : QPixmap::fromImage(decoration.value<QImage>());
    if (pixmap.isNull()) {
        painter.fillRect(rect, tokens.hoverOver(tokens.surface));
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.fillRect(rect, tokens.surround);
    const QSize fitted = pixmap.size().scaled(rect.size(), Qt::KeepAspectRatio);
    painter.drawPixmap(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, fitted, rect), pixmap);
    painter.restore();
}

int drawBadgeText(QPainter& painter, const QRect& line, const QModelIndex& index, bool boxed)
{
    const Tokens& tokens = currentTokens();
    const QString text = index.data(BadgeRole).toString();
    if (text.isEmpty())
        return 0;
    const QVariant inkValue = index.data(BadgeInkRole);
    const Ink ink = inkValue.isValid() ? static_cast<Ink>(inkValue.toInt()) : Ink::Second;
    const QString iconName = boxed ? index.data(BadgeIconRole).toString() : QString();
    const int textWidth = roleMetrics(TextRole::Label).horizontalAdvance(text) + 1;
    const int iconWidth = iconName.isEmpty() ? 0 : 17;
    const int width = textWidth + iconWidth + (boxed ? 16 : 0);
    QRect rect(line.right() - width + 1, line.center().y() - 9, width, 20);
    if (boxed) {
        const bool neutral = ink == Ink::Second;
        drawPanel(painter, rect, neutral ? QColor() : blended(inkColor(ink), tokens.surface, 0.06),
            neutral ? tokens.line : inkColor(ink), 4);
        rect.adjust(8, 0, -8, 0);
    }
    if (!iconName.isEmpty()) {
        drawIcon(painter, iconName, {rect.left(), rect.center().y() - 5, 12, 12}, inkColor(ink));
        rect.setLeft(rect.left() + iconWidth);
    }
    drawText(painter, rect, text, TextRole::Label, inkColor(ink), Qt::AlignRight | Qt::AlignVCenter, Qt::ElideNone);
    return width + kGap;
}

} // namespace

void QueueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = currentTokens();
    painter->save();
    const QRect row = option.rect;
    if (option.state & QStyle::State_Selected)
        drawSelection(*painter, row, tokens.surface, option.direction);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(row, tokens.hoverOver(tokens.surface));
    if (!(option.state & QStyle::State_Enabled))
        painter->setOpacity(0.4);
    const int thumbnailTop = row.top() + (row.height() - kThumbnail.height()) / 2;
    drawThumbnail(
        *painter, QRect(QPoint(row.left() + kPanelPadding, thumbnailTop), kThumbnail), index.data(Qt::DecorationRole));
    const int left = row.left() + kPanelPadding + kThumbnail.width() + kGap;
    const int width = row.right() - kPanelPadding + 1 - left;
    drawText(*painter, {left, row.top() + 6, width, 18}, index.data(Qt::DisplayRole).toString(),
        option.state & QStyle::State_Selected ? TextRole::BodyMedium : TextRole::Body, tokens.text);
    const QRect second(left, row.top() + 25, width, 18);
    const int used = drawBadgeText(*painter, second, index, index.data(BadgeBoxedRole).toBool() && !m_narrow);
    drawText(*painter, second.adjusted(0, 0, -used, 0), index.data(SecondLineRole).toString(), TextRole::LabelPlain,
        tokens.second);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(tokens.accent, 2));
        painter->drawRoundedRect(QRectF(row).adjusted(2, 1, -2, -1), 4, 4);
    }
    painter->restore();
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, kTallRowHeight};
}

} // namespace vidimus::ui::widgets
