#include "core/rights/pair_search_p.h"
#include "core/rights/place_tree_p.h"

#include <QHash>
#include <QJsonDocument>
#include <algorithm>
#include <array>
#include <map>
#include <numeric>

namespace vidimus::rights {

namespace {

/// Whose a rule is, as far as it says which others it is compared with.
enum class Reach { Self, Descendants, Both, Inherited };
constexpr std::size_t kReaches = 4;

Reach reachOf(const Placed& placed)
{
    if (!placed.self)
        return Reach::Inherited;
    switch (placed.rule->applies) {
    case Applies::Self:
        return Reach::Self;
    case Applies::Descendants:
        return Reach::Descendants;
    case Applies::Both:
        break;
    }
    return Reach::Both;
}

constexpr bool canMeet(Reach a, Reach b)
{
    if (a == Reach::Inherited || b == Reach::Inherited)
        return a != b;
    return a == b || a == Reach::Both || b == Reach::Both;
}

/// \a weak is the title's own.
constexpr bool canShadow(Reach strong, Reach weak)
{
    return strong == Reach::Inherited || strong == Reach::Both || strong == weak;
}

using ByEnd = std::multimap<std::int64_t, std::uint32_t>; // end of a rule → its place

/// A number for each different value.
class Numbers {
public:
    int of(const QByteArray& value)
    {
        const auto known = m_numbers.constFind(value);
        return known != m_numbers.constEnd() ? *known : *m_numbers.insert(value, static_cast<int>(m_numbers.size()));
    }

private:
    QHash<QByteArray, int> m_numbers;
};

class Search {
public:
    Search(RulePairs& pairs, std::span<const Placed> rules, qint64 mostSteps, const CancelToken& cancel,
        const PairTaker& take)
        : m_pairs(pairs)
        , m_rules(rules)
        , m_mostSteps(mostSteps)
        , m_cancel(cancel)
        , m_take(take)
        , m_byStart(rules.size())
        , m_deals(rules.size())
        , m_terms(rules.size())
    {
        std::iota(m_byStart.begin(), m_byStart.end(), 0U);
        std::ranges::stable_sort(m_byStart, {}, [&](std::uint32_t i) { return rules[i].rule->start; });
        Numbers deals, terms;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const Rule& rule = pairs.written(*rules[i].rule);
            m_deals[i] = deals.of(rule.deal.toString().toUtf8());
            m_terms[i] = rule.terms.isEmpty() ? terms.of({})
                                              : terms.of(QJsonDocument(rule.terms).toJson(QJsonDocument::Compact));
        }
    }

    bool run()
    {
        const bool grants = !m_rules.empty() && m_pairs.written(*m_rules.front().rule).effect == Effect::Allow;
        findDuplicates();
        if (grants && goesOn())
            findOverlaps();
        if (grants && goesOn())
            findShadows();
        return goesOn();
    }

private:
    [[nodiscard]] const CompiledRule& rule(std::uint32_t place) const { return *m_rules[place].rule; }

    bool goesOn()
    {
        constexpr qint64 kOften = 4096;
        if (m_steps >= m_nextLook) {
            m_nextLook = m_steps + kOften;
            m_stopped = m_stopped || m_steps > m_mostSteps || m_cancel.isCanceled();
        }
        return !m_stopped && !m_enough;
    }
    /// False: no more.
    bool found(PairKind kind, std::uint32_t x, std::uint32_t y)
    {
        ++m_steps;
        m_enough = m_enough || !m_take(kind, rule(x), rule(y));
        return goesOn();
    }
    [[nodiscard]] bool areDuplicates(std::uint32_t x, std::uint32_t y) const
    {
        return m_rules[x].self && m_rules[y].self && m_deals[x] == m_deals[y] && m_terms[x] == m_terms[y]
            && m_pairs.areDuplicates(rule(x), rule(y));
    }

    void findDuplicates()
    {
        using Key = std::array<std::int64_t, 9>;
        std::map<Key, std::vector<std::uint32_t>> alike;
        for (std::uint32_t i = 0; i < m_rules.size() && m_rules[i].self; ++i) {
            const CompiledRule& one = rule(i);
            std::vector<std::uint32_t>& others = alike[{one.start, one.end, one.territory, one.sites, one.offers,
                one.priority, static_cast<int>(one.applies), m_deals[i], m_terms[i]}];
            for (const std::uint32_t other : others) {
                ++m_steps;
                if (m_pairs.areDuplicates(rule(other), one) && !found(PairKind::Duplicate, other, i))
                    return;
                if (!goesOn())
                    return;
            }
            others.push_back(i);
        }
    }

    /// Exclusive grants by party: those of another that last beyond the start of the one that begins overlap it.
    struct Parties {
        struct Group {
            int party = 0;
            Reach reach = Reach::Both;
            ByEnd byEnd;
        };
        std::vector<Group> groups;
    };

