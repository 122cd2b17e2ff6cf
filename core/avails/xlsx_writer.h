#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QStringList>
#include <vector>

namespace vidimus::avails {

/// How a cell is shown.
enum class CellStyle { Plain, Heading, Error, Note };

/// A sheet to be written. Every cell is a typed text, so that nothing in it can be run (promise R28).
struct OutSheet {
    QString name; ///< at most 31 characters are kept
    std::vector<QStringList> rows;
    QHash<std::pair<int, int>, CellStyle> styles; ///< by row and column, 0-based; others are plain
    int frozenRows = 0; ///< stay in sight when the sheet is scrolled
};

/// An Office Open XML workbook. Characters that XML 1.0 cannot hold are left out. Pure; any thread.
/// Errors: LimitExceeded (more rows or columns than a spreadsheet holds), Internal.
[[nodiscard]] Result<QByteArray> writeXlsx(const std::vector<OutSheet>& sheets);

} // namespace vidimus::avails
