#include "core/rights/rule_pairs_p.h"

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostKept = 1'000'000; // relations of territories

std::uint64_t keyOf(std::uint32_t a, std::uint32_t b)
{
    return std::uint64_t {a} << 32 | b;
}

} // namespace

const Deal* RulePairs::dealOf(const CompiledRule& rule) const
{
    const auto found = m_rules.dealIndex.constFind(written(rule).deal.toString());
    return found == m_rules.dealIndex.constEnd() ? nullptr : &m_rules.source.deals[*found];
}

QString RulePairs::partyOf(const CompiledRule& rule) const
{
    const auto& provenance = written(rule).provenance;
    if (provenance && !provenance->licensor.isEmpty())
        return provenance->licensor;
    const Deal* deal = dealOf(rule);
    if (deal && !deal->licensor.isEmpty())
        return deal->licensor;
    return u"deal "_s + written(rule).deal.toString();
}

bool RulePairs::territoriesMeet(std::uint32_t a, std::uint32_t b)
{
    if (a == b)
        return !m_rules.territories[a].isEmpty();
    if (m_meet.size() > kMostKept)
        m_meet.clear();
    const auto [found, isNew] = m_meet.try_emplace(keyOf(std::min(a, b), std::max(a, b)), false);
    if (isNew)
        found->second = !m_rules.territories[a].intersected(m_rules.territories[b]).isEmpty();
    return found->second;
}

bool RulePairs::territoryCovers(std::uint32_t wide, std::uint32_t narrow)
{
    if (wide == narrow)
        return true;
    if (m_cover.size() > kMostKept)
        m_cover.clear();
    const auto [found, isNew] = m_cover.try_emplace(keyOf(wide, narrow), false);
    if (isNew)
        found->second = m_rules.territories[wide].covers(m_rules.territories[narrow]);
    return found->second;
}

bool RulePairs::areDuplicates(const CompiledRule& x, const CompiledRule& y) const
{
    if (x.territory != y.territory || x.sites != y.sites || x.offers != y.offers || x.start != y.start || x.end != y.end
        || x.priority != y.priority || x.applies != y.applies)
        return false;
    const Rule& a = written(x);
    const Rule& b = written(y);
    return a.deal == b.deal && a.window == b.window && a.kind == b.kind && a.exclusive == b.exclusive
        && a.status == b.status && a.hard == b.hard && a.after == b.after && a.terms == b.terms;
}

bool RulePairs::excludeEachOther(const CompiledRule& x, const CompiledRule& y)
{
    return written(x).exclusive && written(y).exclusive
        && m_rules.siteSets[x.sites].intersects(m_rules.siteSets[y.sites])
        && m_rules.offerSets[x.offers].intersects(m_rules.offerSets[y.offers])
        && territoriesMeet(x.territory, y.territory) && partyOf(x) != partyOf(y);
}

bool RulePairs::outranks(const CompiledRule& strong, const CompiledRule& weak) const
{
    if (!strong.inForce)
        return false;
    if (strong.priority != weak.priority)
        return strong.priority > weak.priority;
    const Rule& a = written(strong);
    const Rule& b = written(weak);
    return a.deal == b.deal && (CompiledRules::hasBetterTerms(strong, weak) || a.terms == b.terms);
}

bool RulePairs::covers(const CompiledRule& wide, const CompiledRule& narrow)
{
    return wide.start <= narrow.start && narrow.end <= wide.end
        && m_rules.siteSets[wide.sites].covers(m_rules.siteSets[narrow.sites])
        && m_rules.offerSets[wide.offers].covers(m_rules.offerSets[narrow.offers])
        && territoryCovers(wide.territory, narrow.territory);
}

bool RulePairs::shadows(const Placed& strong, const Placed& weak)
{
    return weak.self && outranks(*strong.rule, *weak.rule) && covers(*strong.rule, *weak.rule)
        && (!strong.self || reachesAll(*strong.rule, *weak.rule));
}

} // namespace vidimus::rights
