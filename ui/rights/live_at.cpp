#include "ui/rights/live_at.h"

#include "core/rights/territory.h"
#include "ui/rights/window_state.h"

#include <QSet>
#include <map>
#include <set>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxLookAhead = 64; // change instants asked for the next dark and the next start

using RulesByTitle = QHash<QString, std::vector<const engine::Rule*>>;

QStringList orOther(const engine::NameList& names, const QStringList& known)
{
    return names.all ? (known.isEmpty() ? QStringList {u"*"_s} : known) : names.names;
}

/// Places of territories and of several together, each made once: many windows speak of few territories.
class PlaceLists {
public:
    explicit PlaceLists(const engine::RuleSet& rules)
        : m_rules(rules)
    {
    }
    int number(const engine::TerritoryExpression& territory)
    {
        const auto [found, isNew]
            = m_numbers.emplace(std::pair(territory.include, territory.exclude), static_cast<int>(m_lists.size()));
        if (isNew)
            m_lists.push_back(placesOf(territory, m_rules));
        return found->second;
    }
    const QStringList& together(const std::set<int>& numbers)
    {
        const auto [found, isNew] = m_together.try_emplace(numbers);
        if (isNew) {
            std::set<QString> places;
            for (const int number : numbers) {
                const QStringList& list = m_lists[static_cast<std::size_t>(number)];
                places.insert(list.begin(), list.end());
            }
            found->second = QStringList(places.begin(), places.end());
        }
        return found->second;
    }

private:
    const engine::RuleSet& m_rules;
    std::map<std::pair<QStringList, QStringList>, int> m_numbers;
    std::vector<QStringList> m_lists;
    std::map<std::set<int>, QStringList> m_together;
};

void addRule(const engine::Rule& rule, const engine::RuleSet& rules, const QHash<QString, const engine::Deal*>& deals,
    PlaceLists& places, std::set<int>& territories, std::set<std::pair<QString, QString>>& offers,
    std::set<Instant>& changes)
{
    const engine::Window acts = effectiveWindow(rule, deals.value(rule.deal.toString()));
    if (acts.start)
        changes.insert(*acts.start);
    if (acts.end)
        changes.insert(*acts.end);
    if (rule.effect == engine::Effect::Deny)
        return;
    territories.insert(places.number(rule.territory));
    for (const QString& site : orOther(rule.sites, rules.sites)) {
        for (const QString& offer : orOther(rule.offers, rules.offers))
            offers.emplace(site, offer);
    }
}

bool isLive(const engine::Resolver& resolver, const TitleQuestions& asked, const QString& place, Instant at)
{
    engine::Query query {.title = asked.title,
        .country = place.left(2),
        .subdivision = place.size() > 2 ? place : QString(),
        .site = {},
        .offer = {},
        .at = at};
    return std::ranges::any_of(asked.offers, [&](const auto& pair) {
        query.site = pair.first;
        query.offer = pair.second;
        return resolver.isAvailable(query);
    });
}

struct Changes {
    std::map<QString, int> dark;
    std::map<QString, int> starts;
};

Changes changesAt(const engine::Resolver& resolver, const LiveQuestions& questions, Instant at)
{
    Changes changes;
    const auto titles = questions.changes.find(at);
    if (titles == questions.changes.end())
        return changes;
    for (const std::size_t title : titles->second) {
        const TitleQuestions& asked = questions.titles[title];
        for (const QString& place : asked.places) {
            const bool before = isLive(resolver, asked, place, at - Milliseconds(1));
            const bool after = isLive(resolver, asked, place, at);
            if (before != after)
                ++(after ? changes.starts : changes.dark)[place];
        }
    }
    return changes;
}

std::vector<CountryChange> listOf(const std::map<QString, int>& counts)
{
    std::vector<CountryChange> list;
    for (const auto& [country, titles] : counts)
        list.push_back({country, titles});
    return list;
}

} // namespace

