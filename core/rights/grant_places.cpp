#include "core/rights/grant_places.h"

#include "core/rights/territory_set_builder_p.h"

#include <algorithm>

namespace vidimus::rights {

void PlaceUnion::add(const TerritorySet& places)
{
    m_countries |= places.countries();
    m_subdivisions.insert(places.addedSubdivisions().begin(), places.addedSubdivisions().end());
}

void PlaceUnion::add(const PlaceUnion& places)
{
    m_countries |= places.m_countries;
    m_subdivisions.insert(places.m_subdivisions.begin(), places.m_subdivisions.end());
}

bool PlaceUnion::has(TerritoryAtom place) const
{
    return m_countries.test(static_cast<std::size_t>(countryOf(place)))
        || (isSubdivision(place) && m_subdivisions.contains(place));
}

GrantPlaces::GrantPlaces(const RuleSet& rules)
    : m_builder(std::make_unique<TerritorySetBuilder>(rules))
{
}

GrantPlaces::~GrantPlaces() = default;

TerritorySet GrantPlaces::of(const TerritoryExpression& expression) const
{
    return m_builder->build(expression, Effect::Allow);
}

std::optional<TerritoryExpression> GrantPlaces::without(
    const TerritoryExpression& expression, const PlaceUnion& taken) const
{
    const TerritorySet all = of(expression);
    const auto inside = [&all](TerritoryAtom atom) {
        Place place {.country = countryOf(atom), .subdivision = kNoAtom};
        if (isSubdivision(atom))
            place.subdivision = atom;
        return all.contains(place);
    };
    std::vector<TerritoryAtom> gone; // whole countries first, then subdivisions
    const auto countries = all.countries() & taken.countries();
    for (int country = 0; country < kCountryCodes; ++country) {
        if (countries.test(static_cast<std::size_t>(country)))
            gone.push_back(static_cast<TerritoryAtom>(country) << 16);
    }
    for (const TerritoryAtom atom : all.addedSubdivisions()) {
        if (taken.has(atom))
            gone.push_back(atom);
    }
    for (const TerritoryAtom atom : taken.subdivisions()) {
        const bool apart = !countries.test(static_cast<std::size_t>(countryOf(atom)));
        if (apart && inside(atom) && std::ranges::find(gone, atom) == gone.end())
            gone.push_back(atom);
    }
    if (gone.empty())
        return std::nullopt;
    const bool someStay = (all.countries() & ~taken.countries()).any()
        || std::ranges::any_of(all.addedSubdivisions(), [&taken](TerritoryAtom atom) { return !taken.has(atom); });
    if (!someStay)
        return TerritoryExpression {};
    TerritoryExpression rest = expression;
    QStringList names;
    for (const TerritoryAtom atom : gone)
        names.append(atomToText(atom));
    rest.include.removeIf([&names](const QString& name) { return names.contains(name); });
    const TerritorySet left = of(rest);
    for (const TerritoryAtom atom : gone) { // a group or a whole country brings it in again
        const bool back = isSubdivision(atom) ? left.contains({.country = countryOf(atom), .subdivision = atom})
                                              : left.countries().test(static_cast<std::size_t>(countryOf(atom)));
        const QString name = atomToText(atom);
        if (back && !rest.exclude.contains(name))
            rest.exclude.append(name);
    }
    return rest;
}

} // namespace vidimus::rights
