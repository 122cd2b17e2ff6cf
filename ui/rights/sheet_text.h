#pragma once

#include "ui/rights/cell_edit.h"
#include "ui/rights/grid_rows.h"

/// Windows as spreadsheets know them: rows of cells, with tabs between.
namespace vidimus::ui::rights {

/// The rows with a heading line, ready for a spreadsheet. Cells that a spreadsheet would take for a formula get an
/// apostrophe before them. Ui thread (headings).
[[nodiscard]] QString toSheetText(const std::vector<GridRow>& rows);

/// What a paste would stage, as a whole or not at all.
struct PastedCells {
    std::vector<engine::Rule> put;
    std::vector<engine::Deal> deals;
    int added = 0; ///< of put: windows that did not stand yet
};

/// Reads cells and lays them over \a targets from the top. With a heading line (as toSheetText() writes it) cells go to
/// the columns it names; without one they go to \a column and those after it. One line goes to all targets; lines that
/// find no target become new windows like the last one. Quoted cells may hold tabs and line ends. At most 10,000 lines.
/// Errors: Invalid with the line in the detail (those of withEdit(), and empty_paste, no_target), LimitExceeded.
[[nodiscard]] Result<PastedCells> pasteSheetText(
    const QString& text, const std::vector<engine::Rule>& targets, Column column, const engine::RuleSet& rules);

} // namespace vidimus::ui::rights
