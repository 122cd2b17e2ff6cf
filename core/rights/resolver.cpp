#include "core/rights/resolver.h"

#include "core/rights/compiled_rules_p.h"
#include "core/rights/question.h"

#include <algorithm>
#include <array>
#include <mutex>

namespace vidimus::rights {

namespace {

/// One question against the compiled rules.
class Asking {
public:
    Asking(const CompiledRules& rules, const Query& query)
        : m_rules(rules)
        , m_key(rules.keyOf(query))
        , m_maxAge(query.viewerMaxAge)
        , m_entitled(
              query.question == Question::Playable && query.entitlement && query.entitlement->isValidAt(query.at))
    {
    }

    Asking(const CompiledRules& rules, const Key& key)
        : m_rules(rules)
        , m_key(key)
    {
    }

    [[nodiscard]] Answer answer(int title) const
    {
        Answer answer;
        answer.warnings = warnings(title);
        if (const CompiledRule* deny = strongestDeny(title)) {
            answer.decidedBy = m_rules.ruleOf(*deny).id;
            answer.reason = reasonOf(deny->kind);
            return answer;
        }
        if (m_rules.titles[static_cast<std::size_t>(title)].container) {
            answer.available = hasAvailableDescendant(title);
            if (!answer.available)
                answer.reason = isTooOldFor(title) ? Reason::Rating : Reason::NoAvailableChild;
            return answer;
        }
        if (isTooOldFor(title)) {
            answer.reason = Reason::Rating;
            return answer;
        }
        const CompiledRule* grant = m_entitled ? nullptr : bestGrant(title);
        answer.available = m_entitled || grant;
        if (grant)
            answer.termsFrom = m_rules.ruleOf(*grant).id;
        else if (!m_entitled)
            answer.reason = furthestReason(title);
        return answer;
    }

    [[nodiscard]] bool isAvailable(int title) const
    {
        if (strongestDeny(title))
            return false;
        if (m_rules.titles[static_cast<std::size_t>(title)].container)
            return hasAvailableDescendant(title);
        return !isTooOldFor(title) && (m_entitled || bestGrant(title));
    }

private:
    static Reason reasonOf(RestrictionKind kind)
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

    /// Blackouts, holdbacks and embargoes govern offers, not what the viewer owns.
    [[nodiscard]] bool concerns(const CompiledRule& deny) const
    {
        return !m_entitled || deny.kind <= RestrictionKind::Regulatory;
    }

    [[nodiscard]] const CompiledRule* strongestDeny(int title) const
    {
        const CompiledRule* strongest = nullptr;
        m_rules.forEachDeny(title, [&](const CompiledRule& rule, bool self) {
            if (!rule.hard || !concerns(rule) || !m_rules.matches(rule, m_key, self))
                return;
            if (!strongest || std::pair(rule.kind, rule.idRank) < std::pair(strongest->kind, strongest->idRank))
                strongest = &rule;
        });
        return strongest;
    }

    [[nodiscard]] std::vector<WindowId> warnings(int title) const
    {
        std::vector<WindowId> ids;
        m_rules.forEachDeny(title, [&](const CompiledRule& rule, bool self) {
            if (!rule.hard && concerns(rule) && m_rules.matches(rule, m_key, self))
                ids.push_back(m_rules.ruleOf(rule).id);
        });
        std::sort(ids.begin(), ids.end());
        return ids;
    }

    [[nodiscard]] const CompiledRule* bestGrant(int title) const
    {
        const CompiledRule* best = nullptr;
        m_rules.forEachAllow(title, [&](const CompiledRule& rule, bool self) {
            if (m_rules.matches(rule, m_key, self) && (!best || CompiledRules::hasBetterTerms(rule, *best)))
                best = &rule;
        });
        return best;
    }

    [[nodiscard]] Reason furthestReason(int title) const
    {
        Reached furthest = Reached::Applies;
        m_rules.forEachAllow(title, [&](const CompiledRule& rule, bool self) {
            furthest = std::max(furthest, m_rules.reached(rule, m_key, self));
        });
        switch (furthest) {
        case Reached::Status:
            return Reason::Status;
        case Reached::Territory:
            return Reason::Territory;
        case Reached::Site:
            return Reason::Site;
        case Reached::Offer:
            return Reason::Offer;
        case Reached::EmptyWindow:
            return Reason::EmptyWindow;
        case Reached::Expired:
            return Reason::Expired;
        case Reached::NotYet:
            return Reason::NotYet;
        case Reached::Applies:
        case Reached::Matched:
            break;
        }
        return Reason::NoRights;
    }

    [[nodiscard]] bool hasAvailableDescendant(int title) const
    {
        const int last = title + m_rules.titles[static_cast<std::size_t>(title)].below;
        for (int at = title + 1; at <= last; ++at) {
            if (!m_rules.titles[static_cast<std::size_t>(at)].container && isAvailable(at))
                return true;
        }
        return false;
    }

    [[nodiscard]] bool isTooOldFor(int title) const
    {
        if (!m_maxAge)
            return false;
        const auto age = m_rules.minimumAge(title, m_key.place.country);
        return age && *age > *m_maxAge;
    }

    const CompiledRules& m_rules;
    Key m_key;
    std::optional<int> m_maxAge;
    bool m_entitled = false;
};

} // namespace

bool isAvailable(const CompiledRules& rules, int title, const Key& key)
{
    return Asking(rules, key).isAvailable(title);
}

/// The compiled rules of the questions that are seldom asked, each made when it is.
struct Resolver::OtherQuestions {
    std::shared_ptr<const CompiledRules> playable; // what the others are made from
    std::array<std::once_flag, 2> once;
    std::array<std::shared_ptr<const CompiledRules>, 2> compiled;
};

Resolver::Resolver(const RuleSet& rules)
    : m_compiled(std::make_shared<const CompiledRules>(CompiledRules::from(rules)))
    , m_others(std::make_shared<OtherQuestions>())
{
    m_others->playable = m_compiled;
}

Resolver Resolver::forQuestion(Question question) const
{
    Resolver resolver = *this;
    resolver.m_question = question;
    if (question == Question::Playable) {
        resolver.m_compiled = m_others->playable;
        return resolver;
    }
    const std::size_t place = question == Question::PreOrder ? 0 : 1;
    std::call_once(m_others->once[place], [&] {
        m_others->compiled[place] = std::make_shared<const CompiledRules>(
            CompiledRules::from(rulesFor(m_others->playable->source, question)));
    });
    resolver.m_compiled = m_others->compiled[place];
    return resolver;
}

Answer Resolver::resolve(const Query& query) const
{
    if (query.question != m_question && m_question == Question::Playable)
        return forQuestion(query.question).resolve(query);
    const int title = m_compiled->findTitle(query.title);
    if (title == kNoTitle)
        return {.available = false, .reason = Reason::UnknownTitle, .termsFrom = {}, .decidedBy = {}, .warnings = {}};
    return Asking(*m_compiled, query).answer(title);
}

bool Resolver::isAvailable(const Query& query) const
{
    if (query.question != m_question && m_question == Question::Playable)
        return forQuestion(query.question).isAvailable(query);
    const int title = m_compiled->findTitle(query.title);
    return title != kNoTitle && Asking(*m_compiled, query).isAvailable(title);
}

bool Resolver::hasTitle(const TitleId& title) const
{
    return m_compiled->findTitle(title) != kNoTitle;
}

} // namespace vidimus::rights
