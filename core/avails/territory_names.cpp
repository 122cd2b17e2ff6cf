#include "core/avails/territory_names.h"

namespace vidimus::avails {

using namespace Qt::StringLiterals;

TerritoryNames::TerritoryNames(const rights::RuleSet& rules)
{
    QHash<QString, int> newest;
    for (const rights::TerritoryGroup& group : rules.groups) {
        m_groups.insert(group.name + u'@' + QString::number(group.version), group.members);
        if (group.version < newest.value(group.name, 0))
            continue;
        newest.insert(group.name, group.version);
        m_groups.insert(group.name, group.members);
    }
}

QStringList TerritoryNames::spelledOut(const QStringList& names) const
{
    QStringList codes;
    for (const QString& name : names)
        codes += m_groups.value(name, {name});
    codes.removeDuplicates();
    return codes;
}

rights::TerritoryExpression TerritoryNames::spelledOut(const rights::TerritoryExpression& territory) const
{
    return {.include = spelledOut(territory.include), .exclude = spelledOut(territory.exclude)};
}

bool TerritoryNames::areSame(const rights::TerritoryExpression& a, const rights::TerritoryExpression& b) const
{
    rights::TerritoryExpression one = spelledOut(a), other = spelledOut(b);
    for (QStringList* codes : {&one.include, &one.exclude, &other.include, &other.exclude})
        codes->sort();
    return one == other;
}

} // namespace vidimus::avails
