#include "ui/rights/cell_table_model.h"

#include "ui/widgets/table_helpers.h"

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

CellTableModel::CellTableModel(QStringList headings, QObject* parent)
    : QAbstractTableModel(parent)
    , m_headings(std::move(headings))
{
}

void CellTableModel::setRows(std::vector<TableRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QString CellTableModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].id : QString();
}

QString CellTableModel::textAt(int row, int column) const
{
    return index(row, column).data().toString();
}

int CellTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CellTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_headings.size());
}

QVariant CellTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto& cells = m_rows[static_cast<std::size_t>(index.row())].cells;
    if (static_cast<std::size_t>(index.column()) >= cells.size())
        return {};
    const TableCell& cell = cells[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return cell.text;
    case Qt::AccessibleTextRole:
        return cell.spoken.isEmpty() ? cell.text : cell.spoken;
    case Qt::TextAlignmentRole:
        return static_cast<int>((cell.atEnd ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case CellInkRole:
        return cell.ink ? QVariant(static_cast<int>(*cell.ink)) : QVariant();
    case CellIconRole:
        return cell.iconName;
    case CellSecondTextRole:
        return cell.second;
    case CellStruckRole:
        return cell.struck;
    default:
        return {};
    }
}

QVariant CellTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return m_headings.value(section);
}

} // namespace vidimus::ui::rights
