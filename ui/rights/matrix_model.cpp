#include "ui/rights/matrix_model.h"

#include "ui/rights/rights_texts.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/tokens.h"

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

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

void MatrixModel::setAnswers(const WhereAnswers& answers, const QStringList& places)
{
    beginResetModel();
    m_answers = answers;
    m_columns.clear();
    for (const QString& place : places) {
        if (const qsizetype at = answers.places.indexOf(place); at >= 0)
            m_columns.push_back(at);
    }
    endResetModel();
}

QModelIndex MatrixModel::indexOf(const TitleId& title, const QString& place) const
{
    const auto row = std::ranges::find(m_answers.titles, title, &WhereTitle::id);
    const auto column = std::ranges::find(m_columns, m_answers.places.indexOf(place));
    if (row == m_answers.titles.end() || column == m_columns.end())
        return {};
    return index(static_cast<int>(row - m_answers.titles.begin()), static_cast<int>(column - m_columns.begin()));
}

int MatrixModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_answers.titles.size());
}

int MatrixModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant MatrixModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const WhereTitle& title = m_answers.titles[static_cast<std::size_t>(index.row())];
    const qsizetype at = m_columns[static_cast<std::size_t>(index.column())];
    const auto place = static_cast<std::size_t>(at);
    const QString name = territoryName(m_answers.places[at]);
    const CellLook look = lookOfCell(title.answers[place]);
    switch (role) {
    case TitleIdRole:
        return title.id.toString();
    case PlaceRole:
        return m_answers.places[at];
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignCenter);
    case CellInkRole:
        return title.parts == 0 || title.live[place] > 0 ? look.ink : static_cast<int>(Ink::Second);
    case CellIconRole:
        return title.parts > 0 ? QString() : look.iconName;
    case Qt::DisplayRole:
        //: Of a series in the matrix: how many of its parts may be watched, of how many.
        return title.parts > 0 && title.live[place] > 0 ? tr("%1/%2").arg(title.live[place]).arg(title.parts)
                                                        : QString();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        if (title.parts > 0)
            //: "Season 2: 3 of 10 parts in Kazakhstan".
            return tr("%1: %2 of %3 parts in %4").arg(title.name).arg(title.live[place]).arg(title.parts).arg(name);
        //: Title; country; what it is there.
        return tr("%1; %2; %3").arg(title.name, name, look.text);
    default:
        return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal) {
        const QString code = m_answers.places.value(m_columns[static_cast<std::size_t>(section)]);
        return role == Qt::DisplayRole                                  ? QVariant(code)
            : role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ? QVariant(territoryName(code))
                                                                        : QVariant();
    }
    const WhereTitle& title = m_answers.titles[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return QString(title.depth * 3, u' ') + title.name;
    return role == Qt::ToolTipRole || role == Qt::AccessibleTextRole ? QVariant(title.name) : QVariant();
}

} // namespace vidimus::ui::rights
