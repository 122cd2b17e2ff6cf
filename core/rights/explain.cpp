#include "core/rights/explain.h"

#include "core/rights/compiled_rules_p.h"
#include "core/rights/conflict_scan_p.h"
#include "core/rights/json_fields_p.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostBelow = 10'000; // titles of a series that are looked at

QString outcomeName(Reached reached)
{
    switch (reached) {
    case Reached::Applies:
        return u"APPLIES"_s;
    case Reached::Status:
        return u"STATUS"_s;
    case Reached::Territory:
        return u"TERRITORY"_s;
    case Reached::Site:
        return u"SITE"_s;
    case Reached::Offer:
        return u"OFFER"_s;
    case Reached::EmptyWindow:
        return u"EMPTY_WINDOW"_s;
    case Reached::Expired:
        return u"EXPIRED"_s;
    case Reached::NotYet:
        return u"NOT_YET"_s;
    case Reached::Matched:
        break;
    }
    return u"MATCHED"_s;
}

class Explainer {
public:
    Explainer(const CompiledRules& rules, const Query& query, const Answer& answer)
        : m_rules(rules)
        , m_query(query)
        , m_key(rules.keyOf(query))
    {
        m_out.answer = answer;
    }

    Explanation run()
    {
        const int title = m_rules.findTitle(m_query.title);
        if (title == kNoTitle) {
            m_out.remedies.push_back({u"ADD_TITLE"_s, {{u"title"_s, m_query.title.toString()}}});
            return std::move(m_out);
        }
        if (const auto age = m_rules.minimumAge(title, m_key.place.country); age && *age != kBlockedAge)
            m_out.minimumAge = *age;
        addDenies(title);
        addGrants(title);
        addShortestWay(title);
        m_out.grantedBy = m_out.answer.termsFrom;
        return std::move(m_out);
    }

private:
    void addDenies(int title)
    {
        std::vector<std::pair<const CompiledRule*, bool>> denies;
        m_rules.forEachDeny(
            title, [&denies](const CompiledRule& rule, bool self) { denies.emplace_back(&rule, self); });
        std::sort(denies.begin(), denies.end(), [](const auto& a, const auto& b) {
            return std::pair(a.first->kind, a.first->idRank) < std::pair(b.first->kind, b.first->idRank);
        });
        for (const auto& [rule, self] : denies) {
            const Reached reached = m_rules.reached(*rule, m_key, self);
            TrailStep step = stepFor(*rule, reached);
            step.decides = step.rule == m_out.answer.decidedBy;
            if (reached == Reached::Matched) {
                if (!rule->hard)
                    step.outcome = u"WARNED"_s;
                const Rule& source = m_rules.ruleOf(*rule);
                if (source.after && !source.after->eventAt)
                    step.remedies.push_back({u"SET_EVENT_DATE"_s, {{u"event"_s, source.after->event}}});
                else if (rule->end != kOpen)
                    step.remedies.push_back(
                        {u"WAIT_UNTIL"_s, {{u"at"_s, fields::toValue(windowOf(kAlways, rule->end).end)}}});
                step.remedies.push_back({u"LIFT_RESTRICTION"_s, {{u"rule"_s, source.id.toString()}}});
            }
            m_out.trail.push_back(std::move(step));
        }
    }

    void addGrants(int title)
    {
        bool replaced = false;
        bool self = true;
        QString replacedBy;
        for (int at = title; at != kNoTitle; self = false) {
            const CompiledTitle& node = m_rules.titles[static_cast<std::size_t>(at)];
            for (const CompiledRule& rule : m_rules.allowsOf(node)) {
                const Reached reached = m_rules.reached(rule, m_key, self);
                TrailStep step = stepFor(rule, reached);
                if (replaced) {
                    step.outcome = u"REPLACED"_s;
                    step.remedies.insert(
                        step.remedies.begin(), {u"EXTEND_INSTEAD_OF_REPLACE"_s, {{u"title"_s, replacedBy}}});
                }
                if (reached != Reached::Matched)
                    addGrantRemedies(rule, self, step.remedies);
                step.decides = !step.rule.isEmpty() && step.rule == m_out.answer.termsFrom;
                m_out.trail.push_back(std::move(step));
            }
            if (node.replaces && !replaced) {
                replaced = true;
                replacedBy = m_rules.titleOf(at).id.toString();
            }
            at = node.parent;
        }
    }

