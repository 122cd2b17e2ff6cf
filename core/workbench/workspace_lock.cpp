#include "core/workbench/workspace_lock.h"

#include "core/base/posix_error.h"

#include <QFile>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Result<WorkspaceLock> WorkspaceLock::acquire(
    const WorkspacePaths& paths, std::chrono::milliseconds patience, const CancelToken& cancel)
{
    UniqueFd fd(open(QFile::encodeName(paths.lock()).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.isValid())
        return posixError("open", errno, u"workspace.lock"_s);
    const auto end = std::chrono::steady_clock::now() + patience;
    while (flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return posixError("lock", errno, u"workspace.lock"_s);
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"cancelled while waiting for the workspace"_s, "canceled"};
        if (std::chrono::steady_clock::now() >= end)
            return Error {ErrorCode::Conflict, u"another program is writing to this workspace"_s, "workspace_in_use"};
        std::this_thread::sleep_for(20ms);
    }
    return WorkspaceLock(std::move(fd));
}

} // namespace vidimus::workbench
