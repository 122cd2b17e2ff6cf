#include "core/rights/conflict_scan_p.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace vidimus::rights {

namespace {

class Adviser {
public:
    Adviser(const RuleSet& rules, Instant now, const CancelToken& cancel)
        : m_rules(CompiledRules::from(rules))
        , m_now(now.time_since_epoch().count())
        , m_cancel(cancel)
    {
    }

    Conflicts run()
    {
        for (std::size_t i = 0; i < m_rules.titles.size() && !m_sink.isFull() && !m_cancel.isCanceled(); ++i) {
            adviseOnTime(m_rules.titles[i]);
            if (!m_rules.titles[i].container)
                adviseOnRights(static_cast<int>(i));
        }
        return m_sink.take();
    }

private:
    [[nodiscard]] bool counts(const CompiledRule& rule) const
    {
        return rule.inForce && !rule.isEmpty() && rule.end > m_now;
    }

    /// Grants of one title that differ in time alone: where one ends, does the next begin, and does any follow?
    void adviseOnTime(const CompiledTitle& title)
    {
        using Line = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, Applies>;
        std::map<Line, std::vector<const CompiledRule*>> lines;
        for (const CompiledRule& rule : m_rules.allowsOf(title)) {
            if (counts(rule))
                lines[{rule.territory, rule.sites, rule.offers, rule.applies}].push_back(&rule);
        }
        for (auto& [line, grants] : lines) {
            std::sort(grants.begin(), grants.end(),
                [](const CompiledRule* a, const CompiledRule* b) { return a->start < b->start; });
            const CompiledRule* last = grants.front();
            for (const CompiledRule* next : grants) {
                if (next->start > last->end)
                    add(ConflictCode::Gap, {last, next}, last->end, next->start);
                if (next->end > last->end)
                    last = next;
            }
            if (last->end != kOpen)
                add(ConflictCode::NoSuccessor, {last}, last->end, kOpen);
        }
    }

    void add(ConflictCode code, const std::vector<const CompiledRule*>& rules, std::int64_t from, std::int64_t to)
    {
        Conflict conflict;
        conflict.code = code;
        for (const CompiledRule* rule : rules)
            conflict.rules.push_back(m_rules.ruleOf(*rule).id);
        std::sort(conflict.rules.begin(), conflict.rules.end());
        conflict.title = m_rules.ruleOf(*rules.front()).scope;
        conflict.territories = m_rules.territories[rules.front()->territory].toTexts();
        conflict.window = windowOf(from, to);
        m_sink.add(std::move(conflict));
    }

    void adviseOnRights(int title)
    {
        std::bitset<kCountryCodes> countries;
        m_rules.forEachAllow(title, [&](const CompiledRule& rule, bool self) {
            if (counts(rule) && CompiledRules::appliesAt(rule, self))
                countries |= m_rules.territories[rule.territory].countries();
        });
        Conflict conflict;
        conflict.title = m_rules.titleOf(title).id;
        if (countries.none()) {
            conflict.code = ConflictCode::ChildWithoutRights;
            if (relativesHaveRights(title))
                m_sink.add(std::move(conflict));
            return;
        }
        conflict.code = ConflictCode::RatingMissing;
        for (int country = 0; country < kCountryCodes; ++country) {
            if (countries.test(static_cast<std::size_t>(country)) && isUnrated(title, country))
                conflict.territories.append(atomToText(static_cast<TerritoryAtom>(country) << 16));
        }
        if (!conflict.territories.isEmpty())
            m_sink.add(std::move(conflict));
    }

    /// Neither a rating nor a policy says what age the title is for there.
    [[nodiscard]] bool isUnrated(int title, int country) const
    {
        if (m_rules.ratingFor(title, country))
            return false;
        for (const auto& [where, others] : m_rules.ratingFallback) {
            if (where == country && std::any_of(others.begin(), others.end(), [&](int other) {
                    return m_rules.ratingFor(title, other).has_value();
                }))
                return false;
        }
        const auto own = std::find_if(m_rules.unratedPolicy.begin(), m_rules.unratedPolicy.end(),
            [country](const auto& said) { return said.first == country; });
        const UnratedPolicy policy = own == m_rules.unratedPolicy.end() ? m_rules.otherUnratedPolicy : own->second;
        return policy != UnratedPolicy::Allow;
    }

    /// The parent, or something else below it, has a grant that counts.
    [[nodiscard]] bool relativesHaveRights(int title) const
    {
        const int parent = m_rules.titles[static_cast<std::size_t>(title)].parent;
        if (parent == kNoTitle)
            return false;
        const int last = parent + m_rules.titles[static_cast<std::size_t>(parent)].below;
        for (int at = parent; at <= last; ++at) {
            const auto grants = m_rules.allowsOf(m_rules.titles[static_cast<std::size_t>(at)]);
            if (std::any_of(grants.begin(), grants.end(), [this](const CompiledRule& rule) { return counts(rule); }))
                return true;
        }
        return false;
    }

    CompiledRules m_rules;
    std::int64_t m_now;
    const CancelToken& m_cancel;
    ConflictSink m_sink;
};

} // namespace

Conflicts findAdvice(const RuleSet& rules, Instant now, const CancelToken& cancel)
{
    return Adviser(rules, now, cancel).run();
}

} // namespace vidimus::rights
