#include "core/sql/handle_lease.h"

#include "core/base/posix_error.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <sys/file.h>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

struct Registry {
    std::mutex mutex;
    QHash<QString, int> counts;
    int highest = 0;
};

Registry& registry()
{
    static Registry instance;
    return instance;
}

QString keyFor(const QString& databasePath)
{
    const QFileInfo info(databasePath);
    const QString folder = QFileInfo(info.absolutePath()).canonicalFilePath();
    return folder + u'/' + info.fileName();
}

Error heldBy(const QString& lockPath)
{
    QFile file(lockPath);
    const QByteArray holder = file.open(QIODevice::ReadOnly) ? file.read(32).trimmed() : QByteArray();
    return {ErrorCode::Conflict,
        u"%1 is held by process %2"_s.arg(QFileInfo(lockPath).fileName(), QString::fromLatin1(holder)), "locked"};
}

} // namespace

QString lockPathFor(const QString& databasePath)
{
    const QFileInfo info(databasePath);
    return info.absolutePath() + u'/' + info.completeBaseName() + u".lock"_s;
}

HandleLease::HandleLease(UniqueFd lock, QString key)
    : m_lock(std::move(lock))
    , m_key(std::move(key))
{
    Registry& all = registry();
    const std::lock_guard guard(all.mutex);
    all.highest = std::max(all.highest, ++all.counts[m_key]);
}

HandleLease::HandleLease(HandleLease&& other) noexcept
    : m_lock(std::move(other.m_lock))
    , m_key(std::exchange(other.m_key, {}))
{
}

HandleLease& HandleLease::operator=(HandleLease&& other) noexcept
{
    if (this != &other) {
        release();
        m_lock = std::move(other.m_lock);
        m_key = std::exchange(other.m_key, {});
    }
    return *this;
}

HandleLease::~HandleLease()
{
    release();
}

void HandleLease::release()
{
    if (m_key.isEmpty())
        return;
    Registry& all = registry();
    const std::lock_guard guard(all.mutex);
    if (--all.counts[m_key] <= 0)
        all.counts.remove(m_key);
    m_key.clear();
    m_lock.reset();
}

Result<HandleLease> HandleLease::take(const QString& databasePath)
{
    const QString path = lockPathFor(databasePath);
    UniqueFd lock(open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.isValid())
        return posixError("open the lock", errno, QFileInfo(path).fileName());
    if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK ? heldBy(path) : posixError("lock", errno, QFileInfo(path).fileName());
    // The process id is for people who ask who holds it; the lock itself does not depend on it.
    const QByteArray holder = QByteArray::number(getpid()) + '\n';
    if (ftruncate(lock.get(), 0) != 0
        || pwrite(lock.get(), holder.constData(), static_cast<size_t>(holder.size()), 0) < 0) {
        if (errno != ENOSPC && errno != EDQUOT && errno != EFBIG)
            return posixError("write the lock", errno, QFileInfo(path).fileName());
    }
    return HandleLease(std::move(lock), keyFor(databasePath));
}

int HandleLease::countFor(const QString& databasePath)
{
    Registry& all = registry();
    const std::lock_guard guard(all.mutex);
    return all.counts.value(keyFor(databasePath));
}

int HandleLease::highestCount()
{
    Registry& all = registry();
    const std::lock_guard guard(all.mutex);
    return all.highest;
}

} // namespace vidimus::sql
