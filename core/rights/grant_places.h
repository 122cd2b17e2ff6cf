#pragma once

#include "core/rights/rule_set.h"
#include "core/rights/territory.h"

#include <memory>
#include <set>

namespace vidimus::rights {

class TerritorySetBuilder;

/// Places that several grants speak of together.
class PlaceUnion {
public:
    void add(const TerritorySet& places);
    void add(const PlaceUnion& places);
    [[nodiscard]] bool has(TerritoryAtom place) const;
    [[nodiscard]] const std::bitset<kCountryCodes>& countries() const { return m_countries; }
    [[nodiscard]] const std::set<TerritoryAtom>& subdivisions() const { return m_subdivisions; }

private:
    std::bitset<kCountryCodes> m_countries;
    std::set<TerritoryAtom> m_subdivisions;
};

/// Territory expressions of grants taken apart, country by country, against the groups of one rule set. Any thread.
class GrantPlaces {
public:
    explicit GrantPlaces(const RuleSet& rules);
    ~GrantPlaces();
    Q_DISABLE_COPY_MOVE(GrantPlaces)

    [[nodiscard]] TerritorySet of(const TerritoryExpression& expression) const;
    /// \a expression without the places of \a taken: nothing when none of them is in it; an expression without includes
    /// when nothing is left. A name of a group stays, and what is taken from it is excluded.
    [[nodiscard]] std::optional<TerritoryExpression> without(
        const TerritoryExpression& expression, const PlaceUnion& taken) const;

private:
    std::unique_ptr<TerritorySetBuilder> m_builder; // its header is private to this module
};

} // namespace vidimus::rights
