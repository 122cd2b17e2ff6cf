#pragma once

#include "core/avails/import_plan.h"
#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/rights/time_import.h"

#include <QByteArrayView>

namespace vidimus::avails {

struct ImportOptions {
    QString licensor; ///< empty: from the DisplayName column
    rights::TimeProfile times;
    QString fileName; ///< for provenance and messages
    QString sheetName = QStringLiteral("Avails");
    QMap<QString, QStringList>
        offers; ///< LicenseType → offers; a type that is not here stands for itself in lower case
};

inline constexpr qint64 kMaxCsvBytes = 64LL * 1024 * 1024;
inline constexpr int kMaxRows = 200'000;

/// Reads one CSV with the columns of EMA/MovieLabs Avails (found by name) and says what importing it would do to
/// \a existing. Rows with an error are left out and named; nothing is half applied: a title or deal comes along only
/// with a row that was accepted. Pure except for the system's zone database. Any thread.
/// Errors: Invalid (not UTF-8, no heading row, an unclosed quote), LimitExceeded, Canceled.
[[nodiscard]] Result<ImportPlan> planCsvImport(
    QByteArrayView csv, const ImportOptions& options, const rights::RuleSet& existing, const CancelToken& cancel = {});

} // namespace vidimus::avails
