#pragma once

#include "core/base/cancel.h"
#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/store/page_list.h"

#include <QString>
#include <functional>
#include <thread>

namespace vidimus::store {

struct StartFindings {
    bool finished = true; ///< false: the budget was too short for all of the structure
    bool hasPageList = false;
};

/// Looks at a database through read-only handles: the digests of its pages, then its structure within \a budget.
/// \a file and \a log: see checkPages(). Errors: Corrupt (reason "database_damaged"), Canceled, Io.
[[nodiscard]] Result<StartFindings> checkDatabase(
    const QString& path, int file, const WalPages& log, Milliseconds budget, const CancelToken& cancel = {});

/// Whether a database may be opened for writing before it was checked: opening it would neither convert nor migrate it.
/// Costs the same for a file of any size. Any doubt is a no.
[[nodiscard]] bool mayBeCheckedLater(const QString& path, int newestVersion);

/// checkDatabase() on a thread of its own while the database is in use with its checkpoints held, so that the file
/// stays what it was. Destroyed before it is done, it says nothing.
class StartCheck {
public:
    using Done = std::function<void(const Result<StartFindings>&)>; ///< called on the checking thread

    StartCheck(QString path, int file, WalPages log, Milliseconds budget, Done done);
    ~StartCheck();
    StartCheck(const StartCheck&) = delete;
    StartCheck& operator=(const StartCheck&) = delete;

    /// Ends it and waits.
    void stop();

private:
    CancelSource m_cancel;
    std::jthread m_thread;
};

} // namespace vidimus::store
