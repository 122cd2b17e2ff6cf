#pragma once

#include "core/base/result.h"

#include <QStringList>
#include <vector>

namespace vidimus::avails {

/// A line of a sheet. \a number is what a spreadsheet shows, 1-based; of an XML file, the line of the element.
struct SheetRow {
    int number = 0;
    QStringList cells;

    [[nodiscard]] bool isEmpty() const;
    friend bool operator==(const SheetRow&, const SheetRow&) = default;
};

/// One sheet of a workbook as text: dates in ISO 8601, truth as TRUE and FALSE, a formula as the text "=…" (its stored
/// value is not looked at), an error value as itself ("#REF!").
struct SheetTable {
    QString name;
    std::vector<SheetRow> rows; ///< rows without any text may be left out; numbers rise
    int skippedRows = 0; ///< empty rows that were left out

    friend bool operator==(const SheetTable&, const SheetTable&) = default;
};

inline constexpr int kMaxRows = 200'000; ///< of all sheets of a file together
inline constexpr int kMaxColumns = 1000;
inline constexpr int kMaxSheets = 100;
inline constexpr qsizetype kMaxCellLength = 32'767; // what Excel allows in a cell
inline constexpr qint64 kMaxCells = 8'000'000; ///< with text, of all sheets together

/// Sheets as bytes, for the way from the process that reads untrusted workbooks: counts as LEB128, texts as UTF-8, each
/// text that repeats written once.
[[nodiscard]] QByteArray toBytes(const std::vector<SheetTable>& sheets);
/// Strict and bounded by the limits above. Errors: Corrupt, LimitExceeded.
[[nodiscard]] Result<std::vector<SheetTable>> sheetsFromBytes(QByteArrayView bytes);

} // namespace vidimus::avails
