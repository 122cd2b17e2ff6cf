#pragma once

#include "core/avails/sheet_table.h"
#include "core/rights/rule_set.h"

namespace vidimus::avails {

/// Whether rules are all that is known, or what a filter left of it. Where they are all, each row is one of a Full
/// Extract; else an Update, for what a row does not name is none to be removed.
enum class Extent { Whole, Part };

/// Grants as rows of Avails columns, one row a grant and licence type, times in UTC with an offset and groups of
/// territories in their members; the first row has the headings. What a grant keeps of its licensor's columns is
/// written again; such a column is there where some grant has it. Restrictions have no Avails row and are left out, and
/// so are titles without a grant.
[[nodiscard]] SheetTable availSheet(const rights::RuleSet& rules, Extent extent = Extent::Whole);

/// How a territory expression is written in a sheet: WORLD leaves as ZZ, the code that sheets use for it.
[[nodiscard]] QString territoriesOf(QStringList names);
/// The ids that the licensor gave, where they differ from those that the grant and its title are kept under.
[[nodiscard]] QString availIdOf(const rights::Rule& rule);
[[nodiscard]] QString alidOf(const rights::Rule& rule, const rights::Title& title);

} // namespace vidimus::avails
