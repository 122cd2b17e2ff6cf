#include "core/workbench/live_answers.h"

#include "core/rights/territory.h"
#include "core/workbench/compiled_rights.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostAskedOfRules = 20'000; // titles × countries that the rules are asked about in one go

rights::Query queryOf(const LiveCell& cell, const TitleId& title = {})
{
    return {.title = title,
        .country = cell.country,
        .subdivision = cell.subdivision,
        .site = cell.site,
        .offer = cell.offer,
        .at = cell.at,
        .viewerMaxAge = {},
        .entitlement = {},
        .question = cell.question};
}

/// The rules as they stand, and their compiled form where it is ready.
struct Sources {
    std::shared_ptr<const RulesView> rules; // shared with whoever else reads it
    std::shared_ptr<const CompiledRights> compiled; // the same
    AnswerBasis basis;
};

Result<Sources> sourcesOf(Workspace& workspace, rights::Question question)
{
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    Sources sources {*rules, (*rules)->compiled(question), {}};
    if (sources.compiled) {
        sources.basis = {AnsweredBy::Snapshot, sources.compiled->version(), {}};
        return sources;
    }
    workspace.rules().wantCompiled(*rules, question);
    sources.basis.statement = workspace.rules().isCompiling()
        ? u"The compiled form is being made; the rules themselves were asked."_s
        : u"Only the studio keeps the compiled form; the rules themselves were asked."_s;
    return sources;
}

Error tooMuchForRules(const Sources& sources)
{
    return {ErrorCode::Unavailable, u"%1 That would take too long here; ask again."_s.arg(sources.basis.statement),
        "compiling"};
}

std::vector<QString> countries()
{
    std::vector<QString> codes;
    const auto& assigned = rights::assignedCountries();
    for (std::size_t country = 0; country < rights::kCountryCodes; ++country) {
        if (assigned.test(country))
            codes.push_back(rights::atomToText(static_cast<rights::TerritoryAtom>(country) << 16));
    }
    return codes;
}

} // namespace

Result<LiveAnswer> liveAnswer(Workspace& workspace, const TitleId& title, const LiveCell& cell)
{
    const auto sources = sourcesOf(workspace, cell.question);
    if (!sources)
        return sources.error();
    const rights::Query query = queryOf(cell, title);
    return LiveAnswer {
        sources->compiled ? sources->compiled->answer(query) : sources->rules->resolver.resolve(query), sources->basis};
}

Result<LiveTitles> liveTitles(Workspace& workspace, const LiveCell& cell, int limit)
{
    const auto sources = sourcesOf(workspace, cell.question);
    if (!sources)
        return sources.error();
    LiveTitles live {.titles = {}, .count = 0, .basis = sources->basis};
    const auto most = static_cast<std::size_t>(std::max(0, limit));
    if (sources->compiled) {
        live.titles = sources->compiled->titles(queryOf(cell), most, live.count);
        return live;
    }
    for (const rights::Title& title : sources->rules->rules.titles) {
        if (!sources->rules->resolver.isAvailable(queryOf(cell, title.id)))
            continue;
        if (live.titles.size() < most)
            live.titles.push_back(title.id);
        ++live.count;
    }
    return live;
}

Result<LiveMap> liveMap(Workspace& workspace, const LiveCell& cell, const TitleId& title)
{
    const auto sources = sourcesOf(workspace, cell.question);
    if (!sources)
        return sources.error();
    const std::vector<QString> codes = countries();
    LiveMap map {.countries = {}, .basis = sources->basis};
    std::vector<TitleId> titles {title};
    if (title.isEmpty() && !sources->compiled) {
        if (sources->rules->rules.titles.size() * codes.size() > kMostAskedOfRules)
            return tooMuchForRules(*sources);
        titles.clear();
        for (const rights::Title& one : sources->rules->rules.titles)
            titles.push_back(one.id);
    }
    LiveCell there = cell;
    there.subdivision.clear();
    for (const QString& code : codes) {
        there.country = code;
        qint64 count = 0;
        if (sources->compiled && title.isEmpty()) {
            count = sources->compiled->count(queryOf(there));
        } else {
            for (const TitleId& one : titles) {
                const rights::Query query = queryOf(there, one);
                count += sources->compiled ? sources->compiled->isAvailable(query)
                                           : sources->rules->resolver.isAvailable(query);
            }
        }
        if (count > 0)
            map.countries.emplace(code, count);
    }
    return map;
}

} // namespace vidimus::workbench
