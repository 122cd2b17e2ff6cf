#pragma once

#include "core/avails/sheet_table.h"

#include <QByteArrayView>

namespace vidimus::avails {

/// Reads RFC 4180: quotes, doubled quotes, line ends inside quotes, CR LF or LF; UTF-8 with or without a byte order
/// mark, or UTF-16 with one (what Excel saves as "Unicode text"). The separator is a comma, a semicolon or a tab,
/// whichever the first line with text holds most of. Pure; any thread.
/// Errors: Invalid (not UTF-8, a quote that does not close), LimitExceeded.
[[nodiscard]] Result<std::vector<SheetRow>> readCsv(QByteArrayView bytes, int maxRows);

/// One cell quoted where it must be; a text that a spreadsheet would run as a formula (leading = + - @ TAB CR) gets an
/// apostrophe before it.
[[nodiscard]] QString csvCell(const QString& text);
/// Takes off the apostrophe that csvCell() put there.
[[nodiscard]] QString withoutFormulaGuard(const QString& cell);
/// The cell would be run by a spreadsheet.
[[nodiscard]] bool startsLikeFormula(QStringView cell);

} // namespace vidimus::avails
