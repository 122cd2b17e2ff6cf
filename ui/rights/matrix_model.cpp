#include "ui/rights/matrix_model.h"

#include "ui/rights/rights_texts.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/tokens.h"

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr std::size_t kMostBlocks = 32; // rows that are kept: a few screens of any size

std::vector<qsizetype> columnsOf(const WhereSource* source, const QStringList& wanted)
{
    std::vector<qsizetype> columns;
    for (const QString& place : wanted) {
        if (const qsizetype at = source ? source->places.indexOf(place) : -1; at >= 0)
            columns.push_back(at);
    }
    return columns;
}

} // namespace

CellLook lookOfCell(CellAnswer answer)
{
    switch (answer) {
    case CellAnswer::Live:
        return {MatrixModel::tr("Live"), u"check"_s, static_cast<int>(Ink::Passed)};
    case CellAnswer::Later:
        return {MatrixModel::tr("Not yet"), u"clock"_s, static_cast<int>(Ink::Info)};
    case CellAnswer::Ended:
        return {MatrixModel::tr("Ended"), u"minus"_s, static_cast<int>(Ink::Second)};
    case CellAnswer::Restricted:
        return {MatrixModel::tr("Restricted"), u"forbidden"_s, static_cast<int>(Ink::Rejected)};
    case CellAnswer::None:
        break;
    }
    return {MatrixModel::tr("No rights"), {}, static_cast<int>(Ink::Second)};
}

void MatrixModel::setSource(std::shared_ptr<const WhereSource> source)
{
    if (source == m_source)
        return;
    beginResetModel();
    m_source = std::move(source);
    m_blocks.clear();
    m_asked.clear();
    m_columns = columnsOf(m_source.get(), m_placesWanted);
    endResetModel();
}

void MatrixModel::setPlaces(const QStringList& places)
{
    if (places == m_placesWanted)
        return;
    beginResetModel();
    m_placesWanted = places;
    m_columns = columnsOf(m_source.get(), m_placesWanted);
    endResetModel();
}

void MatrixModel::forgetAnswers()
{
    m_asked.clear();
}

void MatrixModel::setRows(int first, std::vector<WhereRow> rows)
{
    if (rows.empty() || m_columns.empty() || first + std::ssize(rows) > rowCount())
        return;
    const int last = first + static_cast<int>(rows.size()) - 1;
    m_asked.insert(first);
    m_blocks[first] = std::move(rows);
    while (m_blocks.size() > kMostBlocks) { // the one that is farthest from what is looked at
        const auto away = std::abs(m_blocks.begin()->first - first) > std::abs(m_blocks.rbegin()->first - first)
            ? m_blocks.begin()
            : std::prev(m_blocks.end());
        m_asked.erase(away->first);
        m_blocks.erase(away);
    }
    Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
}

void MatrixModel::see(int first, int last)
{
    for (int block = std::max(0, first) / kBlock * kBlock; block <= std::min(last, rowCount() - 1); block += kBlock) {
        if (m_asked.insert(block).second)
            Q_EMIT rowsWanted(block, kBlock);
    }
}

bool MatrixModel::knows(int row) const
{
    return rowAt(row) != nullptr && m_asked.contains(row / kBlock * kBlock);
}

const WhereRow* MatrixModel::rowAt(int row) const
{
    const auto block = m_blocks.find(row / kBlock * kBlock);
    const auto at = static_cast<std::size_t>(row % kBlock);
    return block == m_blocks.end() || at >= block->second.size() ? nullptr : &block->second[at];
}

QModelIndex MatrixModel::indexOf(const TitleId& title, const QString& place) const
{
    if (!m_source)
        return {};
    const auto row = std::ranges::find(m_source->titles, title, &WhereTitle::id);
    const auto column = std::ranges::find(m_columns, m_source->places.indexOf(place));
    if (row == m_source->titles.end() || column == m_columns.end())
        return {};
    return index(static_cast<int>(row - m_source->titles.begin()), static_cast<int>(column - m_columns.begin()));
}

int MatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_source ? 0 : static_cast<int>(m_source->titles.size());
}

int MatrixModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const WhereTitle& title = m_source->titles[static_cast<std::size_t>(index.row())];
    const qsizetype at = m_columns[static_cast<std::size_t>(index.column())];
    if (role == TitleIdRole)
        return title.id.toString();
    if (role == PlaceRole)
        return m_source->places[at];
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignCenter);
    if (const WhereRow* row = rowAt(index.row()))
        return cellData(title, *row, at, role);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        //: Title; country; what it is there.
        return tr("%1; %2; %3").arg(title.name, territoryName(m_source->places[at]), tr("being worked out"));
    return role == CellInkRole ? QVariant(static_cast<int>(Ink::Second)) : QVariant();
}

QVariant MatrixModel::cellData(const WhereTitle& title, const WhereRow& row, qsizetype at, int role) const
{
    const auto place = static_cast<std::size_t>(at);
    const int live = row.live.empty() ? 0 : row.live[place];
    const CellLook look = lookOfCell(row.answers[place]);
    switch (role) {
    case CellInkRole:
        return look.ink;
    case CellIconRole:
        return title.container ? QString() : look.iconName;
    case Qt::DisplayRole:
        //: Of a series in the matrix: how many of its parts may be watched, of how many.
        return live > 0 ? tr("%1/%2").arg(live).arg(title.parts) : QString();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: {
        const QString name = territoryName(m_source->places[at]);
        if (title.container)
            //: "Season 2: 3 of 10 parts in Kazakhstan".
            return tr("%1: %2 of %3 parts in %4").arg(title.name).arg(live).arg(title.parts).arg(name);
        //: Title; country; what it is there.
        return tr("%1; %2; %3").arg(title.name, name, look.text);
    }
    default:
        return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal) {
        const QString code = m_source->places.value(m_columns[static_cast<std::size_t>(section)]);
        return role == Qt::DisplayRole                                  ? QVariant(code)
            : role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ? QVariant(territoryName(code))
                                                                        : QVariant();
    }
    const WhereTitle& title = m_source->titles[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return QString(title.depth * 3, u' ') + title.name;
    return role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ? QVariant(title.name) : QVariant();
}

} // namespace vidimus::ui::rights
