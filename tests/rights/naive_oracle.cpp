#include "naive_oracle.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

namespace {

/// The assigned codes that the random worlds use; the others they use are XX, QQ and what is no code at all.
const QStringList kAssigned {u"FR"_s, u"RE"_s, u"DE"_s, u"GB"_s, u"US"_s, u"CA"_s, u"JP"_s, u"LU"_s, u"NL"_s, u"BE"_s};
constexpr int kNobodyIsOldEnough = 1000;

QString countryOf(const Query& query)
{
    const QString& text = query.country;
    const auto capital = [](QChar letter) { return letter >= u'A' && letter <= u'Z'; };
    return text.size() == 2 && capital(text[0]) && capital(text[1]) ? text : u"XX"_s;
}

/// Empty when it is malformed or of another country.
QString subdivisionOf(const Query& query)
{
    const QString& text = query.subdivision;
    return text.size() >= 4 && text.size() <= 6 && text.startsWith(countryOf(query) + u'-') ? text : QString();
}

Instant startOf(const Window& window)
{
    return window.start.value_or(Instant::min());
}

Reason reasonOfKind(RestrictionKind kind)
{
    switch (kind) {
    case RestrictionKind::Takedown:
        return Reason::Takedown;
    case RestrictionKind::Regulatory:
        return Reason::Regulatory;
    case RestrictionKind::Blackout:
        return Reason::Blackout;
    case RestrictionKind::Holdback:
        return Reason::Holdback;
    case RestrictionKind::Embargo:
        break;
    }
    return Reason::Embargo;
}

bool entitledTo(const Query& query)
{
    if (!query.entitlement)
        return false;
    const Entitlement& owned = *query.entitlement;
    if (owned.acquiredAt && query.at < *owned.acquiredAt)
        return false;
    return owned.expiresAt ? query.at < *owned.expiresAt : owned.kind == u"est";
}

// Rule 11, in its order: the furthest stage gives the reason.
constexpr Reason kStages[] = {Reason::NoRights, Reason::Status, Reason::Territory, Reason::Site, Reason::Offer,
    Reason::EmptyWindow, Reason::Expired, Reason::NotYet};
constexpr int kMatched = 8;

} // namespace

const Title* NaiveOracle::find(const TitleId& id) const
{
    const auto found = std::ranges::find(m_rules.titles, id, &Title::id);
    return found == m_rules.titles.end() ? nullptr : &*found;
}

std::vector<const Title*> NaiveOracle::path(const Title& title) const
{
    std::vector<const Title*> path {&title};
    for (const Title* at = &title; at->link == TitleLink::Part && !at->parent.isEmpty();) {
        at = find(at->parent);
        if (!at)
            break;
        path.push_back(at);
    }
    return path;
}

const Deal* NaiveOracle::dealOf(const Rule& rule) const
{
    const auto found = std::ranges::find(m_rules.deals, rule.deal, &Deal::id);
    return found == m_rules.deals.end() ? nullptr : &*found;
}

bool NaiveOracle::names(const QString& name, const QString& country, const QString& subdivision) const
{
    const TerritoryGroup* group = nullptr;
    for (const TerritoryGroup& one : m_rules.groups) {
        const bool pinned = name == one.name + u'@' + QString::number(one.version);
        if (pinned || (name == one.name && (!group || one.version > group->version)))
            group = &one;
    }
    if (group)
        return std::ranges::any_of(group->members,
            [&](const QString& member) { return member == country || (member == subdivision && !member.isEmpty()); });
    if (name == u"WORLD")
        return kAssigned.contains(country);
    return name == country || (name == subdivision && !subdivision.isEmpty());
}

bool NaiveOracle::isThere(const Rule& rule, const Query& query) const
{
    const auto named = [&](const QString& name) { return names(name, countryOf(query), subdivisionOf(query)); };
    const bool everywhere = rule.effect == Effect::Deny && rule.territory.include.contains(u"WORLD"_s);
    return (everywhere || std::ranges::any_of(rule.territory.include, named))
        && std::ranges::none_of(rule.territory.exclude, named);
}

bool NaiveOracle::applies(const Rule& rule, const Title& title) const
{
    return rule.applies == Applies::Both || (rule.scope == title.id) == (rule.applies == Applies::Self);
}

bool NaiveOracle::isInForce(const Rule& rule) const
{
    if (rule.status != RuleStatus::Approved)
        return false;
    const Deal* deal = dealOf(rule);
    if (rule.deal.isEmpty())
        return true;
    if (rule.effect == Effect::Allow)
        return deal && deal->status == DealStatus::Active;
    return !deal || (deal->status != DealStatus::Draft && deal->status != DealStatus::Ended);
}

