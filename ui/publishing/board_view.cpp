#include "ui/publishing/board_view.h"

#include "ui/publishing/card_delegate.h"
#include "ui/publishing/card_model.h"
#include "ui/publishing/words.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QScrollBar>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;

BoardView::BoardView(Thumbnails& thumbnails, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Publish board"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    for (std::size_t i = 0; i < kBoardColumns; ++i)
        layout->addWidget(makeColumn(static_cast<BoardColumn>(i), thumbnails), 1);
}

QWidget* BoardView::makeColumn(BoardColumn which, Thumbnails& thumbnails)
{
    Column& column = m_columns[static_cast<std::size_t>(which)];
    column.box = new QWidget(this);
    auto* layout = new QVBoxLayout(column.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    head->setSpacing(kGap);
    auto* title = new TextLabel(columnTitle(which), TextRole::BodyStrong, Ink::Text, column.box);
    title->setFixedHeight(kHeaderHeight);
    title->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    column.count = new TextLabel({}, TextRole::LabelPlain, Ink::Second, column.box);
    head->addWidget(title);
    head->addWidget(column.count, 1);
    layout->addLayout(head);

    column.model = new CardModel(thumbnails, this);
    column.list = new QListView(column.box);
    setUpList(column.list);
    column.list->setItemDelegate(new CardDelegate(column.list));
    column.list->setModel(column.model);
    column.list->setAccessibleName(columnTitle(which));
    column.list->viewport()->setAutoFillBackground(false);
    column.list->setContextMenuPolicy(Qt::NoContextMenu);
    column.list->setFocusPolicy(Qt::ClickFocus);
    column.list->installEventFilter(this);
    layout->addWidget(column.list, 1);
    const auto place = static_cast<std::size_t>(which);
    connect(column.list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this, place](const QModelIndex& current) {
            if (current.isValid() && !m_isChoosing)
                choose(place, current.row());
        });
    return column.box;
}

void BoardView::setColumns(BoardColumns columns)
{
    const bool hadFocus = focusList() && focusList()->hasFocus();
    for (std::size_t i = 0; i < kBoardColumns; ++i) {
        m_isChoosing = true;
        m_columns[i].model->setCards(std::move(columns[i]));
        m_isChoosing = false;
        const int count = m_columns[i].model->rowCount();
        const bool newest = static_cast<BoardColumn>(i) == BoardColumn::Live && count > 1;
        m_columns[i].count->setText(newest ? tr("%1, newest first").arg(countText(count)) : countText(count));
    }
    if (!select(m_selected)) {
        for (std::size_t i = 0; i < kBoardColumns; ++i) {
            // What is blocked needs the person most, then what can go out.
            constexpr std::array kOrder {1, 2, 0, 3, 4};
            const auto column = static_cast<std::size_t>(kOrder[i]);
            if (m_columns[column].model->rowCount() > 0) {
                choose(column, 0);
                break;
            }
        }
    }
    if (hadFocus)
        focusList()->setFocus(Qt::OtherFocusReason);
}

bool BoardView::select(const TitleId& title)
{
    for (std::size_t i = 0; i < kBoardColumns; ++i) {
        const int row = m_columns[i].model->rowOf(title);
        if (row < 0)
            continue;
        choose(i, row);
        return true;
    }
    return false;
}

void BoardView::choose(std::size_t column, int row)
{
    m_isChoosing = true;
    for (std::size_t i = 0; i < kBoardColumns; ++i) {
        QListView* list = m_columns[i].list;
        list->setFocusPolicy(i == column ? Qt::StrongFocus : Qt::ClickFocus);
        if (i != column) {
            list->selectionModel()->clear();
            continue;
        }
        const QModelIndex index = m_columns[i].model->index(row);
        if (list->currentIndex() != index || !list->selectionModel()->isSelected(index))
            list->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    }
    m_isChoosing = false;
    const TitleId title = m_columns[column].model->card(row).title;
    if (title == m_selected)
        return;
    m_selected = title;
    Q_EMIT titleSelected(title);
}

std::size_t BoardView::columnOfSelected() const
{
    for (std::size_t i = 0; i < kBoardColumns; ++i) {
        if (m_columns[i].model->rowOf(m_selected) >= 0)
            return i;
    }
    return 0;
}

QWidget* BoardView::focusList() const
{
    return m_columns[columnOfSelected()].list;
}

int BoardView::count(BoardColumn column) const
{
    return m_columns[static_cast<std::size_t>(column)].model->rowCount();
}

void BoardView::moveAcross(std::size_t from, int step)
{
    const Column& here = m_columns[from];
    const int height = here.list->visualRect(here.list->currentIndex()).center().y();
    for (auto to = static_cast<int>(from) + step; to >= 0 && to < static_cast<int>(kBoardColumns); to += step) {
        const Column& there = m_columns[static_cast<std::size_t>(to)];
        const int rows = there.model->rowCount();
        if (rows == 0)
            continue;
        const QModelIndex level = there.list->indexAt(QPoint(there.list->viewport()->width() / 2, height));
        choose(static_cast<std::size_t>(to), level.isValid() ? level.row() : rows - 1);
        there.list->setFocus(Qt::TabFocusReason);
        return;
    }
}

bool BoardView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const auto found = std::ranges::find(m_columns, watched, &Column::list);
    if (found == m_columns.end() || key->modifiers() != Qt::NoModifier)
        return false;
    const auto column = static_cast<std::size_t>(found - m_columns.begin());
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    switch (key->key()) {
    case Qt::Key_Left:
        moveAcross(column, mirrored ? 1 : -1);
        return true;
    case Qt::Key_Right:
        moveAcross(column, mirrored ? -1 : 1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT fixWanted();
        return true;
    default:
        return false;
    }
}

void BoardView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.window);
    for (std::size_t i = 1; i < kBoardColumns; ++i) {
        const QRect box = m_columns[i].box->geometry();
        const int x = layoutDirection() == Qt::RightToLeft ? box.right() + 1 : box.left() - 1;
        painter.fillRect(QRect(x, 0, 1, height()), tokens.line);
    }
}

} // namespace vidimus::ui::publishing
