#pragma once

#include "core/base/result.h"
#include "ui/rights/engine.h"

namespace vidimus::ui::rights {

/// Columns of the grid; from Start on they are shown by the chart, or by the table twin.
enum class Column { Territory, Right, Contract, State, Start, End, Sites };
inline constexpr int kColumnCount = 7;
[[nodiscard]] QString columnTitle(Column column);

/// A window after an edit, with the deal that the edit brings along.
struct CellEdit {
    engine::Rule rule;
    std::optional<engine::Deal> newDeal;
};

/// What stands in the editor of a cell: "DE, AT, -CH", "svod_base, exclusive", "K-114", RFC 3339.
[[nodiscard]] QString editText(const engine::Rule& rule, Column column);
/// The rule with a cell changed by typing. A contract that is not known becomes a new deal: "K-200 Northern Pictures".
/// Pure; ui thread (translated words). Errors: Invalid (unknown_territory, bad_date, bad_id, not_editable).
[[nodiscard]] Result<CellEdit> withEdit(
    const engine::Rule& rule, Column column, const QString& text, const engine::RuleSet& rules);
/// Takes the value of one column from \a source.
[[nodiscard]] engine::Rule withColumnOf(engine::Rule rule, const engine::Rule& source, Column column);

enum class Edge { Start, End };
/// The rule with one edge moved.
[[nodiscard]] engine::Rule withEdge(engine::Rule rule, Edge edge, Instant at);
/// The rule with both edges moved; an open side stays open.
[[nodiscard]] engine::Rule withShift(engine::Rule rule, Milliseconds by);
/// The two windows that a rule becomes when cut; nothing when \a at is not inside it.
[[nodiscard]] std::optional<std::pair<engine::Rule, engine::Rule>> cutAt(const engine::Rule& rule, Instant at);

} // namespace vidimus::ui::rights
