#include "ui/rights/rights_grid_delegate.h"

#include "ui/rights/rights_grid_model.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

#include <QLineEdit>
#include <QPainter>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kCodeWidth = 46;

void paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, bool expanded)
{
    const Tokens& tokens = currentTokens();
    const QRect rect = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    painter.fillRect(rect,
        selected          ? tokens.selectionOver(tokens.window)
            : tokens.dark ? tokens.raised
                          : tokens.surface);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.line);
    const QRect arrow(rect.left() + kPanelPadding, rect.center().y() - 5, 12, 12);
    const auto place = [&option](const QRect& part) { return QStyle::visualRect(option.direction, option.rect, part); };
    drawIcon(painter, expanded ? u"chevron-down"_s : u"chevron-right"_s, place(arrow), tokens.second);
    const QString count = index.siblingAtColumn(static_cast<int>(Column::State)).data().toString();
    const int countWidth = roleMetrics(TextRole::LabelPlain).horizontalAdvance(count);
    drawText(painter, place(rect.adjusted(0, 0, -kPanelPadding, 0)), count, TextRole::LabelPlain, tokens.second,
        Qt::AlignRight | Qt::AlignVCenter);
    drawText(painter, place(rect.adjusted(kPanelPadding + 20, 0, -countWidth - 2 * kPanelPadding, 0)),
        index.data().toString(), TextRole::BodyStrong, tokens.text);
}

} // namespace

void RightsGridDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const RightsGridView*>(given.widget);
    painter->save();
    if (!index.parent().isValid()) {
        paintGroup(*painter, given, index, view && view->isExpanded(index.siblingAtColumn(0)));
        painter->restore();
        return;
    }
    QStyleOptionViewItem option = given;
    option.state &= ~QStyle::State_HasFocus;
    CellDelegate::paint(painter, option, index);
    const QString code = index.data(RightsGridModel::CodeRole).toString();
    if (!code.isEmpty()) {
        const Tokens& tokens = currentTokens();
        const bool selected = option.state & QStyle::State_Selected;
        QRect rect = option.rect.adjusted(selected ? 2 : 0, 0, 0, -1);
        painter->fillRect(rect, selected ? tokens.selectionOver(tokens.surface) : tokens.surface);
        rect.setLeft(option.rect.left() + kPanelPadding);
        const auto place
            = [&option](const QRect& part) { return QStyle::visualRect(option.direction, option.rect, part); };
        drawText(*painter, place(rect), code, TextRole::Body, tokens.second);
        rect.setLeft(rect.left() + kCodeWidth);
        drawText(*painter, place(rect.adjusted(0, 0, -4, 0)), index.data().toString(), TextRole::Body, tokens.text);
    }
    if (view && view->isCursorAt(index))
        drawPanel(*painter, option.rect.adjusted(0, 2, -2, -3), QColor(), currentTokens().accent, 4);
    painter->restore();
}

QWidget* RightsGridDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    auto* editor = new QLineEdit(parent);
    editor->setAccessibleName(columnTitle(static_cast<Column>(index.column())));
    return editor;
}

void RightsGridDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    auto* line = qobject_cast<QLineEdit*>(editor);
    // A refresh of the rows while somebody types must not take the text away.
    if (line && !line->isModified()) {
        line->setText(index.data(Qt::EditRole).toString());
        line->selectAll();
    }
}

void RightsGridDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    if (const auto* line = qobject_cast<QLineEdit*>(editor))
        model->setData(index, line->text());
}

void RightsGridDelegate::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const
{
    QRect rect = option.rect.adjusted(1, 0, -1, -1);
    rect.setWidth(std::max(rect.width(), 200));
    if (const QWidget* parent = editor->parentWidget(); rect.right() > parent->width())
        rect.moveRight(parent->width() - 2);
    editor->setGeometry(rect);
}

} // namespace vidimus::ui::rights
