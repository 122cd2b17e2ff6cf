#include "ui/publishing/job_delegate.h"

#include "ui/publishing/job_tree_model.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/segment_grid.h"

#include <QTreeView>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

void drawGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const Tokens& tokens = currentTokens();
    const bool selected = option.state & QStyle::State_Selected;
    painter.fillRect(option.rect, selected ? tokens.selectionOver(tokens.surface) : tokens.hoverOver(tokens.surface));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.line);
    if (index.column() != 0)
        return;
    const auto place = [&option](const QRect& part) { return QStyle::visualRect(option.direction, option.rect, part); };
    const auto* tree = qobject_cast<const QTreeView*>(option.widget);
    const bool open = !tree || tree->isExpanded(index);
    const QRect rect = option.rect;
    drawIcon(painter, open ? u"chevron-down"_s : u"chevron-right"_s,
        place({rect.left() + kPanelPadding, rect.center().y() - 5, 12, 12}), tokens.second);
    drawText(painter, place(rect.adjusted(kPanelPadding + 20, 0, 0, 0)), index.data().toString(), TextRole::BodyStrong,
        tokens.text, QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

void JobDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (!index.parent().isValid()) {
        painter->save();
        drawGroup(*painter, option, index);
        painter->restore();
        return;
    }
    CellDelegate::paint(painter, option, index);
    const QVariant state = index.data(LadderStateRole);
    if (!state.isValid())
        return;
    painter->save();
    drawLadderCells(*painter, option.rect.adjusted(2, 0, -2, 0),
        {{static_cast<LadderCell::State>(state.toInt()), index.data(LadderShareRole).toDouble()}});
    painter->restore();
}

} // namespace vidimus::ui::publishing
