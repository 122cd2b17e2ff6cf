#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <QString>

namespace vidimus::catalog_server {

/// What was found in a catalog's database.
struct CatalogCopy {
    QString path;
    qint64 bytes = 0;
    qint64 titles = 0;
    qint64 missingObjects = 0; ///< that its rows name and the data folder does not have
    QString epoch; ///< of the audit feed; a restored one is new, so that clients read everything anew
    QString aside; ///< where the replaced database is kept; empty: there was none
};

/// Writes a compact, checked copy of the database in \a dataFolder to \a file. Objects are named by their content and
/// never change: they are copied with any tool. Nobody may hold the catalog.
/// Errors: NotFound, Conflict (reasons "locked", "exists"), Corrupt, Io, DiskFull.
[[nodiscard]] Result<CatalogCopy> backupCatalog(const QString& dataFolder, const QString& file);
/// Puts a copy in the place of the database of \a dataFolder, under a new epoch; what stood there is kept in
/// "replaced-<time>/". Nothing is changed before the copy was read from end to end.
/// Errors: NotFound, Conflict ("locked"), Corrupt (reason "backup_damaged"), Unsupported ("newer_file"), Io, DiskFull.
[[nodiscard]] Result<CatalogCopy> restoreCatalog(const QString& dataFolder, const QString& file, Instant now);

} // namespace vidimus::catalog_server
