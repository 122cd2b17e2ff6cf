#pragma once

#include "core/base/cancel.h"
#include "core/rights/resolver.h"
#include "ui/rights/engine.h"

#include <map>

namespace vidimus::ui::rights {

/// A country in which something changes at an instant, and for how many of the titles.
struct CountryChange {
    QString country;
    int titles = 0;
    friend bool operator==(const CountryChange&, const CountryChange&) = default;
};

/// Where titles may be watched at an instant, by the resolver's answers for any site and offer that rules name.
struct LiveAt {
    Instant at {};
    QStringList live; ///< sorted
    std::vector<CountryChange> dark; ///< stop at this very instant
    std::vector<CountryChange> starts;
    std::optional<Instant> nextDark; ///< the next instant at which one stops
    std::vector<CountryChange> darkNext;
    std::optional<Instant> nextStart;
    std::vector<CountryChange> startsNext;
};

/// What there is to ask about one title.
struct TitleQuestions {
    TitleId title;
    QStringList places;
    std::vector<std::pair<QString, QString>> offers; ///< site, offer
};
/// What rules leave to ask about titles, worked out once for all instants.
struct LiveQuestions {
    std::vector<TitleQuestions> titles;
    std::map<Instant, std::vector<std::size_t>> changes; ///< when an answer can change, and of which titles
};
/// \a titles empty: all. Pure; any thread.
[[nodiscard]] LiveQuestions liveQuestions(const engine::RuleSet& rules, const std::vector<TitleId>& titles);

/// Pure; any thread; returns early with what it has when canceled.
[[nodiscard]] LiveAt liveAt(
    const engine::Resolver& resolver, const LiveQuestions& questions, Instant at, const CancelToken& cancel = {});
/// Every instant at which an answer can change, sorted. Pure; any thread.
[[nodiscard]] std::vector<Instant> changeInstants(const LiveQuestions& questions);
/// Countries and subdivisions that a territory expression speaks of, groups taken apart; WORLD is every country.
[[nodiscard]] QStringList placesOf(const engine::TerritoryExpression& territory, const engine::RuleSet& rules);

} // namespace vidimus::ui::rights
