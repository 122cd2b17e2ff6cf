#include "ui/publishing/card_delegate.h"

#include "ui/publishing/card_model.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::publishing {

using namespace widgets;

namespace {

constexpr int kCardHeight = 108;
constexpr int kEdge = 8; // of the card, and space between cards
constexpr int kNarrow = 184; // below this the thumbnail takes less
constexpr QSize kThumbnail {72, 40};
constexpr QSize kSmallThumbnail {44, 25};

void drawPicture(QPainter& painter, const QRect& rect, const QPixmap& picture)
{
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect, picture.isNull() ? tokens.hoverOver(tokens.raised) : tokens.surround);
    if (picture.isNull()) {
        const QRect icon(rect.center() - QPoint(8, 8), QSize(16, 16));
        drawIcon(painter, QStringLiteral("film"), icon, tokens.third);
        return;
    }
    const QSize fitted = picture.size().scaled(rect.size(), Qt::KeepAspectRatio);
    painter.drawPixmap(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, fitted, rect), picture);
}

} // namespace

void CardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = currentTokens();
    painter->save();
    painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRect card = option.rect.adjusted(kEdge, 0, -kEdge, -kEdge);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QColor fill = selected ? tokens.selectionOver(tokens.raised)
        : hovered                ? tokens.hoverOver(tokens.raised)
                                 : tokens.raised;
    drawPanel(*painter, card, fill, selected ? tokens.accent : tokens.line);
    const auto place = [&](const QRect& part) { return QStyle::visualRect(option.direction, card, part); };
    if (selected)
        painter->fillRect(place({card.left(), card.top() + 6, 2, card.height() - 12}), tokens.accent);
    const auto start = QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter;

    const QRect inner = card.adjusted(kEdge, kEdge, -kEdge, -kEdge);
    const QSize pictureSize = inner.width() < kNarrow ? kSmallThumbnail : kThumbnail;
    drawPicture(*painter, place({inner.topLeft(), pictureSize}), index.data(Qt::DecorationRole).value<QPixmap>());
    const int left = inner.left() + pictureSize.width() + kEdge;
    const int room = inner.right() - left + 1;
    drawText(*painter, place({left, inner.top(), room, 20}), index.data(Qt::DisplayRole).toString(),
        TextRole::BodyMedium, tokens.text, start);
    drawText(*painter, place({left, inner.top() + 20, room, 18}), index.data(CardSecondRole).toString(),
        TextRole::LabelPlain, tokens.second, start);

    drawGateStrip(*painter, {inner.left(), inner.top() + 47, inner.width(), 4},
        index.data(CardStripRole).value<std::vector<GateState>>());
    const QColor ink = inkColor(static_cast<Ink>(index.data(CardInkRole).toInt()));
    drawIcon(*painter, index.data(CardIconRole).toString(), place({inner.left(), inner.top() + 58, 13, 13}), ink);
    drawText(*painter, place({inner.left() + 18, inner.top() + 56, inner.width() - 18, 17}),
        index.data(CardWordRole).toString(), TextRole::Label, ink, start);
    drawText(*painter, place({inner.left(), inner.top() + 73, inner.width(), 16}), index.data(CardDateRole).toString(),
        TextRole::LabelPlain, tokens.second, start);
    painter->restore();
}

QSize CardDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {120, kCardHeight + kEdge};
}

} // namespace vidimus::ui::publishing
