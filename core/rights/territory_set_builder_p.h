#pragma once

#include "core/rights/rule_set.h"
#include "core/rights/territory.h"

#include <QHash>

namespace vidimus::rights {

/// Works out territory expressions against the groups of one rule set. An unknown name adds nothing.
class TerritorySetBuilder {
public:
    explicit TerritorySetBuilder(const RuleSet& rules);

    /// In a restriction an included WORLD is total: every code, XX with it, for a worldwide deny must not leak. In a
    /// grant WORLD is its members, so XX has to be listed to match.
    [[nodiscard]] TerritorySet build(const TerritoryExpression& expression, Effect effect) const;

private:
    struct Places {
        std::bitset<kCountryCodes> countries;
        std::vector<TerritoryAtom> subdivisions; // sorted once collected
    };
    [[nodiscard]] Places collect(const QStringList& names, bool worldIsTotal) const;

    QHash<QString, QStringList> m_groups; // "EU4" is the newest version, "EU4@2" that version
};

} // namespace vidimus::rights
