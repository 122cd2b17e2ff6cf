#pragma once

#include "core/rights/compiled_rules_p.h"
#include "core/rights/issue.h"

#include <QHash>

namespace vidimus::rights {

/// Makes the sentence and the fix of a conflict. \a rules must outlive it. One thread.
class FixMaker {
public:
    FixMaker(const CompiledRules& rules, Instant now);

    [[nodiscard]] QString sentence(const Conflict& conflict) const;
    [[nodiscard]] Fix fix(const Conflict& conflict) const;

private:
    [[nodiscard]] const Rule& ruleOf(const WindowId& id) const { return m_rules.source.rules[m_places[id.toString()]]; }
    [[nodiscard]] const Deal* dealOf(const Rule& rule) const;
    [[nodiscard]] const Title* titleOf(const TitleId& title) const;
    [[nodiscard]] QString wordFor(const TitleId& title) const;
    /// An id that no rule has.
    [[nodiscard]] WindowId freshId(const QString& base) const;

    [[nodiscard]] Fix cutOverlap(const Conflict& conflict) const;
    [[nodiscard]] Fix clipToDeal(const Rule& rule) const;
    [[nodiscard]] Fix closeGap(const Conflict& conflict) const;
    [[nodiscard]] Fix addSuccessor(const Rule& rule) const;
    [[nodiscard]] Fix rateAdult(const Conflict& conflict) const;
    [[nodiscard]] Fix copyFromSibling(const TitleId& title) const;
    [[nodiscard]] Fix takeNewestGroup(const Rule& rule) const;
    [[nodiscard]] Fix resolveRegion(const Rule& rule) const;
    [[nodiscard]] Fix draftGrant(const TitleId& title) const;

    const CompiledRules& m_rules;
    Instant m_now;
    QHash<QString, std::uint32_t> m_places; // of a rule in source.rules
    QHash<QString, std::uint32_t> m_territories; // of a grant in CompiledRules::territories
};

/// The newest version of the group that a territory name pins to an older one: "EU4@3" for "EU4@2"; empty otherwise.
[[nodiscard]] QString newerThan(const RuleSet& rules, const QString& territoryName);
/// Subdivisions that fare otherwise than their country, and the rule's sites that learn none.
[[nodiscard]] QStringList subdivisionsOf(const TerritorySet& territory);
[[nodiscard]] QStringList coarseSitesOf(const RuleSet& rules, const Rule& rule);

} // namespace vidimus::rights
