#include "core/sql/disk_room.h"

#include "core/base/posix_error.h"

#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <sys/statvfs.h>
#include <unistd.h>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kIndexBytes = 32'768; ///< the first region of a log's index (WALINDEX_PGSZ); longer logs are taken in

} // namespace

Result<DiskRoom> roomIn(const QString& folder)
{
    struct statvfs facts {};
    if (statvfs(QFile::encodeName(folder).constData(), &facts) != 0)
        return posixError("statvfs", errno, folder);
    const auto blockBytes = static_cast<qint64>(facts.f_frsize);
    return DiskRoom {.freeBytes = static_cast<qint64>(facts.f_bavail) * blockBytes,
        .totalBytes = static_cast<qint64>(facts.f_blocks) * blockBytes,
        .blockBytes = blockBytes};
}

bool leavesHoles(const DiskRoom& room)
{
    return room.blockBytes < sysconf(_SC_PAGESIZE);
}

Result<void> checkRoomForLogIndex(const QString& databasePath, const DiskRoom& room)
{
    const bool isOpen = QFileInfo(databasePath + u"-shm"_s).size() >= kIndexBytes;
    if (isOpen || !leavesHoles(room) || room.freeBytes >= kRoomToOpen)
        return {};
    return Error {ErrorCode::DiskFull,
        u"the disk of the database is full: %1 kB are free, %2 kB are needed to open it"_s.arg(room.freeBytes / 1000)
            .arg(kRoomToOpen / 1000),
        "disk_full"};
}

} // namespace vidimus::sql
