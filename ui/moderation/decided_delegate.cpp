#include "ui/moderation/decided_delegate.h"

#include "ui/moderation/decided_list.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"

namespace vidimus::ui::moderation {

using namespace widgets;

void DecidedDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = currentTokens();
    painter->save();
    if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, tokens.hoverOver(tokens.surface));
    const auto place = [&option](const QRect& part) { return QStyle::visualRect(option.direction, option.rect, part); };
    const QRect row = option.rect;
    const auto ink = static_cast<Ink>(index.data(DecidedModel::InkRole).toInt());
    drawIcon(*painter, index.data(DecidedModel::IconRole).toString(),
        place({row.left() + kPanelPadding, row.center().y() - 6, 14, 14}), inkColor(ink));
    const QString state = index.data(DecidedModel::StateTextRole).toString();
    const int stateWidth = roleMetrics(TextRole::LabelPlain).horizontalAdvance(state);
    const int left = row.left() + kPanelPadding + 22;
    const QRect content(left, row.top(), row.right() - kPanelPadding - left - stateWidth - 4, row.height());
    const int used = drawText(
        *painter, place(content), index.data(DecidedModel::TitleRole).toString(), TextRole::Body, tokens.text);
    drawText(*painter, place(content.adjusted(used + kGap, 0, 0, 0)), index.data(Qt::DisplayRole).toString(),
        TextRole::Body, tokens.second);
    drawText(*painter, place({row.right() - kPanelPadding - stateWidth, row.top(), stateWidth + 1, row.height()}),
        state, TextRole::LabelPlain, tokens.second, Qt::AlignRight | Qt::AlignVCenter, Qt::ElideNone);
    painter->restore();
}

QSize DecidedDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {160, rowHeight()};
}

} // namespace vidimus::ui::moderation
