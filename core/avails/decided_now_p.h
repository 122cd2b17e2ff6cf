#pragma once

#include "core/rights/grant_places.h"
#include "core/rights/resolver.h"

#include <QHash>

namespace vidimus::avails {

/// Asks at one instant which grants decide an answer. Holds the rules by reference; not for several threads at once.
class DecidedNow {
public:
    DecidedNow(const rights::RuleSet& rules, Instant now);

    /// Whether the grant gives the terms somewhere: on a title that plays, in a country, on a site, for an offer. One
    /// that takes orders alone is asked about orders.
    [[nodiscard]] bool by(const rights::Rule& grant) const;

private:
    [[nodiscard]] bool at(const rights::Rule& grant, const rights::Title& title) const;
    [[nodiscard]] bool below(const rights::Rule& grant, const rights::Title& title, int depth) const;

    const rights::RuleSet& m_rules;
    Instant m_now;
    rights::Resolver m_resolver;
    rights::GrantPlaces m_places;
    QHash<QString, const rights::Title*> m_titles;
    QMultiHash<QString, const rights::Title*> m_parts; // by the id of the title above
};

} // namespace vidimus::avails