    [[nodiscard]] TrailStep stepFor(const CompiledRule& rule, Reached reached) const
    {
        const Rule& source = m_rules.ruleOf(rule);
        return {.rule = source.id,
            .effect = source.effect,
            .scope = source.scope,
            .outcome = outcomeName(reached),
            .decides = false,
            .remedies = {}};
    }

    /// Everything that keeps the grant from matching, not only the first thing.
    void addGrantRemedies(const CompiledRule& rule, bool self, std::vector<Remedy>& remedies) const
    {
        const Rule& source = m_rules.ruleOf(rule);
        if (!CompiledRules::appliesAt(rule, self))
            remedies.push_back({u"APPLY_TO_TITLE"_s, {{u"applies"_s, nameOf(source.applies)}}});
        if (source.status != RuleStatus::Approved)
            remedies.push_back({u"APPROVE_RULE"_s, {{u"status"_s, nameOf(source.status)}}});
        const auto dealAt = m_rules.dealIndex.constFind(source.deal.toString());
        const Deal* deal = dealAt == m_rules.dealIndex.constEnd() ? nullptr : &m_rules.source.deals[*dealAt];
        if (!source.deal.isEmpty() && !(deal && deal->status == DealStatus::Active))
            remedies.push_back({u"ACTIVATE_DEAL"_s,
                {{u"deal"_s, source.deal.toString()},
                    {u"status"_s, deal ? QJsonValue(nameOf(deal->status)) : QJsonValue()}}});
        if (!m_rules.territories[rule.territory].contains(m_key.place))
            remedies.push_back({u"ADD_TERRITORY"_s,
                {{u"territory"_s, m_query.subdivision.isEmpty() ? m_query.country : m_query.subdivision}}});
        if (!m_rules.siteSets[rule.sites].contains(m_key.site))
            remedies.push_back({u"ADD_SITE"_s, {{u"site"_s, m_query.site}}});
        if (!m_rules.offerSets[rule.offers].contains(m_key.offer))
            remedies.push_back({u"ADD_OFFER"_s, {{u"offer"_s, m_query.offer}}});
        addTimeRemedies(rule, source, deal, remedies);
    }

    void addTimeRemedies(
        const CompiledRule& rule, const Rule& source, const Deal* deal, std::vector<Remedy>& remedies) const
    {
        if (source.window.isEmpty()) {
            remedies.push_back({u"CORRECT_WINDOW"_s,
                {{u"start"_s, fields::toValue(source.window.start)}, {u"end"_s, fields::toValue(source.window.end)}}});
            return;
        }
        if (m_key.at < rule.start)
            remedies.push_back({u"WAIT_UNTIL"_s, {{u"at"_s, fields::toValue(windowOf(rule.start, kOpen).start)}}});
        if (source.window.end && *source.window.end <= m_query.at)
            remedies.push_back({u"EXTEND_END"_s, {{u"end"_s, fields::toValue(source.window.end)}}});
        if (deal && deal->term.end && *deal->term.end <= m_query.at)
            remedies.push_back(
                {u"EXTEND_DEAL"_s, {{u"deal"_s, deal->id.toString()}, {u"end"_s, fields::toValue(deal->term.end)}}});
        if (deal && deal->term.start && m_query.at < *deal->term.start)
            remedies.push_back({u"START_DEAL_EARLIER"_s,
                {{u"deal"_s, deal->id.toString()}, {u"start"_s, fields::toValue(deal->term.start)}}});
    }

    /// What lifts every deny that matched, then the grant that needs the fewest changes.
    void addShortestWay(int title)
    {
        const Answer& answer = m_out.answer;
        if (answer.available)
            return;
        const TrailStep* nearest = nullptr;
        bool granted = false;
        for (const TrailStep& step : m_out.trail) {
            if (step.effect == Effect::Deny) {
                if (step.outcome == u"MATCHED")
                    m_out.remedies.insert(m_out.remedies.end(), step.remedies.begin(), step.remedies.end());
                continue;
            }
            granted = granted || step.outcome == u"MATCHED";
            if (!nearest || step.remedies.size() < nearest->remedies.size())
                nearest = &step;
        }
        if (answer.reason == Reason::Rating) {
            if (m_out.minimumAge)
                m_out.remedies.push_back({u"RAISE_AGE_LIMIT"_s, {{u"age"_s, *m_out.minimumAge}}});
            if (!m_rules.ratingFor(title, m_key.place.country))
                m_out.remedies.push_back({u"ADD_RATING"_s, {{u"country"_s, m_query.country}}});
        }
        if (m_rules.titles[static_cast<std::size_t>(title)].container) {
            m_out.remedies.push_back({u"MAKE_CHILD_AVAILABLE"_s, {}});
            return;
        }
        if (granted)
            return;
        if (nearest)
            m_out.remedies.insert(m_out.remedies.end(), nearest->remedies.begin(), nearest->remedies.end());
        else
            m_out.remedies.push_back({u"ADD_RULE"_s, {}});
    }

