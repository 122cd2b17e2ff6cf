#include "core/rights/conflict_scan_p.h"
#include "core/rights/pre_order.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

/// A rule seen from a title on whose path it lies.
struct Placed {
    const CompiledRule* rule = nullptr;
    bool self = true; ///< the title is the rule's own scope
};

class Scan {
public:
    Scan(const CompiledRules& rules, const CancelToken& cancel)
        : m_rules(rules)
        , m_cancel(cancel)
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
    [[nodiscard]] const Deal* dealOf(const CompiledRule& rule) const
    {
        const auto found = m_rules.dealIndex.constFind(written(rule).deal.toString());
        return found == m_rules.dealIndex.constEnd() ? nullptr : &m_rules.source.deals[*found];
    }
    [[nodiscard]] bool isOver(const CompiledRule& rule) const
    {
        const Deal* deal = dealOf(rule);
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
        const Deal* deal = dealOf(rule);
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
        checkPairs(grants);
        checkPairs(denies);
        for (const Placed& grant : grants) {
            if (grant.self)
                checkDenied(*grant.rule, denies);
        }
    }

    /// The title's own rules stand first in \a rules.
    void checkPairs(const std::vector<Placed>& rules)
    {
        for (std::size_t i = 0; i < rules.size() && rules[i].self && !mustStop(); ++i) {
            const CompiledRule& own = *rules[i].rule;
            for (std::size_t j = i + 1; j < rules.size(); ++j) {
                const CompiledRule& other = *rules[j].rule;
                if (own.start < other.end && other.start < own.end)
                    checkPair(own, other, rules[j].self);
            }
        }
    }

    void checkPair(const CompiledRule& own, const CompiledRule& other, bool sameTitle)
    {
        const bool disjointTitles = sameTitle && own.applies != other.applies && own.applies != Applies::Both
            && other.applies != Applies::Both;
        if (disjointTitles)
            return;
        const Rule& a = written(own);
        const Rule& b = written(other);
        if (sameTitle && isDuplicate(own, other)) {
            addPair(ConflictCode::Duplicate, own, other, m_rules.territories[own.territory]);
            return;
        }
        if (a.effect == Effect::Deny)
            return;
        if (a.exclusive && b.exclusive && partyOf(own) != partyOf(other)
            && m_rules.siteSets[own.sites].intersects(m_rules.siteSets[other.sites])
            && m_rules.offerSets[own.offers].intersects(m_rules.offerSets[other.offers])) {
            const TerritorySet shared
                = m_rules.territories[own.territory].intersected(m_rules.territories[other.territory]);
            if (!shared.isEmpty())
                addPair(ConflictCode::ExclusiveOverlap, own, other, shared);
        }
        if (outranks(other, own) && covers(other, own) && (!sameTitle || reachesAll(other, own)))
            addShadow(own, other);
        else if (sameTitle && outranks(own, other) && covers(own, other) && reachesAll(own, other))
            addShadow(other, own);
    }

    [[nodiscard]] bool isDuplicate(const CompiledRule& x, const CompiledRule& y) const
    {
        if (x.territory != y.territory || x.sites != y.sites || x.offers != y.offers || x.start != y.start
            || x.end != y.end || x.priority != y.priority || x.applies != y.applies)
            return false;
        const Rule& a = written(x);
        const Rule& b = written(y);
        return a.deal == b.deal && a.window == b.window && a.kind == b.kind && a.exclusive == b.exclusive
            && a.status == b.status && a.hard == b.hard && a.after == b.after && a.terms == b.terms;
    }

    /// The terms of \a strong hold wherever both match. Across deals a grant is a second cover, so only priority
    /// counts.
    [[nodiscard]] bool outranks(const CompiledRule& strong, const CompiledRule& weak) const
    {
        if (!strong.inForce)
            return false;
        if (strong.priority != weak.priority)
            return strong.priority > weak.priority;
        const Rule& a = written(strong);
        const Rule& b = written(weak);
        return a.deal == b.deal && (CompiledRules::hasBetterTerms(strong, weak) || a.terms == b.terms);
    }

    [[nodiscard]] bool covers(const CompiledRule& wide, const CompiledRule& narrow) const
    {
        return wide.start <= narrow.start && narrow.end <= wide.end
            && m_rules.siteSets[wide.sites].covers(m_rules.siteSets[narrow.sites])
            && m_rules.offerSets[wide.offers].covers(m_rules.offerSets[narrow.offers])
            && m_rules.territories[wide.territory].covers(m_rules.territories[narrow.territory]);
    }

    [[nodiscard]] static bool reachesAll(const CompiledRule& wide, const CompiledRule& narrow)
    {
        return wide.applies == Applies::Both || wide.applies == narrow.applies;
    }

    void checkDenied(const CompiledRule& grant, const std::vector<Placed>& denies)
    {
        for (const Placed& placed : denies) {
            const CompiledRule& deny = *placed.rule;
            if (deny.hard && deny.inForce && covers(deny, grant) && (!placed.self || reachesAll(deny, grant))) {
                addShadow(grant, deny);
                return;
            }
        }
    }

    /// Who granted: the licensor, or where none is named, the deal itself.
    [[nodiscard]] QString partyOf(const CompiledRule& rule) const
    {
        const auto& provenance = written(rule).provenance;
        if (provenance && !provenance->licensor.isEmpty())
            return provenance->licensor;
        const Deal* deal = dealOf(rule);
        if (deal && !deal->licensor.isEmpty())
            return deal->licensor;
        return u"deal "_s + written(rule).deal.toString();
    }

    void addPair(ConflictCode code, const CompiledRule& x, const CompiledRule& y, const TerritorySet& shared)
    {
        std::vector<WindowId> ids {written(x).id, written(y).id};
        std::sort(ids.begin(), ids.end());
        m_sink.add({code, std::move(ids), written(x).scope, shared.toTexts(),
            windowOf(std::max(x.start, y.start), std::min(x.end, y.end))});
    }

    void addShadow(const CompiledRule& weak, const CompiledRule& strong)
    {
        m_sink.add({ConflictCode::Shadowed, {written(weak).id, written(strong).id}, written(weak).scope,
            m_rules.territories[weak.territory].toTexts(), windowOf(weak.start, weak.end)});
    }

    const CompiledRules& m_rules;
    const CancelToken& m_cancel;
    ConflictSink m_sink;
};

} // namespace

Conflicts scanConflicts(const CompiledRules& rules, const CancelToken& cancel)
{
    return Scan(rules, cancel).run();
}

Conflicts findConflicts(const RuleSet& rules, const CancelToken& cancel)
{
    return scanConflicts(CompiledRules::from(rules), cancel);
}

} // namespace vidimus::rights
