#include "ui/moderation/queue_row_delegate.h"

#include "ui/moderation/queue_model.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::moderation {

using namespace widgets;

void QueueRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    ++m_paintCount;
    if (index.data(QueueModel::LoadedRole).toBool()) {
        QueueDelegate::paint(painter, option, index);
        return;
    }
    index.data(Qt::DisplayRole); // asks for the row
    const Tokens& tokens = currentTokens();
    const QColor bone = blended(tokens.text, tokens.surface, 0.08);
    const QRect row = option.rect;
    painter->save();
    painter->setPen(Qt::NoPen);
    drawPanel(*painter, QRectF(row.left() + kPanelPadding, row.top() + 6, 64, 36), bone, {}, 2);
    const int left = row.left() + kPanelPadding + 64 + kGap;
    const int room = std::max(0, row.right() - kPanelPadding - left);
    drawPanel(*painter, QRectF(left, row.top() + 11, room * 0.8, 10), bone, {}, 3);
    drawPanel(*painter, QRectF(left, row.top() + 29, room * 0.4, 8), bone, {}, 3);
    painter->restore();
}

} // namespace vidimus::ui::moderation