    const CompiledRules& m_rules;
    const Query& m_query;
    Key m_key;
    Explanation m_out;
};

QJsonArray toJson(const std::vector<Remedy>& remedies)
{
    QJsonArray array;
    for (const Remedy& remedy : remedies) {
        QJsonObject json = remedy.values;
        json.insert(u"code"_s, remedy.code);
        array.append(json);
    }
    return array;
}

Explanation explainOne(const Resolver& asked, const Query& query)
{
    return Explainer(asked.compiled(), query, asked.resolve(query)).run();
}

/// What stands below a container answers for it: the first that is available, else the one that lacks least.
std::optional<std::pair<TitleId, Explanation>> nearestBelow(const Resolver& asked, const Query& query, int container)
{
    const CompiledRules& rules = asked.compiled();
    const int last = container + std::min(rules.titles[static_cast<std::size_t>(container)].below, kMostBelow);
    std::optional<std::pair<TitleId, Explanation>> nearest;
    for (int title = container + 1; title <= last; ++title) {
        if (rules.titles[static_cast<std::size_t>(title)].container)
            continue;
        Query below = query;
        below.title = rules.titleOf(title).id;
        Explanation explanation = explainOne(asked, below);
        const bool available = explanation.answer.available;
        if (!nearest || available || explanation.remedies.size() < nearest->second.remedies.size())
            nearest.emplace(below.title, std::move(explanation));
        if (available)
            break;
    }
    return nearest;
}

} // namespace

Explanation explain(const Resolver& resolver, const Query& query)
{
    const Resolver asked = resolver.forQuestion(query.question);
    Explanation whole = explainOne(asked, query);
    const CompiledRules& rules = asked.compiled();
    const int title = rules.findTitle(query.title);
    const bool container = title != kNoTitle && rules.titles[static_cast<std::size_t>(title)].container;
    if (!container || !whole.answer.decidedBy.isEmpty())
        return whole;
    const auto below = nearestBelow(asked, query, title);
    if (!below)
        return whole;
    whole.through = below->first;
    whole.trail = below->second.trail;
    whole.grantedBy = below->second.grantedBy;
    if (!whole.answer.available) {
        for (TrailStep& step : whole.trail)
            step.decides = false; // of the title below, not of the whole
        whole.remedies = {{u"MAKE_CHILD_AVAILABLE"_s, {{u"title"_s, whole.through.toString()}}}};
        whole.remedies.insert(whole.remedies.end(), below->second.remedies.begin(), below->second.remedies.end());
    }
    return whole;
}

QJsonObject toJson(const Explanation& explanation)
{
    QJsonArray trail;
    for (const TrailStep& step : explanation.trail) {
        trail.append(QJsonObject {{u"rule"_s, step.rule.toString()}, {u"effect"_s, nameOf(step.effect)},
            {u"scope"_s, step.scope.toString()}, {u"outcome"_s, step.outcome}, {u"decides"_s, step.decides},
            {u"remedies"_s, toJson(step.remedies)}});
    }
    QJsonObject json = toJson(explanation.answer);
    if (!explanation.grantedBy.isEmpty())
        json.insert(u"decided_by"_s, explanation.grantedBy.toString());
    if (!explanation.through.isEmpty())
        json.insert(u"through"_s, explanation.through.toString());
    json.insert(u"minimum_age"_s, explanation.minimumAge ? QJsonValue(*explanation.minimumAge) : QJsonValue());
    json.insert(u"trail"_s, trail);
    json.insert(u"remedies"_s, toJson(explanation.remedies));
    return json;
}

} // namespace vidimus::rights
