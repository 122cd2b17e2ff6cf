#pragma once

#include "core/rights/rule_set.h"

#include <QHash>

namespace vidimus::rights {

/// Whose grants are whose: what the import of a grant said (Provenance::licensor), else the licensor of its deal.
/// A value; any thread.
class Licensors {
public:
    explicit Licensors(const RuleSet& rules);

    /// Empty: nobody said.
    [[nodiscard]] QString of(const Rule& rule) const;
    /// Those of deals and grants, sorted, each once.
    [[nodiscard]] const QStringList& names() const { return m_names; }
    /// Written as it is known, whatever the case of \a name; empty: there is none of this name.
    [[nodiscard]] QString known(const QString& name) const;

private:
    QHash<QString, QString> m_ofDeal;
    QStringList m_names;
};

/// Names of parties have no case: "Gaumont" and "GAUMONT" are one.
[[nodiscard]] bool isSameLicensor(const QString& a, const QString& b);

} // namespace vidimus::rights
