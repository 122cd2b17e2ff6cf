#include "ui/rights/territory_model.h"

#include "core/rights/territory.h"
#include "ui/rights/rights_texts.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/tokens.h"

#include <map>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

void TerritoryModel::setGroups(const std::vector<engine::TerritoryGroup>& groups)
{
    beginResetModel();
    m_entries = {{u"WORLD"_s, territoryName(u"WORLD"_s), tr("all countries")}};
    std::map<QString, const engine::TerritoryGroup*> newest;
    for (const engine::TerritoryGroup& group : groups) {
        const engine::TerritoryGroup*& kept = newest[group.name];
        if (!kept || kept->version < group.version)
            kept = &group;
    }
    for (const auto& [name, group] : newest) {
        if (name != u"WORLD")
            //: Of a territory group: how many countries it has, and its newest version.
            m_entries.push_back({name, name,
                tr("%n place(s), version %1", nullptr, static_cast<int>(group->members.size())).arg(group->version)});
    }
    std::vector<Entry> countries;
    for (int country = 0; country < engine::kCountryCodes; ++country) {
        if (!engine::assignedCountries().test(static_cast<std::size_t>(country)))
            continue;
        const QString code = engine::atomToText(static_cast<engine::TerritoryAtom>(country) << 16);
        countries.push_back({code, territoryName(code), code});
    }
    std::ranges::sort(
        countries, [](const Entry& a, const Entry& b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    m_entries.insert(m_entries.end(), countries.begin(), countries.end());
    refilter();
    endResetModel();
}

void TerritoryModel::refilter()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        const bool matches = m_filter.isEmpty() || entry.name.contains(m_filter, Qt::CaseInsensitive)
            || entry.code.startsWith(m_filter, Qt::CaseInsensitive);
        if (matches)
            m_shown.push_back(i);
    }
}

void TerritoryModel::setFilter(const QString& text)
{
    beginResetModel();
    m_filter = text.simplified();
    refilter();
    endResetModel();
}

void TerritoryModel::setExpression(const engine::TerritoryExpression& territory)
{
    if (territory == m_expression)
        return;
    m_expression = territory;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT changed();
}

TerritoryModel::Choice TerritoryModel::choiceOf(const QString& code) const
{
    return m_expression.include.contains(code) ? Choice::In
        : m_expression.exclude.contains(code)  ? Choice::Out
                                               : Choice::Silent;
}

void TerritoryModel::cycle(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const QString code = index.data(CodeRole).toString();
    engine::TerritoryExpression next = m_expression;
    next.include.removeAll(code);
    next.exclude.removeAll(code);
    switch (choiceOf(code)) {
    case Choice::Silent:
        next.include << code;
        break;
    case Choice::In:
        next.exclude << code;
        break;
    case Choice::Out:
        break;
    }
    setExpression(next);
}

int TerritoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant TerritoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry& entry = m_entries[m_shown[static_cast<std::size_t>(index.row())]];
    const Choice choice = choiceOf(entry.code);
    switch (role) {
    case Qt::DisplayRole:
        return entry.name;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return choice == Choice::In ? tr("%1, in").arg(entry.name)
            : choice == Choice::Out ? tr("%1, left out").arg(entry.name)
                                    : entry.name;
    case CellSecondTextRole:
        return entry.second;
    case CellIconRole:
        return choice == Choice::In ? u"check"_s : choice == Choice::Out ? u"forbidden"_s : u"stop"_s;
    case CellInkRole:
        return static_cast<int>(choice == Choice::In ? Ink::Accent : choice == Choice::Out ? Ink::Rejected : Ink::Text);
    case CodeRole:
        return entry.code;
    case ChoiceRole:
        return static_cast<int>(choice);
    default:
        return {};
    }
}

} // namespace vidimus::ui::rights
