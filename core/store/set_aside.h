#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <QString>

namespace vidimus::store {

/// "20261121T120000123Z": sorts by time, fit for a file name.
[[nodiscard]] QString timeStamp(Instant instant);
/// Copies bytes and syncs; \a to must not exist. Errors: Io, DiskFull, NotFound.
[[nodiscard]] Result<void> copyFileDurably(const QString& from, const QString& to);
/// Moves a workspace's database, its WAL and its anchored head into a new folder \a name of the workspace, so that
/// another database can take the place. The copies are complete before anything is removed. The caller holds the lease.
/// Returns the folder's path; empty when there was no database.
[[nodiscard]] Result<QString> setDatabaseAside(const QString& workspaceFolder, const QString& name);

} // namespace vidimus::store
