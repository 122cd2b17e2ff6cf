#pragma once

#include "core/base/cancel.h"
#include "core/rights/resolver.h"
#include "ui/rights/engine.h"

#include <QHash>

namespace vidimus::ui::rights {

/// What a visitor gets in one country.
enum class CellAnswer { None, Live, Later, Ended, Restricted };

/// As the visitor of a site with an offer at an instant; titles empty: all.
struct WhereQuestion {
    std::vector<TitleId> titles;
    QString site;
    QString offer;
    Instant at {};
    friend bool operator==(const WhereQuestion&, const WhereQuestion&) = default;
};

/// One title over all places, in the order of WhereAnswers::places.
struct WhereTitle {
    TitleId id;
    QString name;
    int depth = 0; ///< below its series
    int parts = 0; ///< of a container: playable titles below it; 0: not one
    std::vector<CellAnswer> answers;
    std::vector<int> live; ///< of a container: how many parts may be watched, by place
};

struct CountryShare {
    int live = 0;
    int total = 0;
    friend bool operator==(const CountryShare&, const CountryShare&) = default;
};

inline constexpr int kMostWhereTitles = 400; ///< more are counted, not asked about

struct WhereAnswers {
    WhereQuestion question;
    QStringList places; ///< countries assigned, and the subdivisions that rules name; sorted
    std::vector<WhereTitle> titles; ///< series before their parts
    QHash<QString, CountryShare> shares; ///< playable titles, by place
    int leftOut = 0; ///< titles beyond kMostWhereTitles
};

/// Asks the resolver about every title and place. Pure; any thread; returns early with what it has when canceled.
[[nodiscard]] WhereAnswers whereAnswers(const engine::Resolver& resolver, const engine::RuleSet& rules,
    const WhereQuestion& question, const CancelToken& cancel = {});
/// Places that the rules of these titles and of what they belong to grant or deny by name, groups taken apart, WORLD
/// left out; sorted.
[[nodiscard]] QStringList namedPlaces(const engine::RuleSet& rules, const std::vector<TitleId>& titles);

} // namespace vidimus::ui::rights