    void findOverlaps()
    {
        PlaceTree<Parties> tree(m_pairs);
        Numbers parties;
        for (const std::uint32_t place : m_byStart) {
            const CompiledRule& one = rule(place);
            if (!m_pairs.written(one).exclusive)
                continue;
            const int party = parties.of(m_pairs.partyOf(one).toUtf8());
            const Reach reach = reachOf(m_rules[place]);
            tree.forEachMeeting(one, m_steps, [&](Parties& leaf) { meetParties(leaf, place, party, reach); });
            if (!goesOn())
                return;
            auto& groups = tree.leafOf(one).groups;
            auto group = std::ranges::find_if(
                groups, [&](const auto& known) { return known.party == party && known.reach == reach; });
            if (group == groups.end())
                group = groups.insert(groups.end(), {.party = party, .reach = reach, .byEnd = {}});
            group->byEnd.emplace(one.end, place);
        }
    }

    void meetParties(Parties& leaf, std::uint32_t place, int party, Reach reach)
    {
        std::erase_if(leaf.groups, [&](const Parties::Group& group) {
            ++m_steps;
            return group.byEnd.rbegin()->first <= rule(place).start; // nothing that begins later can meet it
        });
        for (const Parties::Group& group : leaf.groups) {
            if (group.party == party || !canMeet(group.reach, reach))
                continue;
            for (auto other = group.byEnd.rbegin(); other != group.byEnd.rend(); ++other) {
                ++m_steps;
                if (other->first <= rule(place).start || !goesOn())
                    break;
                const auto [first, second] = std::minmax(place, other->second);
                if (!areDuplicates(first, second) && !found(PairKind::ExclusiveOverlap, first, second))
                    return;
            }
        }
    }

    /// Grants that may shadow others, by what gives them the better terms.
    struct Ranks {
        struct Reached {
            std::array<ByEnd, kReaches> byReach;
        };
        struct Deal {
            QHash<int, std::shared_ptr<Reached>> byTerms;
            std::int64_t newestStart = kAlways;
            Reached newest; ///< those that begin at newestStart, whatever their terms
        };
        struct Priority {
            Reached all;
            QHash<int, std::shared_ptr<Deal>> byDeal;
        };
        std::map<int, Priority, std::greater<>> priorities;
    };

    void findShadows()
    {
        PlaceTree<Ranks> tree(m_pairs);
        for (std::size_t from = 0; from < m_byStart.size();) {
            std::size_t to = from;
            for (; to < m_byStart.size() && rule(m_byStart[to]).start == rule(m_byStart[from]).start; ++to)
                addRank(tree, m_byStart[to]);
            for (; from < to; ++from) {
                const std::uint32_t weak = m_byStart[from];
                if (!m_rules[weak].self)
                    continue;
                tree.forEachCovering(rule(weak), m_steps, [&](Ranks& leaf) { lookForStronger(leaf, weak); });
                if (!goesOn())
                    return;
            }
        }
    }

    void addRank(PlaceTree<Ranks>& tree, std::uint32_t place)
    {
        const CompiledRule& one = rule(place);
        if (!one.inForce)
            return;
        const auto reach = static_cast<std::size_t>(reachOf(m_rules[place]));
        Ranks::Priority& priority = tree.leafOf(one).priorities[one.priority];
        auto& deal = priority.byDeal[m_deals[place]];
        if (!deal)
            deal = std::make_shared<Ranks::Deal>();
        auto& terms = deal->byTerms[m_terms[place]];
        if (!terms)
            terms = std::make_shared<Ranks::Reached>();
        if (deal->newestStart != one.start) {
            deal->newest = {};
            deal->newestStart = one.start;
        }
        for (Ranks::Reached* list : {&priority.all, terms.get(), &deal->newest})
            list->byReach[reach].emplace(one.end, place);
    }

    void lookForStronger(const Ranks& leaf, std::uint32_t weak)
    {
        const int own = rule(weak).priority;
        for (const auto& [number, priority] : leaf.priorities) {
            ++m_steps;
            if (number < own || !goesOn())
                return;
            if (number > own) {
                takeStronger(priority.all, weak, [](std::uint32_t) { return true; });
                continue;
            }
            const auto deal = priority.byDeal.value(m_deals[weak]);
            if (!deal)
                return;
            if (const auto same = deal->byTerms.value(m_terms[weak]))
                takeStronger(*same, weak, [](std::uint32_t) { return true; });
            if (deal->newestStart == rule(weak).start)
                takeStronger(
                    deal->newest, weak, [&](std::uint32_t strong) { return m_terms[strong] != m_terms[weak]; });
        }
    }

    template<class Wanted>
    void takeStronger(const Ranks::Reached& list, std::uint32_t weak, Wanted wanted)
    {
        const Placed& below = m_rules[weak];
        for (std::size_t reach = 0; reach < kReaches; ++reach) {
            if (!canShadow(static_cast<Reach>(reach), reachOf(below)))
                continue;
            const ByEnd& byEnd = list.byReach[reach];
            for (auto at = byEnd.rbegin(); at != byEnd.rend() && at->first >= rule(weak).end; ++at) {
                ++m_steps;
                if (!goesOn())
                    return;
                const std::uint32_t strong = at->second;
                if (strong == weak || !wanted(strong) || areDuplicates(strong, weak)
                    || !m_pairs.shadows(m_rules[strong], below))
                    continue;
                // Where each shadows the other, the first one is said to be shadowed.
                if (weak > strong && m_pairs.shadows(below, m_rules[strong]))
                    continue;
                if (!found(PairKind::Shadow, weak, strong))
                    return;
            }
        }
    }

