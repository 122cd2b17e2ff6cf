#pragma once

#include "core/avails/sheet_table.h"
#include "core/rights/rule_set.h"

namespace vidimus::avails {

/// Grants as rows of Avails columns, one row a grant and licence type, times in UTC with an offset; the first row has
/// the headings. Restrictions have no Avails row and are left out, and so are titles without a grant.
[[nodiscard]] SheetTable availSheet(const rights::RuleSet& rules);

} // namespace vidimus::avails
