#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QString>

namespace vidimus::sql {

/// The right to hold the one read-write handle of a database file. Inside the process it is a counted entry, across
/// processes an flock() on a file beside it: "workspace.db" has "workspace.lock". The lock file is another file on
/// purpose: closing any descriptor of the database itself would drop SQLite's POSIX locks. Any thread.
class HandleLease {
public:
    /// Errors: Conflict (reason "locked") with the holder's process id in the detail; Io, Denied, NotFound.
    [[nodiscard]] static Result<HandleLease> take(const QString& databasePath);
    HandleLease(HandleLease&& other) noexcept;
    HandleLease& operator=(HandleLease&& other) noexcept;
    ~HandleLease();

    /// Read-write handles open now on one file, by any Connection of this process.
    [[nodiscard]] static int countFor(const QString& databasePath);
    /// The highest number of read-write handles that one file ever had in this process; must stay 1.
    [[nodiscard]] static int highestCount();

private:
    HandleLease(UniqueFd lock, QString key);
    void release();

    UniqueFd m_lock;
    QString m_key;
};

/// "folder/workspace.db" → "folder/workspace.lock".
[[nodiscard]] QString lockPathFor(const QString& databasePath);

} // namespace vidimus::sql
