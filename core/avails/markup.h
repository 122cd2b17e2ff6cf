#pragma once

#include "core/avails/sheet_import.h"

namespace vidimus::avails {

/// Begins the headings of the columns that are put behind a licensor's own. A workbook that comes back corrected has
/// them still; they are passed over in silence.
inline const QString kOurHeading = QStringLiteral("Vidimus: ");

/// The sheets as they came, to be sent back to the licensor: each row with "Accepted" or "Rejected" and the sentences
/// about its cells in two columns at the end, each cell with a fault or a note in colour. An XLSX workbook; never a
/// formula. Errors: those of writeXlsx().
[[nodiscard]] Result<QByteArray> markUp(
    std::span<const SheetTable> sheets, const ImportPlan& plan, const ColumnMapping& mapping = {});

} // namespace vidimus::avails
