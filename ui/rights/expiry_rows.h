#pragma once

#include "ui/rights/cell_table_model.h"
#include "ui/rights/engine.h"

namespace vidimus::ui::rights {

/// The next step of the alarms before an end: 90, 60, 30, 7, 1 days; 0 when the end is here.
[[nodiscard]] int alarmStep(Milliseconds left);
/// Grants in force at \a now that end within \a horizon, soonest first: alarm | title | where | ends | contract. The
/// row's id is the window. Ends that another grant of the title continues at once in the same territories and offers
/// are marked. Ui thread.
[[nodiscard]] std::vector<TableRow> expiryRows(
    const engine::RuleSet& rules, Instant now, std::chrono::days horizon = std::chrono::days(90));

} // namespace vidimus::ui::rights
