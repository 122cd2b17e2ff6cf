#include "ui/moderation/comment_delegate.h"

#include "ui/moderation/comments_model.h"
#include "ui/widgets/painting.h"

#include <QListView>

namespace vidimus::ui::moderation {

using namespace widgets;

namespace {

constexpr int kHead = 18;
constexpr int kEdge = 6;
constexpr int kMaxLines = 8; // the whole stands in the tooltip

QRect wordsRect(const QString& text, int width)
{
    const QFontMetrics metrics = roleMetrics(TextRole::Body);
    QRect rect = metrics.boundingRect(
        QRect(0, 0, std::max(40, width - 2 * kPanelPadding), 10'000), Qt::TextWordWrap | Qt::TextWrapAnywhere, text);
    rect.setHeight(std::min(rect.height(), kMaxLines * metrics.lineSpacing()));
    return rect;
}

} // namespace

void CommentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Tokens& tokens = currentTokens();
    painter->save();
    painter->fillRect(option.rect, tokens.surface);
    if (option.state & QStyle::State_Selected)
        drawSelection(*painter, option.rect, tokens.surface, option.direction);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, tokens.hoverOver(tokens.surface));
    const auto place = [&option](const QRect& part) { return QStyle::visualRect(option.direction, option.rect, part); };
    const Qt::Alignment leading = QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter;
    const Qt::Alignment trailing = QStyle::visualAlignment(option.direction, Qt::AlignRight) | Qt::AlignVCenter;
    QRect head(
        option.rect.left() + kPanelPadding, option.rect.top() + kEdge, option.rect.width() - 2 * kPanelPadding, kHead);
    const QString time = index.data(CommentsModel::TimeRole).toString();
    const int timeWidth = roleMetrics(TextRole::LabelPlain).horizontalAdvance(time) + 4;
    drawText(*painter, place(head), time, TextRole::LabelPlain, tokens.second, trailing);
    head.setRight(head.right() - timeWidth - kGap);
    const int used = drawText(*painter, place(head), index.data(CommentsModel::PlaceRole).toString(), TextRole::Label,
        tokens.accent, leading);
    head.setLeft(head.left() + used + kGap);
    drawText(*painter, place(head), index.data(CommentsModel::AuthorRole).toString(), TextRole::LabelPlain,
        tokens.second, leading);
    painter->setFont(roleFont(TextRole::Body));
    painter->setPen(tokens.text);
    const QString text = index.data().toString();
    const QRect words(option.rect.left() + kPanelPadding, option.rect.top() + kEdge + kHead,
        option.rect.width() - 2 * kPanelPadding, wordsRect(text, option.rect.width()).height());
    painter->setClipRect(words);
    painter->drawText(words,
        int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignTop) | Qt::TextWordWrap
            | Qt::TextWrapAnywhere,
        text);
    painter->restore();
}

QSize CommentDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    return {120, 2 * kEdge + kHead + wordsRect(index.data().toString(), width).height()};
}

} // namespace vidimus::ui::moderation
