#include "ui/rights/rights_grid_view.h"

#include "ui/rights/rights_grid_delegate.h"
#include "ui/widgets/painting.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

namespace vidimus::ui::rights {

using namespace widgets;

namespace {

constexpr int kHeadHeight = 48;

} // namespace

RightsGridView::RightsGridView(RightsGridModel& model, QWidget* parent)
    : QTreeView(parent)
    , m_model(model)
{
    setUpTree(this);
    setItemDelegate(new RightsGridDelegate(this));
    setModel(&model);
    setAccessibleName(tr("Windows"));
    setRootIsDecorated(false);
    setIndentation(0);
    setAllColumnsShowFocus(false);
    setItemsExpandable(true);
    setExpandsOnDoubleClick(false);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(DoubleClicked);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setFixedHeight(kHeadHeight);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignBottom);
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(false);
    applyColumns();
    connect(this, &QTreeView::expanded, this, &RightsGridView::laidOut);
    connect(this, &QTreeView::collapsed, this, &RightsGridView::laidOut);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &RightsGridView::laidOut);
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        for (int row = 0; row < m_model.rowCount(); ++row)
            setFirstColumnSpanned(row, {}, true);
        expandAll();
        Q_EMIT laidOut();
    });
    connect(&model, &QAbstractItemModel::dataChanged, this, &RightsGridView::laidOut);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &RightsGridView::cursorMoved);
}

QModelIndex RightsGridView::currentWindow() const
{
    const QModelIndex index = currentIndex();
    return m_model.rowAt(index) ? index.siblingAtColumn(0) : QModelIndex();
}

const GridRow* RightsGridView::currentRow() const
{
    return m_model.rowAt(currentIndex());
}

std::vector<WindowId> RightsGridView::selectedWindows() const
{
    std::vector<WindowId> windows;
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, [](const QModelIndex& a, const QModelIndex& b) {
        return std::pair(a.parent().row(), a.row()) < std::pair(b.parent().row(), b.row());
    });
    for (const QModelIndex& index : rows) {
        const GridRow* row = m_model.rowAt(index);
        if (row && std::ranges::find(windows, row->rule.id) == windows.end()) // it may stand under two territories
            windows.push_back(row->rule.id);
    }
    return windows;
}

std::vector<WindowId> RightsGridView::editTargets(const WindowId& window) const
{
    std::vector<WindowId> selected = selectedWindows();
    const bool among = std::ranges::find(selected, window) != selected.end();
    return among ? selected : std::vector {window};
}

std::vector<WindowId> RightsGridView::windowsFromCursor() const
{
    std::vector<WindowId> windows;
    for (QModelIndex index = currentWindow(); const GridRow* row = m_model.rowAt(index);
        index = index.siblingAtRow(index.row() + 1)) {
        if (!row->removed)
            windows.push_back(row->rule.id);
    }
    return windows;
}

std::vector<GridRow> RightsGridView::selectedRows() const
{
    std::vector<GridRow> rows;
    for (const WindowId& window : selectedWindows())
        rows.push_back(*m_model.rowAt(m_model.indexOf(window)));
    return rows;
}

void RightsGridView::toggleGroups()
{
    bool anyOpen = false;
    for (int group = 0; group < m_model.rowCount(); ++group)
        anyOpen = anyOpen || isExpanded(m_model.index(group, 0));
    const QModelIndex group = currentIndex().parent().isValid() ? currentIndex().parent() : currentIndex();
    if (anyOpen) {
        setCurrentIndex(group.siblingAtColumn(0));
        collapseAll();
    } else {
        expandAll();
    }
    scrollTo(currentIndex());
    Q_EMIT laidOut();
}

void RightsGridView::setEdge(std::optional<Edge> edge)
{
    if (edge == m_edge)
        return;
    m_edge = edge;
    viewport()->update();
    Q_EMIT cursorMoved();
}

bool RightsGridView::isCursorAt(const QModelIndex& index) const
{
    return index == currentIndex() && !m_edge && index.parent().isValid();
}

Column RightsGridView::cursorColumn() const
{
    if (m_edge)
        return *m_edge == Edge::Start ? Column::Start : Column::End;
    return static_cast<Column>(std::max(0, currentIndex().column()));
}

