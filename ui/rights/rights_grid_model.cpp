#include "ui/rights/rights_grid_model.h"

#include "ui/rights/rights_texts.h"
#include "ui/widgets/table_helpers.h"

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

bool RightsGridModel::hasSameShape(const std::vector<GridGroup>& groups) const
{
    return std::ranges::equal(groups, m_groups, [](const GridGroup& a, const GridGroup& b) {
        return a.key == b.key && std::ranges::equal(a.rows, b.rows, [](const GridRow& x, const GridRow& y) {
            return x.rule.id == y.rule.id;
        });
    });
}

void RightsGridModel::setGroups(std::vector<GridGroup> groups, Grouping grouping)
{
    if (grouping != m_grouping || !hasSameShape(groups)) {
        beginResetModel();
        m_grouping = grouping;
        m_groups = std::move(groups);
        endResetModel();
        return;
    }
    m_groups = std::move(groups);
    if (m_groups.empty())
        return;
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex parent = index(group, 0);
        const int rows = rowCount(parent);
        if (rows > 0)
            Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, kColumnCount - 1, parent));
    }
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
}

const GridRow* RightsGridModel::rowAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &m_groups[index.internalId() - 1].rows[static_cast<std::size_t>(index.row())];
}

const GridGroup* RightsGridModel::groupAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    const auto at = index.internalId() ? index.internalId() - 1 : static_cast<quintptr>(index.row());
    return &m_groups[at];
}

QModelIndex RightsGridModel::indexOf(const WindowId& window, Column column) const
{
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        const auto& rows = m_groups[group].rows;
        const auto found = std::ranges::find_if(rows, [&window](const GridRow& row) { return row.rule.id == window; });
        if (found != rows.end())
            return index(
                static_cast<int>(found - rows.begin()), static_cast<int>(column), index(static_cast<int>(group), 0));
    }
    return {};
}

int RightsGridModel::windowCount() const
{
    std::size_t count = 0;
    for (const GridGroup& group : m_groups)
        count += group.rows.size();
    return static_cast<int>(count);
}

QModelIndex RightsGridModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : quintptr(0));
}

QModelIndex RightsGridModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr(0));
}

int RightsGridModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].rows.size());
}

int RightsGridModel::columnCount(const QModelIndex&) const
{
    return kColumnCount;
}

QVariant RightsGridModel::groupData(const GridGroup& group, int column, int role) const
{
    if (column == 0 && role == TitleIdRole)
        return group.title.toString();
    if (role == Qt::AccessibleTextRole)
        return tr("%1, %n window(s)", nullptr, static_cast<int>(group.rows.size())).arg(group.name);
    if (role != Qt::DisplayRole)
        return {};
    if (column == static_cast<int>(Column::Territory))
        return group.name;
    if (column == static_cast<int>(Column::State))
        return group.parts > 0 ? tr("%n part(s)", nullptr, group.parts)
                               : tr("%n window(s)", nullptr, static_cast<int>(group.rows.size()));
    return {};
}

QVariant RightsGridModel::rowData(const GridRow& row, Column column, int role) const
{
    switch (role) {
    case WindowIdRole:
        return row.rule.id.toString();
    case TitleIdRole:
        return row.rule.scope.toString();
    case Qt::EditRole:
        return editText(row.rule, column);
    case CellStruckRole:
        return row.removed;
    case CodeRole:
        return column == Column::Territory ? territoryCode(row.rule.territory) : QVariant();
    default:
        break;
    }
    const bool isText = role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
    if (column == Column::State) {
        const StateLook look
            = row.removed ? StateLook {tr("Removed by the plan"), u"minus"_s, Ink::Accent} : lookOf(row.state);
        return isText              ? QVariant(look.text)
            : role == CellIconRole ? QVariant(look.iconName)
            : role == CellInkRole  ? QVariant(static_cast<int>(look.ink))
                                   : QVariant();
    }
    if (role == CellInkRole && column == Column::Contract)
        return static_cast<int>(Ink::Second);
    if (!isText)
        return {};
    switch (column) {
    case Column::Territory:
        return m_grouping == Grouping::Title ? territoryNames(row.rule.territory) : row.title;
    case Column::Right:
        return rightText(row.rule);
    case Column::Contract:
        return row.rule.effect == engine::Effect::Deny ? restrictionText(row.rule.kind) : row.rule.deal.toString();
    case Column::Start:
        return startText(row.rule.window.start);
    case Column::End:
        return endText(row.rule.window.end);
    case Column::Sites:
        return namesText(row.rule.sites);
    case Column::State:
        break;
    }
    return {};
}

QVariant RightsGridModel::data(const QModelIndex& index, int role) const
{
    if (const GridRow* row = rowAt(index))
        return rowData(*row, static_cast<Column>(index.column()), role);
    const GridGroup* group = groupAt(index);
    return group ? groupData(*group, index.column(), role) : QVariant();
}

QVariant RightsGridModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= kColumnCount)
        return {};
    if (section == static_cast<int>(Column::Territory) && m_grouping != Grouping::Title)
        return tr("Territory, title");
    return columnTitle(static_cast<Column>(section));
}

Qt::ItemFlags RightsGridModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const GridRow* row = rowAt(index);
    const auto column = static_cast<Column>(index.column());
    if (!row)
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const bool denyDeal = row->rule.effect == engine::Effect::Deny && column == Column::Contract;
    const bool editable = column != Column::State && !row->removed && !denyDeal;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
        | (editable ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool RightsGridModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const GridRow* row = rowAt(index);
    if (!row || role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const auto column = static_cast<Column>(index.column());
    if (value.toString().simplified() == editText(row->rule, column))
        return true;
    const WindowId window = row->rule.id; // the answer may replace the rows
    Q_EMIT edited(window, column, value.toString());
    return true;
}

} // namespace vidimus::ui::rights
