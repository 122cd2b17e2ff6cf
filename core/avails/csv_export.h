#pragma once

#include "core/avails/avail_sheet.h"

#include <QByteArray>

namespace vidimus::avails {

/// Grants as an Avails CSV in the layout of the templates (inTemplate(); RFC 4180, UTF-8, CRLF), one row per grant,
/// times in UTC with an offset. Cells that a spreadsheet would take for a formula begin with an apostrophe; the import
/// takes it off again. Restrictions have no Avails row and are left out. Pure; any thread.
[[nodiscard]] QByteArray exportCsv(const rights::RuleSet& rules, Extent extent = Extent::Whole);

} // namespace vidimus::avails