QStringList placesOf(const engine::TerritoryExpression& territory, const engine::RuleSet& rules)
{
    std::set<QString> places;
    const auto each = [&rules](const QString& name, auto use) {
        const QString plain = name.section(u'@', 0, 0);
        const engine::TerritoryGroup* group = nullptr;
        for (const engine::TerritoryGroup& candidate : rules.groups) {
            const bool pinned = name.contains(u'@');
            const bool same
                = candidate.name == plain && (!pinned || QString::number(candidate.version) == name.section(u'@', 1));
            if (same && (!group || group->version < candidate.version))
                group = &candidate;
        }
        if (group) {
            std::ranges::for_each(group->members, use);
        } else if (name == u"WORLD") {
            for (int country = 0; country < engine::kCountryCodes; ++country) {
                if (engine::assignedCountries().test(static_cast<std::size_t>(country)))
                    use(engine::atomToText(static_cast<engine::TerritoryAtom>(country) << 16));
            }
        } else {
            use(name);
        }
    };
    for (const QString& name : territory.include)
        each(name, [&places](const QString& place) { places.insert(place); });
    for (const QString& name : territory.exclude)
        each(name, [&places](const QString& place) { places.erase(place); });
    return QStringList(places.begin(), places.end());
}

LiveQuestions liveQuestions(const engine::RuleSet& rules, const std::vector<TitleId>& titles)
{
    RulesByTitle byTitle;
    for (const engine::Rule& rule : rules.rules)
        byTitle[rule.scope.toString()].push_back(&rule);
    QHash<QString, const engine::Deal*> deals;
    for (const engine::Deal& deal : rules.deals)
        deals.insert(deal.id.toString(), &deal);
    QHash<QString, const engine::Title*> titleOf;
    for (const engine::Title& title : rules.titles)
        titleOf.insert(title.id.toString(), &title);
    QSet<QString> wanted;
    for (const TitleId& title : titles)
        wanted.insert(title.toString());
    PlaceLists places(rules);
    LiveQuestions questions;
    for (const engine::Title& title : rules.titles) {
        if (!titles.empty() && !wanted.contains(title.id.toString()))
            continue;
        std::set<int> territories;
        std::set<std::pair<QString, QString>> offers;
        std::set<Instant> changes;
        TitleQuestions asked {title.id, {}, {}};
        const engine::Title* at = &title;
        for (int depth = 0; at && depth < 32; ++depth) { // the rules' own bound is 16; a circle ends here too
            for (const engine::Rule* rule : byTitle.value(at->id.toString()))
                addRule(*rule, rules, deals, places, territories, offers, changes);
            at = titleOf.value(at->parent.toString());
        }
        asked.places = places.together(territories);
        asked.offers.assign(offers.begin(), offers.end());
        if (asked.places.isEmpty())
            continue;
        for (const Instant change : changes)
            questions.changes[change].push_back(questions.titles.size());
        questions.titles.push_back(std::move(asked));
    }
    return questions;
}

LiveAt liveAt(const engine::Resolver& resolver, const LiveQuestions& questions, Instant at, const CancelToken& cancel)
{
    LiveAt result;
    result.at = at;
    std::set<QString> live;
    for (const TitleQuestions& asked : questions.titles) {
        if (cancel.isCanceled())
            return result;
        for (const QString& place : asked.places) {
            if (!live.contains(place) && isLive(resolver, asked, place, at))
                live.insert(place);
        }
    }
    result.live = QStringList(live.begin(), live.end());
    const Changes now = changesAt(resolver, questions, at);
    result.dark = listOf(now.dark);
    result.starts = listOf(now.starts);
    int looked = 0;
    for (auto later = questions.changes.upper_bound(at); later != questions.changes.end(); ++later) {
        const Instant next = later->first;
        if (cancel.isCanceled() || ++looked > kMaxLookAhead || (result.nextDark && result.nextStart))
            break;
        const Changes then = changesAt(resolver, questions, next);
        if (!result.nextDark && !then.dark.empty()) {
            result.nextDark = next;
            result.darkNext = listOf(then.dark);
        }
        if (!result.nextStart && !then.starts.empty()) {
            result.nextStart = next;
            result.startsNext = listOf(then.starts);
        }
    }
    return result;
}

std::vector<Instant> changeInstants(const LiveQuestions& questions)
{
    std::vector<Instant> all;
    for (const auto& [instant, titles] : questions.changes)
        all.push_back(instant);
    return all;
}

} // namespace vidimus::ui::rights
