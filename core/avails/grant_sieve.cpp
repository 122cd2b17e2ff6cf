#include "core/avails/grant_sieve.h"

#include "core/rights/pre_order.h"

namespace vidimus::avails {

namespace {

std::optional<rights::Place> placeOf(const QString& territory)
{
    const rights::TerritoryAtom atom = rights::atomFromText(territory);
    if (atom == rights::kNoAtom)
        return std::nullopt;
    return rights::Place {rights::countryOf(atom), rights::isSubdivision(atom) ? atom : rights::kNoAtom};
}

} // namespace

GrantSieve::GrantSieve(const rights::RuleSet& rules, GrantFilter filter)
    : m_filter(std::move(filter))
    , m_licensors(rules)
    , m_places(rules)
    , m_place(placeOf(m_filter.territory))
{
}

bool GrantSieve::lets(const rights::Rule& rule) const
{
    if (rule.effect == rights::Effect::Deny || rule.status == rights::RuleStatus::Revoked)
        return false;
    if (!m_filter.licensor.isEmpty() && !rights::isSameLicensor(m_licensors.of(rule), m_filter.licensor))
        return false;
    if (!m_filter.territory.isEmpty() && !holdsThere(rule.territory))
        return false;
    const rights::Window& window = rights::isPreOrderOnly(rule) ? *rule.preOrder : rule.window;
    return !window.isEmpty() && !window.intersected(m_filter.period).isEmpty();
}

bool GrantSieve::holdsThere(const rights::TerritoryExpression& territory) const
{
    return m_place ? m_places.of(territory).contains(*m_place) : territory.include.contains(m_filter.territory);
}

} // namespace vidimus::avails
