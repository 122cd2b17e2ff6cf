#pragma once

#include <QStyledItemDelegate>

class QTableView;
class QTreeView;
class QListView;

namespace vidimus::ui::widgets {

/// Our way to show a table: no grid but 1 px row lines, rows 28, whole-row selection, left-aligned thin header.
void setUpTable(QTableView* view);
void setUpTree(QTreeView* view);
void setUpList(QListView* view);

/// Roles that CellDelegate reads besides the usual.
enum CellRole {
    CellInkRole = Qt::UserRole + 101, ///< int of Ink for the text
    CellIconRole, ///< icon name, drawn in the cell's ink
    CellSecondTextRole, ///< follows the text in second ink
    CellStruckRole, ///< bool: struck through
    CellSeverityRole, ///< int of SeverityPattern; with CellColorRole, a 10 px mark before the text
    CellColorRole, ///< QColor
};

/// Paints a cell with the roles above, the selection bar only in the first column.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace vidimus::ui::widgets
