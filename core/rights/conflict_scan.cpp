#include "core/rights/conflict_scan_p.h"
#include "core/rights/pair_search_p.h"
#include "core/rights/pre_order.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kFewRules = 32; // of one title, where looking at every two is quicker
constexpr qint64 kMostSteps = 30'000'000; // in search of one title's pairs; half a second
constexpr qint64 kMostCounted = 1'000'000; // pairs of one title; beyond, there are more than so many

class Scan {
public:
    Scan(const CompiledRules& rules, PairSearch search, const CancelToken& cancel)
        : m_rules(rules)
        , m_search(search)
        , m_cancel(cancel)
        , m_pairs(rules)
    {
    }

    Conflicts run()
    {
        for (const auto* list : {&m_rules.allows, &m_rules.denies}) {
            for (const CompiledRule& rule : *list)
                checkAlone(rule);
        }
        for (std::size_t i = 0; i < m_rules.titles.size() && !mustStop(); ++i)
            checkTitle(static_cast<int>(i));
        return m_sink.take();
    }

private:
    [[nodiscard]] bool mustStop() const { return m_sink.isFull() || m_cancel.isCanceled(); }
    [[nodiscard]] const Rule& written(const CompiledRule& rule) const { return m_rules.ruleOf(rule); }
    [[nodiscard]] bool isOver(const CompiledRule& rule) const
    {
        const Deal* deal = m_pairs.dealOf(rule);
        return written(rule).status == RuleStatus::Revoked || (deal && deal->status == DealStatus::Ended);
    }

    void checkAlone(const CompiledRule& rule)
    {
        if (isOver(rule))
            return;
        const Rule& source = written(rule);
        const auto report = [&](ConflictCode code, const Window& window) {
            m_sink.add({code, {source.id}, source.scope, m_rules.territories[rule.territory].toTexts(), window});
        };
        const Deal* deal = m_pairs.dealOf(rule);
        const Window& window = isPreOrderOnly(source) ? *source.preOrder : source.window;
        if (window.isEmpty())
            report(ConflictCode::EmptyWindow, window);
        else if (deal && source.effect == Effect::Allow && !deal->term.covers(window))
            report(ConflictCode::OutsideDealTerm, outsideOf(window, deal->term));
    }

    /// From the first to the last instant of \a window that lies outside \a term.
    static Window outsideOf(const Window& window, const Window& term)
    {
        const bool early = term.start && (!window.start || *window.start < *term.start);
        const bool late = term.end && (!window.end || *window.end > *term.end);
        Window outside = window;
        if (!late)
            outside.end = window.end ? std::min(*window.end, *term.start) : *term.start;
        if (!early)
            outside.start = window.start ? std::max(*window.start, *term.end) : *term.end;
        return outside;
    }

    /// Compares each rule of a title with the others there and with those inherited from above, so that each pair is
    /// seen once, at the lower title.
    void checkTitle(int title)
    {
        const auto collect = [this](std::vector<Placed>& into) {
            return [this, &into](const CompiledRule& rule, bool self) {
                if (!isOver(rule) && !rule.isEmpty() && (self || rule.applies != Applies::Self))
                    into.push_back({&rule, self});
            };
        };
        std::vector<Placed> grants, denies;
        m_rules.forEachAllow(title, collect(grants));
        m_rules.forEachDeny(title, collect(denies));
        m_sink.beginTitle(m_rules.titleOf(title).id);
        bool whole = findPairsOf(grants);
        whole = findPairsOf(denies) && whole;
        whole = findDeniedOf(grants, denies) && whole;
        m_sink.endTitle(whole);
    }

    [[nodiscard]] bool isSearched(std::size_t rules) const
    {
        return m_search == PairSearch::Sweep || (m_search == PairSearch::Quickest && rules > kFewRules);
    }

    /// The title's own rules stand first in \a rules. False: not all could be looked at.
    bool findPairsOf(const std::vector<Placed>& rules)
    {
        bool enough = false;
        const PairTaker take = [&](PairKind kind, const CompiledRule& x, const CompiledRule& y) {
            add(kind, x, y);
            enough = mustStop() || m_sink.countOfTitle() >= kMostCounted;
            return !enough;
        };
        if (isSearched(rules.size()))
            return findPairs(m_pairs, rules, kMostSteps, m_cancel, take) && !enough;
        compareAllPairs(m_pairs, rules, take);
        return !enough;
    }

    bool findDeniedOf(const std::vector<Placed>& grants, const std::vector<Placed>& denies)
    {
        if (denies.empty())
            return true;
        if (isSearched(grants.size() + denies.size())) {
            return findDenied(m_pairs, grants, denies, kMostSteps, m_cancel,
                [&](const CompiledRule& grant, const CompiledRule& deny) {
                    addShadow(grant, deny);
                    return !mustStop();
                });
        }
        for (const Placed& grant : grants) {
            if (grant.self && !mustStop())
                checkDenied(*grant.rule, denies);
        }
        return true;
    }

    void add(PairKind kind, const CompiledRule& x, const CompiledRule& y)
    {
        if (kind == PairKind::Shadow)
            addShadow(x, y);
        else if (kind == PairKind::Duplicate)
            addPair(ConflictCode::Duplicate, x, y, m_rules.territories[x.territory]);
        else
            addPair(ConflictCode::ExclusiveOverlap, x, y,
                m_rules.territories[x.territory].intersected(m_rules.territories[y.territory]));
    }

    void checkDenied(const CompiledRule& grant, const std::vector<Placed>& denies)
    {
        for (const Placed& placed : denies) {
            const CompiledRule& deny = *placed.rule;
            if (deny.hard && deny.inForce && m_pairs.covers(deny, grant)
                && (!placed.self || RulePairs::reachesAll(deny, grant))) {
                addShadow(grant, deny);
                return;
            }
        }
    }

    void addPair(ConflictCode code, const CompiledRule& x, const CompiledRule& y, const TerritorySet& shared)
    {
        if (!m_sink.hasRoom())
            return m_sink.countOnly();
        std::vector<WindowId> ids {written(x).id, written(y).id};
        std::sort(ids.begin(), ids.end());
        m_sink.add({code, std::move(ids), written(x).scope, shared.toTexts(),
            windowOf(std::max(x.start, y.start), std::min(x.end, y.end))});
    }

    void addShadow(const CompiledRule& weak, const CompiledRule& strong)
    {
        if (!m_sink.hasRoom())
            return m_sink.countOnly();
        m_sink.add({ConflictCode::Shadowed, {written(weak).id, written(strong).id}, written(weak).scope,
            m_rules.territories[weak.territory].toTexts(), windowOf(weak.start, weak.end)});
    }

    const CompiledRules& m_rules;
    PairSearch m_search;
    const CancelToken& m_cancel;
    RulePairs m_pairs;
    ConflictSink m_sink;
};

} // namespace

Conflicts scanConflicts(const CompiledRules& rules, const CancelToken& cancel, PairSearch search)
{
    return Scan(rules, search, cancel).run();
}

Conflicts findConflicts(const RuleSet& rules, const CancelToken& cancel)
{
    return scanConflicts(CompiledRules::from(rules), cancel);
}

} // namespace vidimus::rights
