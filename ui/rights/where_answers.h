#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/rights/resolver.h"
#include "core/workbench/compiled_rights.h"
#include "ui/rights/engine.h"
#include "ui/rights/where_titles.h"

#include <QHash>

namespace vidimus::ui::rights {

/// What a visitor gets in one country.
enum class CellAnswer { None, Live, Later, Ended, Restricted };

/// As the visitor of a site with an offer at an instant.
struct WhereQuestion {
    QString site;
    QString offer;
    Instant at {};
    friend bool operator==(const WhereQuestion&, const WhereQuestion&) = default;
};

struct CountryShare {
    int live = 0;
    int total = 0;
    friend bool operator==(const CountryShare&, const CountryShare&) = default;
};

/// What map and matrix are made from, for as long as rules and titles shown stay the same. Counts come from the
/// compiled rules, so that a hundred thousand titles are no more than one walk; reasons of single cells from the
/// resolver. Immutable; any thread.
struct WhereSource {
    std::shared_ptr<const engine::RuleSet> rules; // shared with tasks, as are the next two
    std::shared_ptr<const engine::Resolver> resolver;
    std::shared_ptr<const workbench::CompiledRights> compiled;
    std::vector<TitleId> shown; ///< empty: all
    std::vector<WhereTitle> titles;
    QStringList places; ///< countries assigned, and the subdivisions that rules name; sorted
    QStringList named; ///< namedPlaces() of the titles shown
    int playable = 0; ///< of the titles
};

/// \a compiled: of the same rules, or null, then they are compiled here. Errors: Canceled, LimitExceeded.
[[nodiscard]] Result<std::shared_ptr<const WhereSource>> whereSource(std::shared_ptr<const engine::RuleSet> rules,
    std::shared_ptr<const engine::Resolver> resolver, std::shared_ptr<const workbench::CompiledRights> compiled,
    const std::vector<TitleId>& shown, const CancelToken& cancel = {});

/// How many of the playable titles may be watched, by place. Pure; any thread; returns early when canceled.
[[nodiscard]] QHash<QString, CountryShare> whereShares(
    const WhereSource& source, const WhereQuestion& question, const CancelToken& cancel = {});

/// One title over all places, in the order of WhereSource::places.
struct WhereRow {
    std::vector<CellAnswer> answers; ///< of a container: Live or None
    std::vector<int> live; ///< of a container: how many parts may be watched
};
/// Rows first … first + count of the titles, fewer at the end. Pure; any thread; returns early when canceled.
[[nodiscard]] std::vector<WhereRow> whereRows(const WhereSource& source, const WhereQuestion& question,
    std::size_t first, std::size_t count, const CancelToken& cancel = {});

/// Places that the rules of these titles and of what they belong to grant or deny by name, groups taken apart, WORLD
/// left out; sorted.
[[nodiscard]] QStringList namedPlaces(const engine::RuleSet& rules, const std::vector<TitleId>& titles);

} // namespace vidimus::ui::rights
