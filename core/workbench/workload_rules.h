#pragma once

#include "core/rights/rule_set.h"
#include "core/workbench/availability_workload.h"

#include <map>

namespace vidimus::workbench {

/// The workload as rules that people could have written: groups, sites and offers by name, a title and its windows with
/// ids as long as those of a real workspace. Names are those of WorkloadImage. Immutable; any thread.
class WorkloadRules {
public:
    explicit WorkloadRules(const AvailabilityWorkload& workload);

    /// Groups "G0" to "G32", sites and offers; no titles.
    [[nodiscard]] rights::RuleSet context() const;
    [[nodiscard]] static TitleId titleId(quint32 title);
    [[nodiscard]] static rights::Title title(quint32 title);
    /// In the order of the workload's windows.
    [[nodiscard]] std::vector<rights::Rule> rulesOf(quint32 title) const;

private:
    [[nodiscard]] QStringList territory(const WorkCountries& countries) const;

    const AvailabilityWorkload& m_workload;
    std::map<WorkCountries, QStringList> m_named; ///< groups, and two of the blocks together
};

} // namespace vidimus::workbench
