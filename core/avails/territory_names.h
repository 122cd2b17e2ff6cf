#pragma once

#include "core/rights/rule_set.h"

#include <QHash>

namespace vidimus::avails {

/// Our groups of territories in the codes that everybody knows: a list that leaves the house names none of them.
class TerritoryNames {
public:
    explicit TerritoryNames(const rights::RuleSet& rules);

    /// The members in place of each group, of the version that the rule is pinned to or of the newest; each code once.
    /// WORLD stays, unless it is a group of its own, and so does what nobody knows.
    [[nodiscard]] QStringList spelledOut(const QStringList& names) const;
    [[nodiscard]] rights::TerritoryExpression spelledOut(const rights::TerritoryExpression& territory) const;
    /// Whether both name the same places, one of them by groups.
    [[nodiscard]] bool areSame(const rights::TerritoryExpression& a, const rights::TerritoryExpression& b) const;

private:
    QHash<QString, QStringList> m_groups; // "EU4" is the newest version, "EU4@2" that version
};

} // namespace vidimus::avails
