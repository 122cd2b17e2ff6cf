#include "core/rights/compiled_rules_p.h"

namespace vidimus::rights {

Key CompiledRules::keyOf(const Query& query) const
{
    return {.place = Place::from(query.country, query.subdivision),
        .site = siteIndex.value(query.site, 0),
        .offer = offerIndex.value(query.offer, 0),
        .at = query.at.time_since_epoch().count()};
}

Reached CompiledRules::reached(const CompiledRule& rule, const Key& key, bool self) const
{
    if (!appliesAt(rule, self))
        return Reached::Applies;
    if (!rule.inForce)
        return Reached::Status;
    if (!territories[rule.territory].contains(key.place))
        return Reached::Territory;
    if (!siteSets[rule.sites].contains(key.site))
        return Reached::Site;
    if (!offerSets[rule.offers].contains(key.offer))
        return Reached::Offer;
    if (rule.isEmpty())
        return Reached::EmptyWindow;
    if (key.at < rule.start)
        return Reached::NotYet;
    return key.at < rule.end ? Reached::Matched : Reached::Expired;
}

bool CompiledRules::hasBetterTerms(const CompiledRule& a, const CompiledRule& b)
{
    if (a.priority != b.priority)
        return a.priority > b.priority;
    if (a.start != b.start)
        return a.start > b.start;
    return a.idRank < b.idRank;
}

std::optional<int> CompiledRules::ratingFor(int title, int country) const
{
    for (int at = title; at != kNoTitle; at = titles[static_cast<std::size_t>(at)].parent) {
        for (const auto& [where, age] : titles[static_cast<std::size_t>(at)].ratings) {
            if (where == country)
                return age;
        }
    }
    return std::nullopt;
}

std::optional<int> CompiledRules::minimumAge(int title, int country) const
{
    if (const auto age = ratingFor(title, country))
        return age;
    for (const auto& [where, others] : ratingFallback) {
        if (where != country)
            continue;
        for (const int other : others) {
            if (const auto age = ratingFor(title, other))
                return age;
        }
    }
    UnratedPolicy policy = otherUnratedPolicy;
    for (const auto& [where, said] : unratedPolicy) {
        if (where == country)
            policy = said;
    }
    switch (policy) {
    case UnratedPolicy::Allow:
        return std::nullopt;
    case UnratedPolicy::Block:
        return kBlockedAge;
    case UnratedPolicy::Adult:
        break;
    }
    return kAdultAge;
}

} // namespace vidimus::rights
