#pragma once

#include "core/base/cancel.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QString>
#include <functional>
#include <thread>

namespace vidimus::store {

/// Looks at a database through read-only handles: its seal, then its structure within \a budget. False when the budget
/// was too short for all of it. \a file is the database, see checkSeal().
/// Errors: Corrupt (reason "database_damaged"), Canceled, Io.
[[nodiscard]] Result<bool> checkDatabase(
    const QString& path, int file, Milliseconds budget, const CancelToken& cancel = {});

/// Whether a database may be opened for writing before it was checked: opening it would neither convert nor migrate it.
/// Costs the same for a file of any size. Any doubt is a no.
[[nodiscard]] bool mayBeCheckedLater(const QString& path, int newestVersion);

/// checkDatabase() on a thread of its own while the database is in use with its checkpoints held, so that the file
/// stays what it was. Destroyed before it is done, it says nothing. Goes after every connection of this process.
class StartCheck {
public:
    using Done = std::function<void(const Result<bool>&)>; ///< called on the checking thread

    StartCheck(QString path, UniqueFd file, Milliseconds budget, Done done);
    ~StartCheck();
    StartCheck(const StartCheck&) = delete;
    StartCheck& operator=(const StartCheck&) = delete;

    /// Ends it and waits; the file stays open.
    void stop();

private:
    UniqueFd m_file; ///< closing it drops the locks of SQLite's own handles
    CancelSource m_cancel;
    std::jthread m_thread;
};

} // namespace vidimus::store
