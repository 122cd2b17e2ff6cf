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
