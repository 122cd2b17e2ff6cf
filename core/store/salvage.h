#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <QString>
#include <map>

namespace vidimus::store {

/// What could be read of a damaged database.
struct SalvageReport {
    QString asideFolder; ///< where the damaged files are kept, unchanged
    std::map<QString, qint64> rows; ///< by table
    QStringList faults; ///< tables that could not be read to their end
};

/// Makes a new database of the rows that can still be read from a damaged one, on request only. The damaged files are
/// copied aside first; the new database takes the place in one step at the end, so that a kill leaves the damaged one.
/// Nobody may have the workspace open. A log that lost entries stays visibly so: it is copied, not re-signed.
/// Errors: NotFound, Conflict ("locked"), DiskFull, Io, Corrupt when not even the tables can be listed.
[[nodiscard]] Result<SalvageReport> salvage(const QString& workspaceFolder, Instant now);

} // namespace vidimus::store
