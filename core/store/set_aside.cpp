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

/// What belongs to a database, below the workspace.
constexpr auto kDatabase = "workspace.db"_L1;
constexpr auto kWal = "workspace.db-wal"_L1;
constexpr auto kSharedMemory = "workspace.db-shm"_L1;
constexpr auto kPages = "workspace.db.pages"_L1;
constexpr auto kAnchor = "keys/audit-head.json"_L1;

Result<void> removeIfThere(const QString& path)
{
    if (unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
        return posixError("remove", errno, QFileInfo(path).fileName());
    return {};
}

} // namespace

QString timeStamp(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), Qt::UTC)
        .toString(u"yyyyMMdd'T'HHmmsszzz'Z'"_s);
}

Result<QString> replaceDatabase(const QString& workspaceFolder, const QString& newDatabase, const QString& name)
{
    const auto path = [&](QLatin1StringView part) { return QString(workspaceFolder + u'/' + part); };
    QString aside;
    if (QFileInfo::exists(path(kDatabase))) {
        aside = workspaceFolder + u'/' + name;
        if (auto made = makeFolderDurably(aside); !made)
            return std::move(made).error();
        for (const QLatin1StringView part : {kDatabase, kWal, kAnchor}) {
            if (!QFileInfo::exists(path(part)))
                continue;
            if (auto copied = copyFileDurably(path(part), aside + u'/' + QFileInfo(path(part)).fileName()); !copied)
                return std::move(copied).error();
        }
    }
    // The old database without its anchor is still the old one; the new one with the old anchor would be refused.
    for (const QLatin1StringView part : {kWal, kSharedMemory, kPages, kAnchor}) {
        if (auto removed = removeIfThere(path(part)); !removed)
            return std::move(removed).error();
    }
    if (auto placed = renameDurably(newDatabase, path(kDatabase)); !placed)
        return std::move(placed).error();
    return aside;
}

} // namespace vidimus::store
