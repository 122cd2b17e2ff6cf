#pragma once

#include "core/rights/grant_places.h"
#include "core/rights/licensors.h"
#include "core/rights/territory.h"

namespace vidimus::avails {

/// Which grants a calendar, a sheet or a report holds. Empty members do not narrow.
struct GrantFilter {
    QString licensor; ///< of the grant (rights::Licensors)
    QString territory; ///< "FR", "CA-QC": grants that hold there, also by a group or the world; else a name as written
    rights::Window period; ///< a grant counts when its window meets this one
};

/// Picks the grants of one rule set that a filter lets through. One thread at a time.
class GrantSieve {
public:
    GrantSieve(const rights::RuleSet& rules, GrantFilter filter);

    /// Whether an approved or pending grant passes; a restriction never does.
    [[nodiscard]] bool lets(const rights::Rule& rule) const;
    [[nodiscard]] const rights::Licensors& licensors() const { return m_licensors; }

private:
    [[nodiscard]] bool holdsThere(const rights::TerritoryExpression& territory) const;

    GrantFilter m_filter;
    rights::Licensors m_licensors;
    rights::GrantPlaces m_places;
    std::optional<rights::Place> m_place; ///< of the filter, where it is a country or a part of one
};

} // namespace vidimus::avails
