#include "core/store/set_aside.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QTimeZone>
#include <array>
#include <cerrno>
#include <unistd.h>
#include <vector>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

/// Below the workspace, in the order in which they may go: the database last, and never without its WAL.
constexpr std::array kParts {"keys/audit-head.json", "workspace.db-shm", "workspace.db-wal", "workspace.db"};
constexpr std::size_t kCopyPiece = 1 << 20;

} // namespace

QString timeStamp(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), Qt::UTC)
        .toString(u"yyyyMMdd'T'HHmmsszzz'Z'"_s);
}

Result<void> copyFileDurably(const QString& from, const QString& to)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return Error {source.exists() ? ErrorCode::Io : ErrorCode::NotFound, source.errorString(), "cannot_read"};
    auto target = DurableFile::create(to);
    if (!target)
        return std::move(target).error();
    QByteArray piece(static_cast<qsizetype>(kCopyPiece), Qt::Uninitialized);
    for (;;) {
        const qint64 got = source.read(piece.data(), piece.size());
        if (got < 0)
            return Error {ErrorCode::Io, source.errorString(), "cannot_read"};
        if (got == 0)
            return target->commit();
        if (auto written = target->write(QByteArrayView(piece.constData(), got)); !written)
            return written;
    }
}

Result<QString> setDatabaseAside(const QString& workspaceFolder, const QString& name)
{
    const QString aside = workspaceFolder + u'/' + name;
    std::vector<QString> present;
    for (const char* part : kParts) {
        const QString path = workspaceFolder + u'/' + QLatin1StringView(part);
        if (QFileInfo::exists(path))
            present.push_back(path);
    }
    if (present.empty())
        return QString();
    if (auto made = makeFolderDurably(aside); !made)
        return std::move(made).error();
    for (const QString& path : present) {
        if (auto copied = copyFileDurably(path, aside + u'/' + QFileInfo(path).fileName()); !copied)
            return std::move(copied).error();
    }
    for (const QString& path : present) {
        if (unlink(QFile::encodeName(path).constData()) != 0)
            return posixError("remove", errno, QFileInfo(path).fileName());
    }
    if (auto synced = syncFolder(workspaceFolder); !synced)
        return std::move(synced).error();
    return aside;
}

} // namespace vidimus::store
