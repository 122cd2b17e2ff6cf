#pragma once

#include "ui/rights/staged_plan.h"

namespace vidimus::ui::rights {

/// One row for each field of a rule that differs. \a before null: added; \a after null: removed. Ui thread (words).
void addRuleRows(const engine::Rule* before, const engine::Rule* after, std::vector<PlanRow>& rows);
/// "avod start": the right that the rule speaks of, and the field. Ui thread.
[[nodiscard]] QString whatText(const engine::Rule& rule, const QString& field);
[[nodiscard]] PlanRow dealRow(const engine::Deal& deal);
[[nodiscard]] PlanRow titleRow(const engine::Title& title);

} // namespace vidimus::ui::rights
