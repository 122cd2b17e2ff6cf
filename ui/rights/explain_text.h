#pragma once

#include "core/rights/explain.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/engine.h"

namespace vidimus::ui::rights {

/// "Available in Germany on web with svod_base", or "Not available …, because …". Ui thread.
[[nodiscard]] QString headline(const engine::Query& query, const engine::Explanation& explanation);
/// The trail: number | sentence with its mark | what the step does. Ui thread.
[[nodiscard]] std::vector<TableRow> trailRows(const engine::Explanation& explanation, const engine::RuleSet& rules);
/// One thing that would help, as a sentence.
[[nodiscard]] QString remedyText(const engine::Remedy& remedy);

} // namespace vidimus::ui::rights
