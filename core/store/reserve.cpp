#include "core/store/reserve.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"

#include <QFile>
#include <QFileInfo>
#include <fcntl.h>
#include <sys/statvfs.h>
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
    struct statvfs space {};
    if (statvfs(QFile::encodeName(QFileInfo(m_path).absolutePath()).constData(), &space) != 0)
        return posixError("statvfs", errno, u"reserve"_s);
    const auto free = static_cast<quint64>(space.f_bavail) * space.f_frsize;
    if (free < static_cast<quint64>(m_bytes) * 2)
        return Error {ErrorCode::DiskFull, u"there is no room for the reserve"_s, "disk_full"};
    auto file = DurableFile::create(m_path);
    if (!file)
        return std::move(file).error();
    if (const int failure = posix_fallocate(file->fd(), 0, m_bytes); failure != 0)
        return posixError("allocate", failure, u"reserve"_s);
    return file->commit();
}

bool Reserve::release()
{
    return unlink(QFile::encodeName(m_path).constData()) == 0;
}

} // namespace vidimus::store
