#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

#include <QString>

namespace vidimus::store {

/// A database at rest has a seal beside it ("workspace.db.seal"): the hash of the file as it was closed. It finds the
/// changed byte inside a row that SQLite's own checks cannot see. It is there only between two sessions: taken away,
/// durably, before anything may write. Nobody in this process may have the database open while it is made or checked,
/// because closing the file would drop SQLite's locks.
enum class SealState {
    None, ///< the last session did not end by closing
    Matches,
    Broken,
};
/// Errors: Io.
[[nodiscard]] Result<SealState> checkSeal(const QString& databasePath);
/// The same with the database opened by the caller, who closes \a database after everybody else: it may be in use, as
/// long as nobody writes into the file itself. Errors: Io, Canceled.
[[nodiscard]] Result<SealState> checkSeal(const QString& databasePath, int database, const CancelToken& cancel);
[[nodiscard]] Result<void> sealFile(const QString& databasePath);
[[nodiscard]] Result<void> removeSeal(const QString& databasePath);

} // namespace vidimus::store
