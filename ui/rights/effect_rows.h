#pragma once

#include "core/rights/effect.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/engine.h"

namespace vidimus::ui::rights {

/// Gained and lost as rows: countries | what and when | days. Each list has a heading row with its total; a list that
/// is too long ends in a row that says how many are left out. Ui thread.
[[nodiscard]] std::vector<TableRow> effectRows(const engine::Effects& effects, const engine::RuleSet& rules);
/// Days × countries × sites × offers of bounded ranges; ranges without an end are not counted.
[[nodiscard]] double daysOf(const engine::CellRange& range);
/// "DE, FR +3".
[[nodiscard]] QString shortList(const QStringList& names, int most);

} // namespace vidimus::ui::rights