void RightsGridView::showWindow(const WindowId& window, Column column)
{
    QModelIndex index = m_model.indexOf(window, column);
    if (!index.isValid())
        return;
    if (isColumnHidden(index.column()))
        index = index.siblingAtColumn(0);
    expand(index.parent());
    // Not setCurrentIndex(): that selects nothing while Ctrl of the key that led here is still held.
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

bool RightsGridView::editCursor()
{
    if (m_edge && !m_twin) {
        Q_EMIT edgeEditWanted(*m_edge);
        return true;
    }
    const QModelIndex index = currentIndex();
    if (!(index.flags() & Qt::ItemIsEditable))
        return false;
    QTreeView::edit(index);
    return true;
}

void RightsGridView::cancelEdit()
{
    if (QWidget* editor = indexWidget(currentIndex()); editor || isEditing()) {
        for (auto* line : viewport()->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (line->hasFocus())
                closeEditor(line, QAbstractItemDelegate::RevertModelCache);
        }
    }
    setFocus(Qt::OtherFocusReason);
}

std::vector<int> RightsGridView::shownColumns() const
{
    std::vector<int> columns;
    for (int column = 0; column < kColumnCount; ++column) {
        if (!isColumnHidden(column))
            columns.push_back(column);
    }
    return columns;
}

void RightsGridView::moveColumn(int step)
{
    const std::vector<int> columns = shownColumns();
    const int edges = m_twin ? 0 : 2;
    const auto at = std::ranges::find(columns, currentIndex().column());
    int place = m_edge ? static_cast<int>(columns.size()) + (*m_edge == Edge::End ? 1 : 0)
                       : static_cast<int>(at - columns.begin());
    place = std::clamp(place + step, 0, static_cast<int>(columns.size()) + edges - 1);
    if (place >= static_cast<int>(columns.size())) {
        setEdge(place == static_cast<int>(columns.size()) ? Edge::Start : Edge::End);
        return;
    }
    setEdge(std::nullopt);
    const QModelIndex to = currentIndex().siblingAtColumn(columns[static_cast<std::size_t>(place)]);
    selectionModel()->setCurrentIndex(to, QItemSelectionModel::NoUpdate);
    viewport()->update();
    Q_EMIT cursorMoved();
}

void RightsGridView::keyPressEvent(QKeyEvent* event)
{
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const bool forward = event->key() == (isRightToLeft() ? Qt::Key_Left : Qt::Key_Right);
    const bool back = event->key() == (isRightToLeft() ? Qt::Key_Right : Qt::Key_Left);
    if (plain && (forward || back) && currentIndex().isValid()) {
        if (currentIndex().parent().isValid())
            moveColumn(forward ? 1 : -1);
        else
            setExpanded(currentIndex().siblingAtColumn(0), forward);
        event->accept();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void RightsGridView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    viewport()->update();
    Q_EMIT cursorMoved();
}

void RightsGridView::mousePressEvent(QMouseEvent* event)
{
    setEdge(std::nullopt);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && !index.parent().isValid() && event->position().x() < 36) {
        const QModelIndex first = index.siblingAtColumn(0);
        setExpanded(first, !isExpanded(first));
        return;
    }
    QTreeView::mousePressEvent(event);
}

void RightsGridView::setTableTwin(bool twin)
{
    m_twin = twin;
    m_edge.reset();
    applyColumns();
}

void RightsGridView::setNarrow(bool narrow)
{
    m_narrow = narrow;
    applyColumns();
}

void RightsGridView::applyColumns()
{
    for (const Column column : {Column::Start, Column::End, Column::Sites})
        setColumnHidden(static_cast<int>(column), !m_twin);
    setColumnHidden(static_cast<int>(Column::Contract), m_narrow && !m_twin);
    const auto width = [this](Column column, int pixels) { setColumnWidth(static_cast<int>(column), pixels); };
    header()->setStretchLastSection(true);
    width(Column::Territory, m_twin ? 260 : m_narrow ? 150 : 176);
    width(Column::Right, m_twin ? 240 : m_narrow ? 120 : 136);
    width(Column::Contract, m_twin ? 120 : 80);
    width(Column::State, m_twin ? 220 : 168);
    width(Column::Start, 180);
    width(Column::End, 220);
    if (const QModelIndex at = currentIndex(); at.isValid() && isColumnHidden(at.column()))
        selectionModel()->setCurrentIndex(at.siblingAtColumn(0), QItemSelectionModel::NoUpdate);
    Q_EMIT laidOut();
}

void RightsGridView::forEachShownRow(const std::function<void(const QModelIndex&, QRect)>& use) const
{
    const int bottom = viewport()->height();
    for (QModelIndex index = indexAt(QPoint(1, 0)).siblingAtColumn(0); index.isValid(); index = indexBelow(index)) {
        const QRect rect = visualRect(index);
        if (rect.top() >= bottom)
            return;
        use(index, rect);
    }
}

void RightsGridView::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    Q_EMIT laidOut();
}

} // namespace vidimus::ui::rights
