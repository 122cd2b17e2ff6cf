#pragma once

#include "core/avails/import_plan.h"
#include "core/avails/sheet_table.h"
#include "core/base/cancel.h"
#include "core/rights/time_import.h"

#include <QByteArrayView>
#include <QMap>
#include <span>

namespace vidimus::avails {

/// How one licensor's own layout maps to the columns of Avails. Learnt once, kept with the licensor.
struct ColumnMapping {
    int headingRow = 0; ///< 1-based; 0: found by its names
    QMap<QString, QString> columns; ///< heading as written → Avails column; wins over the names that are known
    QMap<QString, QString> constants; ///< Avails column → value of every row whose own cell is empty
    friend bool operator==(const ColumnMapping&, const ColumnMapping&) = default;
};

struct ImportOptions {
    QString licensor; ///< empty: from the DisplayName column
    rights::TimeProfile times;
    ColumnMapping mapping;
    QString fileName; ///< for provenance and messages
    QString sheetName = QStringLiteral("Avails"); ///< of a CSV, which names none
    QMap<QString, QStringList>
        offers; ///< LicenseType → offers; a type that is not here stands for itself in lower case
};

inline constexpr qint64 kMaxCsvBytes = 64LL * 1024 * 1024;
inline constexpr qint64 kMaxWorkbookBytes = 64LL * 1024 * 1024;

/// Says what importing the sheets would do to \a existing. Columns are those of EMA/MovieLabs Avails, Movies and TV,
/// found by name. A sheet without a heading row (a cover, a dictionary) is left out with a note. Rows with an error are
/// left out and named; nothing is half applied: a title or deal comes along only with a row that was accepted. Pure
/// except for the system's zone database. Any thread.
/// Errors: Invalid (no sheet with a heading row; BAD_ZONE), Canceled.
[[nodiscard]] Result<ImportPlan> planImport(std::span<const SheetTable> sheets, const ImportOptions& options,
    const rights::RuleSet& existing, const CancelToken& cancel = {});

/// A CSV as the one sheet it is. Errors: Invalid (not UTF-8, an unclosed quote), LimitExceeded.
[[nodiscard]] Result<SheetTable> readCsvSheet(QByteArrayView csv, const QString& sheetName);

/// planImport() of a CSV. Errors: those of both.
[[nodiscard]] Result<ImportPlan> planCsvImport(
    QByteArrayView csv, const ImportOptions& options, const rights::RuleSet& existing, const CancelToken& cancel = {});

/// The columns of Avails that an import reads, in the standard's order: for the screen that maps a house layout.
[[nodiscard]] QStringList importedColumns();
/// The column that a heading names by itself; empty: none that is read.
[[nodiscard]] QString columnOfHeading(const QString& heading);
/// Where the heading row is, as planImport() would find it: its place among the rows; -1: none.
[[nodiscard]] qsizetype headingRowOf(const SheetTable& sheet, const ColumnMapping& mapping);

} // namespace vidimus::avails
