#pragma once

#include "core/rights/issue.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/engine.h"

namespace vidimus::ui::rights {

/// What would settle an issue, in people's words: "End the first at 1 Dec 2026 00:00Z". Ui thread.
[[nodiscard]] QString fixText(const engine::Fix& fix);
/// Issues as rows: mark and what | title | territories | when | fix. The row's id is its place in the list. Ui thread.
[[nodiscard]] std::vector<TableRow> issueRows(const engine::Issues& issues, const engine::RuleSet& rules);

} // namespace vidimus::ui::rights
