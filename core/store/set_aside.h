#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <QString>

namespace vidimus::store {

/// "20261121T120000123Z": sorts by time, fit for a file name.
[[nodiscard]] QString timeStamp(Instant instant);
/// Puts \a newDatabase, a finished file of the workspace folder, in the place of the workspace's database. What stands
/// there, with its WAL and its anchored head, is copied into a new folder \a name before. Killed or failing at any
/// moment, the old or the new database is in place. The caller holds the lease, has nothing open, and has emptied the
/// WAL of a sound database. Returns the folder's path; empty when there was no database.
[[nodiscard]] Result<QString> replaceDatabase(
    const QString& workspaceFolder, const QString& newDatabase, const QString& name);

} // namespace vidimus::store
