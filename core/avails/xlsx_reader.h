#pragma once

#include "core/avails/sheet_table.h"
#include "core/base/cancel.h"

namespace vidimus::avails {

/// The visible sheets of an Office Open XML workbook (ECMA-376 part 1, chapter 18), in the workbook's order. A cell
/// with a date format gives ISO 8601; days are counted in the workbook's own system (1900 or 1904). For untrusted bytes
/// this runs in the mediaworker. Pure; any thread. Errors: Invalid (no workbook, XML that does not parse, a document
/// type declaration), LimitExceeded, Canceled.
[[nodiscard]] Result<std::vector<SheetTable>> readXlsx(const QByteArray& bytes, const CancelToken& cancel = {});

} // namespace vidimus::avails
