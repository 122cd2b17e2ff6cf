#include "ui/widgets/table_helpers.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"

#include <QApplication>
#include <QHeaderView>
#include <QListView>
#include <QTableView>
#include <QTreeView>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMark = 12;
constexpr int kMinRowHeight = 24;

void setUpView(QAbstractItemView* view)
{
    view->setFrameShape(QFrame::NoFrame);
    view->setMouseTracking(true);
    view->setTabKeyNavigation(false);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
}

/// An icon that points the way things are read ("arrow-right") is turned round where they are read from the right.
void drawPointing(
    QPainter& painter, const QString& name, const QRect& box, const QColor& ink, Qt::LayoutDirection direction)
{
    if (direction == Qt::LeftToRight || !name.endsWith("-right"_L1)) {
        drawIcon(painter, name, box, ink);
        return;
    }
    painter.save();
    painter.translate(box.left() + box.right() + 1, 0);
    painter.scale(-1, 1);
    drawIcon(painter, name, box, ink);
    painter.restore();
}

void setUpHeader(QHeaderView* header)
{
    header->setFixedHeight(kRowHeight);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(24);
}

} // namespace

void setUpTable(QTableView* view)
{
    setUpView(view);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setCornerButtonEnabled(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setMinimumSectionSize(kMinRowHeight);
    view->verticalHeader()->setDefaultSectionSize(rowHeight());
    QObject::connect(&preferencesSignal(), &PreferencesSignal::changed, view,
        [view] { view->verticalHeader()->setDefaultSectionSize(rowHeight()); });
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    setUpHeader(view->horizontalHeader());
    view->setItemDelegate(new CellDelegate(view));
}

void setUpTree(QTreeView* view)
{
    setUpView(view);
    view->setUniformRowHeights(true);
    view->setAllColumnsShowFocus(true);
    setUpHeader(view->header());
    QObject::connect(&preferencesSignal(), &PreferencesSignal::changed, view, [view] { view->doItemsLayout(); });
    view->setItemDelegate(new CellDelegate(view));
}

void setUpList(QListView* view)
{
    setUpView(view);
    view->setUniformItemSizes(true);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const
{
    const Tokens& tokens = currentTokens();
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    option.viewItemPosition = index.column() == 0 ? QStyleOptionViewItem::Beginning : QStyleOptionViewItem::Middle;
    painter->save();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    if (!(option.state & QStyle::State_Enabled))
        painter->setOpacity(0.4);
    const bool first = index.column() == 0;
    QRect content = option.rect.adjusted(first ? kPanelPadding : kGap, 0, index.column() >= 0 ? -kGap : 0, 0);
    const auto place = [&option](const QRect& part) { return QStyle::visualRect(option.direction, option.rect, part); };
    const QVariant inkValue = index.data(CellInkRole);
    const QColor ink = inkValue.isValid() ? inkColor(static_cast<Ink>(inkValue.toInt())) : tokens.text;
    const int middle = content.center().y();
    if (const QVariant severity = index.data(CellSeverityRole); severity.isValid()) {
        drawSeverity(*painter, place({content.left(), middle - 5, kMark, kMark}),
            index.data(CellColorRole).value<QColor>(), static_cast<SeverityPattern>(severity.toInt()));
        content.setLeft(content.left() + kMark + kGap);
    }
    if (const QString iconName = index.data(CellIconRole).toString(); !iconName.isEmpty()) {
        drawPointing(*painter, iconName, place({content.left(), middle - 6, 14, 14}), ink, option.direction);
        content.setLeft(content.left() + 14 + 6);
    }
    const auto alignment = QStyle::visualAlignment(option.direction, option.displayAlignment) | Qt::AlignVCenter;
    const bool struck = index.data(CellStruckRole).toBool();
    const int used
        = drawText(*painter, place(content), option.text, TextRole::Body, ink, alignment, option.textElideMode);
    if (struck)
        painter->fillRect(place({content.left(), middle + 1, used, 1}), ink);
    const QString second = index.data(CellSecondTextRole).toString();
    if (!second.isEmpty()) {
        content.setLeft(content.left() + used + (second.startsWith(u',') ? 0 : 6));
        drawText(*painter, place(content), second, TextRole::Body, tokens.second, alignment);
    }
    painter->setOpacity(1);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
        blended(tokens.line, tokens.surface, 0.5));
    if (option.state & QStyle::State_HasFocus)
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &option, painter, option.widget);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width() + 2 * kGap, rowHeight()};
}

} // namespace vidimus::ui::widgets