    RulePairs& m_pairs;
    std::span<const Placed> m_rules;
    qint64 m_mostSteps;
    const CancelToken& m_cancel;
    const PairTaker& m_take;
    std::vector<std::uint32_t> m_byStart; // places
    std::vector<int> m_deals, m_terms; // equal numbers for equal ones, by place
    qint64 m_steps = 0, m_nextLook = 0;
    bool m_stopped = false, m_enough = false;
};

/// Restrictions of which the first in the list counts: of two, one that ends no later and comes no earlier is of no
/// use.
struct FirstByEnd {
    std::array<std::map<std::int64_t, std::uint32_t>, kReaches> byReach;

    void add(std::size_t reach, std::int64_t end, std::uint32_t place)
    {
        auto& list = byReach[reach];
        auto at = list.lower_bound(end);
        if (at != list.end() && at->second <= place)
            return;
        if (at != list.end() && at->first == end)
            at = list.erase(at);
        while (at != list.begin() && std::prev(at)->second >= place)
            at = list.erase(std::prev(at));
        list.emplace_hint(at, end, place);
    }
};

} // namespace

bool findPairs(
    RulePairs& pairs, std::span<const Placed> rules, qint64 mostSteps, const CancelToken& cancel, const PairTaker& take)
{
    return Search(pairs, rules, mostSteps, cancel, take).run();
}

void compareAllPairs(RulePairs& pairs, std::span<const Placed> rules, const PairTaker& take)
{
    for (std::size_t i = 0; i < rules.size() && rules[i].self; ++i) {
        const CompiledRule& own = *rules[i].rule;
        for (std::size_t j = i + 1; j < rules.size(); ++j) {
            const CompiledRule& other = *rules[j].rule;
            if (own.start >= other.end || other.start >= own.end || RulePairs::speakOfOthers(rules[i], rules[j]))
                continue;
            if (rules[j].self && pairs.areDuplicates(own, other)) {
                if (!take(PairKind::Duplicate, own, other))
                    return;
                continue;
            }
            if (pairs.written(own).effect == Effect::Deny)
                continue;
            if (pairs.excludeEachOther(own, other) && !take(PairKind::ExclusiveOverlap, own, other))
                return;
            const bool isWeak = pairs.shadows(rules[j], rules[i]);
            if (!isWeak && !pairs.shadows(rules[i], rules[j]))
                continue;
            if (!take(PairKind::Shadow, isWeak ? own : other, isWeak ? other : own))
                return;
        }
    }
}

bool findDenied(RulePairs& pairs, std::span<const Placed> grants, std::span<const Placed> denies, qint64 mostSteps,
    const CancelToken& cancel, const std::function<bool(const CompiledRule& grant, const CompiledRule& deny)>& take)
{
    std::vector<std::uint32_t> denyOrder(denies.size()), grantOrder;
    std::iota(denyOrder.begin(), denyOrder.end(), 0U);
    for (std::uint32_t i = 0; i < grants.size() && grants[i].self; ++i)
        grantOrder.push_back(i);
    std::ranges::sort(denyOrder, {}, [&](std::uint32_t i) { return denies[i].rule->start; });
    std::ranges::sort(grantOrder, {}, [&](std::uint32_t i) { return grants[i].rule->start; });
    PlaceTree<FirstByEnd> tree(pairs);
    auto next = denyOrder.begin();
    qint64 steps = 0;
    for (const std::uint32_t place : grantOrder) {
        const CompiledRule& grant = *grants[place].rule;
        for (; next != denyOrder.end() && denies[*next].rule->start <= grant.start; ++next) {
            const CompiledRule& deny = *denies[*next].rule;
            if (deny.hard && deny.inForce)
                tree.leafOf(deny).add(static_cast<std::size_t>(reachOf(denies[*next])), deny.end, *next);
        }
        std::optional<std::uint32_t> first;
        tree.forEachCovering(grant, steps, [&](const FirstByEnd& leaf) {
            for (std::size_t reach = 0; reach < kReaches; ++reach) {
                if (!canShadow(static_cast<Reach>(reach), reachOf(grants[place])))
                    continue;
                const auto at = leaf.byReach[reach].lower_bound(grant.end);
                if (at != leaf.byReach[reach].end())
                    first = std::min(first.value_or(at->second), at->second);
            }
        });
        if (first && !take(grant, *denies[*first].rule))
            return true;
        if (steps > mostSteps || cancel.isCanceled())
            return false;
    }
    return true;
}

} // namespace vidimus::rights
