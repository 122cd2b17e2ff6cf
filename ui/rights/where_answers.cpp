#include "ui/rights/where_answers.h"

#include "core/rights/territory.h"
#include "ui/rights/live_at.h"

#include <algorithm>
#include <set>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxDepth = 16;

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

/// Titles as a tree, in the order in which people read them.
class TitleTree {
public:
    TitleTree(const engine::RuleSet& rules, const std::vector<TitleId>& wanted)
        : m_wanted(wanted.begin(), wanted.end())
    {
        std::set<TitleId> known;
        for (const engine::Title& title : rules.titles)
            known.insert(title.id);
        for (const engine::Title& title : rules.titles) {
            const bool part = title.link == engine::TitleLink::Part && known.contains(title.parent);
            m_children[part ? title.parent.toString() : QString()].push_back(&title);
        }
        for (auto& children : m_children) {
            std::ranges::sort(children, [](const engine::Title* a, const engine::Title* b) {
                const auto key = [](const engine::Title* title) {
                    return std::tuple(title->parent.isEmpty() ? 0 : title->number.value_or(0), title->name, title->id);
                };
                return key(a) < key(b);
            });
        }
        walk(QString(), 0, wanted.empty());
    }
    std::vector<std::pair<const engine::Title*, int>> order; ///< title and depth

private:
    void walk(const QString& parent, int depth, bool inside)
    {
        if (depth > kMaxDepth)
            return;
        for (const engine::Title* title : m_children.value(parent)) {
            const bool shown = inside || m_wanted.contains(title->id);
            if (shown)
                order.emplace_back(title, depth);
            walk(title->id.toString(), shown ? depth + 1 : depth, shown);
        }
    }

    std::set<TitleId> m_wanted;
    QHash<QString, std::vector<const engine::Title*>> m_children;
};

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

} // namespace

QStringList namedPlaces(const engine::RuleSet& rules, const std::vector<TitleId>& titles)
{
    QHash<QString, const engine::Title*> byId;
    for (const engine::Title& title : rules.titles)
        byId.insert(title.id.toString(), &title);
    std::set<TitleId> scopes;
    for (TitleId title : titles) {
        for (int depth = 0; depth < kMaxDepth && !title.isEmpty() && scopes.insert(title).second; ++depth) {
            const engine::Title* found = byId.value(title.toString());
            title = found ? found->parent : TitleId();
        }
    }
    std::set<QString> places;
    for (const engine::Rule& rule : rules.rules) {
        if (!titles.empty() && !scopes.contains(rule.scope))
            continue;
        engine::TerritoryExpression named = rule.territory;
        named.include.removeAll(u"WORLD"_s);
        for (const QString& place : placesOf(named, rules))
            places.insert(place);
    }
    places.erase(u"XX"_s);
    return QStringList(places.begin(), places.end());
}

WhereAnswers whereAnswers(const engine::Resolver& resolver, const engine::RuleSet& rules, const WhereQuestion& question,
    const CancelToken& cancel)
{
    WhereAnswers result;
    result.question = question;
    result.places = allPlaces(rules);
    const TitleTree tree(rules, question.titles);
    const auto size = static_cast<std::size_t>(result.places.size());
    std::vector<std::size_t> open; // places in result.titles of the containers around the title
    engine::Query query;
    query.site = question.site;
    query.offer = question.offer;
    query.at = question.at;
    for (const auto& [title, depth] : tree.order) {
        if (cancel.isCanceled())
            return result;
        if (std::ssize(result.titles) >= kMostWhereTitles) {
            ++result.leftOut;
            continue;
        }
        WhereTitle row {.id = title->id,
            .name = title->name.isEmpty() ? title->id.toString() : title->name,
            .depth = depth,
            .parts = 0,
            .answers = std::vector<CellAnswer>(size, CellAnswer::None),
            .live = {}};
        std::erase_if(open, [&](std::size_t at) { return result.titles[at].depth >= depth; });
        const bool container = engine::isContainer(title->kind);
        if (container)
            row.live.assign(size, 0);
        query.title = title->id;
        for (std::size_t place = 0; place < size; ++place) {
            const QString& name = result.places[static_cast<qsizetype>(place)];
            query.country = name.left(2);
            query.subdivision = name.size() > 2 ? name : QString();
            row.answers[place] = answerOf(resolver.resolve(query));
            if (container)
                continue;
            CountryShare& share = result.shares[name];
            ++share.total;
            const int live = row.answers[place] == CellAnswer::Live ? 1 : 0;
            share.live += live;
            for (const std::size_t at : open)
                result.titles[at].live[place] += live;
        }
        if (container)
            open.push_back(result.titles.size());
        else
            std::ranges::for_each(open, [&](std::size_t at) { ++result.titles[at].parts; });
        result.titles.push_back(std::move(row));
    }
    return result;
}

} // namespace vidimus::ui::rights