Window NaiveOracle::windowOf(const Rule& rule) const
{
    Window window = rule.window;
    if (rule.effect == Effect::Deny && rule.after) {
        window.end.reset();
        if (rule.after->eventAt)
            window.end = *rule.after->eventAt + std::chrono::days(rule.after->days);
    }
    const Deal* deal = dealOf(rule);
    if (rule.effect == Effect::Allow && deal) {
        if (deal->term.start && startOf(window) < *deal->term.start)
            window.start = deal->term.start;
        if (deal->term.end && (!window.end || *deal->term.end < *window.end))
            window.end = deal->term.end;
    }
    return window;
}

bool NaiveOracle::denies(const Rule& rule, const Title& title, const Query& query) const
{
    const auto way = path(title);
    const bool onPath = std::ranges::any_of(way, [&](const Title* at) { return at->id == rule.scope; });
    const bool sparesOwners = rule.kind != RestrictionKind::Takedown && rule.kind != RestrictionKind::Regulatory;
    return rule.effect == Effect::Deny && onPath && applies(rule, title) && isInForce(rule) && isThere(rule, query)
        && rule.sites.matches(query.site) && rule.offers.matches(query.offer) && windowOf(rule).contains(query.at)
        && !windowOf(rule).isEmpty() && !(sparesOwners && entitledTo(query));
}

std::vector<const Rule*> NaiveOracle::candidates(const Title& title) const
{
    std::vector<const Rule*> found;
    for (const Title* at : path(title)) {
        for (const Rule& rule : m_rules.rules) {
            if (rule.effect == Effect::Allow && rule.scope == at->id && applies(rule, title))
                found.push_back(&rule);
        }
        if (at->allowMode == AllowMode::Replace)
            break;
    }
    return found;
}

int NaiveOracle::stage(const Rule& rule, const Query& query) const
{
    const Window window = windowOf(rule);
    if (!isInForce(rule))
        return 1;
    if (!isThere(rule, query))
        return 2;
    if (!rule.sites.matches(query.site))
        return 3;
    if (!rule.offers.matches(query.offer))
        return 4;
    if (window.isEmpty())
        return 5;
    if (window.end && query.at >= *window.end)
        return 6;
    return query.at < startOf(window) ? 7 : kMatched;
}

int NaiveOracle::minimumAge(const Title& title, const QString& country) const
{
    for (const QString& where : QStringList {country} + m_rules.ratingFallback.value(country)) {
        for (const Title* at : path(title)) {
            if (at->ratings.contains(where))
                return at->ratings.value(where);
        }
    }
    const UnratedPolicy others = m_rules.unratedPolicy.value(u"*"_s, UnratedPolicy::Adult);
    switch (m_rules.unratedPolicy.value(country, others)) {
    case UnratedPolicy::Allow:
        return 0;
    case UnratedPolicy::Block:
        return kNobodyIsOldEnough;
    case UnratedPolicy::Adult:
        break;
    }
    return 18;
}

Answer NaiveOracle::answer(const Query& query) const
{
    Answer answer;
    const Title* title = find(query.title);
    if (!title) {
        answer.reason = Reason::UnknownTitle;
        return answer;
    }
    const Rule* deny = nullptr;
    for (const Rule& rule : m_rules.rules) {
        if (!denies(rule, *title, query))
            continue;
        if (!rule.hard)
            answer.warnings.push_back(rule.id);
        else if (!deny || std::pair(rule.kind, rule.id.toString()) < std::pair(deny->kind, deny->id.toString()))
            deny = &rule;
    }
    std::ranges::sort(answer.warnings);
    const bool tooOld = query.viewerMaxAge && minimumAge(*title, countryOf(query)) > *query.viewerMaxAge;
    if (deny) {
        answer.reason = reasonOfKind(deny->kind);
        answer.decidedBy = deny->id;
    } else if (isContainer(title->kind)) {
        for (const Title& below : m_rules.titles) {
            const auto way = path(below);
            Query there = query;
            there.title = below.id;
            if (!isContainer(below.kind) && std::ranges::find(way, title) != way.end())
                answer.available = answer.available || this->answer(there).available;
        }
        if (!answer.available)
            answer.reason = tooOld ? Reason::Rating : Reason::NoAvailableChild;
    } else if (tooOld) {
        answer.reason = Reason::Rating;
    } else if (entitledTo(query)) {
        answer.available = true;
    } else {
        int furthest = 0;
        const Rule* best = nullptr;
        for (const Rule* rule : candidates(*title)) {
            const int reached = stage(*rule, query);
            furthest = std::max(furthest, reached);
            if (reached != kMatched)
                continue;
            const auto rank = [this](const Rule& one) { return std::pair(one.priority, startOf(windowOf(one))); };
            if (!best || rank(*rule) > rank(*best) || (rank(*rule) == rank(*best) && rule->id < best->id))
                best = rule;
        }
        answer.available = best != nullptr;
        answer.reason = best ? Reason::None : kStages[furthest];
        if (best)
            answer.termsFrom = best->id;
    }
    return answer;
}
