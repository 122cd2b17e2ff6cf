#pragma once

#include "core/rights/compiled_rules_p.h"

#include <unordered_map>

namespace vidimus::rights {

/// A rule seen from a title on whose path it lies.
struct Placed {
    const CompiledRule* rule = nullptr;
    bool self = true; ///< the title is the rule's own scope
};

/// What two rules of one path are to each other. What was worked out about territories is kept. One thread.
class RulePairs {
public:
    explicit RulePairs(const CompiledRules& rules)
        : m_rules(rules)
    {
    }

    [[nodiscard]] const CompiledRules& rules() const { return m_rules; }
    [[nodiscard]] const Rule& written(const CompiledRule& rule) const { return m_rules.ruleOf(rule); }
    [[nodiscard]] const Deal* dealOf(const CompiledRule& rule) const;
    /// Who granted: the licensor, or where none is named, the deal itself.
    [[nodiscard]] QString partyOf(const CompiledRule& rule) const;

    [[nodiscard]] bool territoriesMeet(std::uint32_t a, std::uint32_t b);
    [[nodiscard]] bool territoryCovers(std::uint32_t wide, std::uint32_t narrow);

    /// One speaks of the title alone and the other of what is below it alone.
    [[nodiscard]] static bool speakOfOthers(const Placed& x, const Placed& y)
    {
        return x.self && y.self && x.rule->applies != y.rule->applies && x.rule->applies != Applies::Both
            && y.rule->applies != Applies::Both;
    }
    /// They differ in their id alone; rules of the same title.
    [[nodiscard]] bool areDuplicates(const CompiledRule& x, const CompiledRule& y) const;
    /// Two exclusive grants of different parties that share a place, not asking when.
    [[nodiscard]] bool excludeEachOther(const CompiledRule& x, const CompiledRule& y);
    /// \a weak never decides: \a strong holds wherever both match, and matches wherever it does.
    [[nodiscard]] bool shadows(const Placed& strong, const Placed& weak);
    /// \a wide matches wherever \a narrow does, titles aside.
    [[nodiscard]] bool covers(const CompiledRule& wide, const CompiledRule& narrow);
    [[nodiscard]] static bool reachesAll(const CompiledRule& wide, const CompiledRule& narrow)
    {
        return wide.applies == Applies::Both || wide.applies == narrow.applies;
    }

private:
    /// The terms of \a strong hold wherever both match. Across deals a grant is a second cover, so only priority
    /// counts.
    [[nodiscard]] bool outranks(const CompiledRule& strong, const CompiledRule& weak) const;

    const CompiledRules& m_rules;
    std::unordered_map<std::uint64_t, bool> m_meet, m_cover; // by two territories
};

} // namespace vidimus::rights
