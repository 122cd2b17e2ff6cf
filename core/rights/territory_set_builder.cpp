#include "core/rights/territory_set_builder_p.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

TerritorySetBuilder::TerritorySetBuilder(const RuleSet& rules)
{
    QHash<QString, int> newest;
    for (const TerritoryGroup& group : rules.groups) {
        m_groups.insert(group.name + u'@' + QString::number(group.version), group.members);
        if (group.version >= newest.value(group.name, 0)) {
            newest.insert(group.name, group.version);
            m_groups.insert(group.name, group.members);
        }
    }
}

TerritorySetBuilder::Places TerritorySetBuilder::collect(const QStringList& names, bool worldIsTotal) const
{
    Places places;
    const auto add = [&places](const QString& code) {
        const TerritoryAtom atom = atomFromText(code);
        if (atom == kNoAtom)
            return;
        if (isSubdivision(atom))
            places.subdivisions.push_back(atom);
        else
            places.countries.set(static_cast<std::size_t>(countryOf(atom)));
    };
    for (const QString& name : names) {
        if (name == u"WORLD" && worldIsTotal) {
            places.countries.set();
        } else if (const auto group = m_groups.constFind(name); group != m_groups.constEnd()) {
            for (const QString& member : *group)
                add(member);
        } else if (name == u"WORLD") {
            places.countries |= assignedCountries();
        } else {
            add(name);
        }
    }
    std::sort(places.subdivisions.begin(), places.subdivisions.end());
    places.subdivisions.erase(
        std::unique(places.subdivisions.begin(), places.subdivisions.end()), places.subdivisions.end());
    return places;
}

TerritorySet TerritorySetBuilder::build(const TerritoryExpression& expression, Effect effect) const
{
    const Places in = collect(expression.include, effect == Effect::Deny);
    const Places out = collect(expression.exclude, false);
    const auto excluded = [&out](TerritoryAtom atom) {
        return out.countries.test(static_cast<std::size_t>(countryOf(atom)))
            || std::binary_search(out.subdivisions.begin(), out.subdivisions.end(), atom);
    };
    TerritorySet set;
    set.m_countries = in.countries & ~out.countries;
    for (const TerritoryAtom atom : in.subdivisions) {
        if (!set.m_countries.test(static_cast<std::size_t>(countryOf(atom))) && !excluded(atom))
            set.m_added.push_back(atom);
    }
    for (const TerritoryAtom atom : out.subdivisions) {
        if (set.m_countries.test(static_cast<std::size_t>(countryOf(atom))))
            set.m_removed.push_back(atom);
    }
    return set;
}

} // namespace vidimus::rights
