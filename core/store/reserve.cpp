#include "core/store/reserve.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/sql/disk_room.h"

#include <QFile>
#include <QFileInfo>
#include <fcntl.h>
#include <unistd.h>

namespace vidimus::store {

using namespace Qt::StringLiterals;

Reserve::Reserve(QString path, qint64 bytes)
    : m_path(std::move(path))
    , m_bytes(bytes)
{
}

bool Reserve::isHeld() const
{
    return QFileInfo(m_path).size() >= m_bytes;
}

Result<void> Reserve::ensure()
{
    if (isHeld())
        return {};
    const auto room = sql::roomIn(QFileInfo(m_path).absolutePath());
    if (!room)
        return room.error();
    if (room->freeBytes < m_bytes * 2)
        return Error {ErrorCode::DiskFull, u"there is no room for the reserve"_s, "disk_full"};
    auto file = DurableFile::create(m_path);
    if (!file)
        return std::move(file).error();
    if (const int failure = posix_fallocate(file->fd(), 0, m_bytes); failure != 0)
        return posixError("allocate", failure, u"reserve"_s);
    return file->commit();
}

Result<void> Reserve::checkRoomBeside(qint64 bytes) const
{
    constexpr qint64 kSmallDisk = 4; // reserves: on a smaller one there never was room for any
    const auto room = sql::roomIn(QFileInfo(m_path).absolutePath());
    if (!room)
        return room.error();
    const qint64 kept = isHeld() || room->totalBytes < m_bytes * kSmallDisk ? 0 : m_bytes;
    if (room->freeBytes >= bytes + kept)
        return {};
    return Error {ErrorCode::DiskFull,
        u"the disk of the workspace is full: %1 MB are wanted beside the %2 MB that are kept for decisions, %3 MB are free"_s
            .arg(bytes / 1'000'000)
            .arg(kept / 1'000'000)
            .arg(room->freeBytes / 1'000'000),
        "disk_full"};
}

void Reserve::makeRoomToOpen()
{
    const auto room = sql::roomIn(QFileInfo(m_path).absolutePath());
    if (room && room->freeBytes < sql::kRoomToOpen)
        release();
}

bool Reserve::release()
{
    return unlink(QFile::encodeName(m_path).constData()) == 0;
}

} // namespace vidimus::store
