#include "ui/rights/where_answers.h"

#include "core/rights/territory.h"
#include "ui/rights/live_at.h"

#include <algorithm>
#include <set>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxDepth = 16; // of series above a title

CellAnswer answerOf(const engine::Answer& answer)
{
    if (answer.available)
        return CellAnswer::Live;
    switch (answer.reason) {
    case engine::Reason::Takedown:
    case engine::Reason::Regulatory:
    case engine::Reason::Blackout:
    case engine::Reason::Holdback:
    case engine::Reason::Embargo:
    case engine::Reason::Rating:
        return CellAnswer::Restricted;
    case engine::Reason::NotYet:
        return CellAnswer::Later;
    case engine::Reason::Expired:
        return CellAnswer::Ended;
    default:
        return CellAnswer::None;
    }
}

QStringList allPlaces(const engine::RuleSet& rules)
{
    std::set<QString> places;
    for (int country = 0; country < engine::kCountryCodes; ++country) {
        if (engine::assignedCountries().test(static_cast<std::size_t>(country)))
            places.insert(engine::atomToText(static_cast<engine::TerritoryAtom>(country) << 16));
    }
    for (const QString& place : namedPlaces(rules, {}))
        places.insert(place);
    return QStringList(places.begin(), places.end());
}

engine::Query queryOf(const WhereQuestion& question)
{
    engine::Query query;
    query.site = question.site;
    query.offer = question.offer;
    query.at = question.at;
    return query;
}

std::vector<TitleId> playableOf(const WhereSource& source, std::size_t first, std::size_t end)
{
    std::vector<TitleId> titles;
    for (std::size_t at = first; at < end; ++at) {
        if (!source.titles[at].container)
            titles.push_back(source.titles[at].id);
    }
    return titles;
}

} // namespace

QStringList namedPlaces(const engine::RuleSet& rules, const std::vector<TitleId>& titles)
{
    QHash<QString, const engine::Title*> byId;
    if (!titles.empty()) {
        for (const engine::Title& title : rules.titles)
            byId.insert(title.id.toString(), &title);
    }
    std::set<TitleId> scopes;
    for (TitleId title : titles) {
        for (int depth = 0; depth < kMaxDepth && !title.isEmpty() && scopes.insert(title).second; ++depth) {
            const engine::Title* found = byId.value(title.toString());
            title = found ? found->parent : TitleId();
        }
    }
    std::set<QString> places;
    std::set<std::pair<QStringList, QStringList>> seen; // many windows speak of few territories
    for (const engine::Rule& rule : rules.rules) {
        if (!titles.empty() && !scopes.contains(rule.scope))
            continue;
        if (!seen.emplace(rule.territory.include, rule.territory.exclude).second)
            continue;
        engine::TerritoryExpression named = rule.territory;
        named.include.removeAll(u"WORLD"_s);
        for (const QString& place : placesOf(named, rules))
            places.insert(place);
    }
    places.erase(u"XX"_s);
    return QStringList(places.begin(), places.end());
}

Result<std::shared_ptr<const WhereSource>> whereSource(std::shared_ptr<const engine::RuleSet> rules,
    std::shared_ptr<const engine::Resolver> resolver, std::shared_ptr<const workbench::CompiledRights> compiled,
    const std::vector<TitleId>& shown, const CancelToken& cancel)
{
    auto source = std::make_shared<WhereSource>();
    source->rules = std::move(rules);
    source->resolver = std::move(resolver);
    source->compiled = std::move(compiled);
    source->shown = shown;
    if (!source->compiled) {
        auto made = workbench::CompiledRights::compile(*source->resolver, engine::Question::Playable, 0, cancel);
        if (!made)
            return std::move(made).error();
        source->compiled = *std::move(made);
    }
    source->titles = whereTitles(*source->rules, shown, cancel);
    source->places = allPlaces(*source->rules);
    source->named = namedPlaces(*source->rules, shown);
    source->playable = static_cast<int>(
        std::ranges::count_if(source->titles, [](const WhereTitle& title) { return !title.container; }));
    if (cancel.isCanceled())
        return Error {ErrorCode::Canceled, u"asked anew meanwhile"_s, "canceled"};
    return std::shared_ptr<const WhereSource>(std::move(source));
}

QHash<QString, CountryShare> whereShares(
    const WhereSource& source, const WhereQuestion& question, const CancelToken& cancel)
{
    const engine::Query query = queryOf(question);
    const std::vector<int> live = source.shown.empty()
        ? source.compiled->playedIn(source.places, query, cancel)
        : source.compiled->playedIn(source.places, query, playableOf(source, 0, source.titles.size()), cancel);
    QHash<QString, CountryShare> shares;
    for (std::size_t i = 0; i < live.size(); ++i)
        shares.insert(source.places[static_cast<qsizetype>(i)], {live[i], source.playable});
    return shares;
}

std::vector<WhereRow> whereRows(const WhereSource& source, const WhereQuestion& question, std::size_t first,
    std::size_t count, const CancelToken& cancel)
{
    engine::Query query = queryOf(question);
    std::vector<WhereRow> rows;
    const std::size_t end = std::min(source.titles.size(), first + count);
    for (std::size_t at = first; at < end && !cancel.isCanceled(); ++at) {
        const WhereTitle& title = source.titles[at];
        WhereRow row;
        if (title.container) {
            row.live = source.compiled->playedIn(source.places, query, playableOf(source, at, title.end), cancel);
            for (const int live : row.live)
                row.answers.push_back(live > 0 ? CellAnswer::Live : CellAnswer::None);
        } else {
            query.title = title.id;
            for (const QString& place : source.places) {
                query.country = place.left(2);
                query.subdivision = place.size() > 2 ? place : QString();
                row.answers.push_back(answerOf(source.resolver->resolve(query)));
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace vidimus::ui::rights
