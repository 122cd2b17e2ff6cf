#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/store/wal_pages.h"

#include <QString>
#include <optional>

namespace vidimus::store {

/// A database has a list beside it ("workspace.db.pages"): a digest of each of its pages. It finds the changed byte
/// inside a row that SQLite's own checks cannot see, also after a crash.
///
/// The file of a database in WAL mode changes in checkpoints only. Before one, the digests of the pages that it will
/// write are put into the list and synced; from then until the log begins anew, these pages are read from the log, and
/// what the file has in their places does not matter. So a program that is killed at any moment leaves a list that
/// agrees with the file wherever the log has nothing. A page that was never written has no digest.
struct PageCheck {
    bool hasList = false; ///< none: the database is new, or was put there by a restore, a salvage or a person
    /// What does not agree, for the log and "doctor"; none when all is as it was written.
    std::optional<QString> damage;
    [[nodiscard]] bool isSound() const { return !damage; }
};

/// Reads the whole file; \a log is what its log held before anybody wrote, who may do so now, but not checkpoint.
/// \a database is the file, opened by the caller, who closes it after every connection of this process, because closing
/// it drops SQLite's locks. Errors: Io, Canceled.
[[nodiscard]] Result<PageCheck> checkPages(
    const QString& databasePath, int database, const WalPages& log, const CancelToken& cancel = {});
/// Makes the list anew of the file as it is; nobody may checkpoint meanwhile. Errors: Corrupt, DiskFull, Io.
[[nodiscard]] Result<void> listPages(const QString& databasePath, int database);
/// Puts what the log holds into the list, durably; to be called before every checkpoint, on the writer's thread.
/// Errors: Corrupt, DiskFull, Io.
[[nodiscard]] Result<void> listPagesOfLog(const sql::Connection& writer);
/// Durably; for a database that is about to be changed without its list. Errors: Io.
[[nodiscard]] Result<void> removePageList(const QString& databasePath);

} // namespace vidimus::store
