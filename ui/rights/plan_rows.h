#pragma once

#include "ui/rights/staged_plan.h"

namespace vidimus::ui::rights {

/// One row for each field of a rule that differs. \a before null: added; \a after null: removed. Ui thread (words).
void addRuleRows(const engine::Rule* before, const engine::Rule* after, std::vector<PlanRow>& rows);
[[nodiscard]] PlanRow dealRow(const engine::Deal& deal);
[[nodiscard]] PlanRow titleRow(const engine::Title& title);

} // namespace vidimus::ui::rights
