#include "core/catalog_server/catalog_copy.h"

#include "core/base/durable_file.h"
#include "core/base/ids.h"
#include "core/base/posix_error.h"
#include "core/catalog_server/object_folder.h"
#include "core/sql/connection.h"
#include "core/sql/integrity.h"
#include "core/sql/migrator.h"

#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <unistd.h>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr Milliseconds kCheckPatience = std::chrono::hours(1);

QString databaseIn(const QString& folder)
{
    return folder + u"/catalog.db"_s;
}

Error notACatalog(const QString& why)
{
    return {ErrorCode::Corrupt, u"this is no sound copy of a catalog: %1"_s.arg(why), "backup_damaged"};
}

/// Reads a database from end to end.
Result<CatalogCopy> examine(const QString& path, const QString& dataFolder)
{
    if (!QFileInfo::exists(path))
        return Error {ErrorCode::NotFound, u"there is no %1"_s.arg(QFileInfo(path).fileName()), "not_found"};
    auto connection = sql::Connection::openSqlite({.path = path, .access = sql::Access::ReadOnly});
    if (!connection)
        return std::move(connection).error();
    const auto sound = sql::checkIntegrity(*connection, sql::IntegrityDepth::Full, kCheckPatience);
    if (!sound || !sound->isSound() || !sound->finished)
        return notACatalog(sound ? sound->faults.value(0) : sound.error().detail);
    auto steps = sql::loadMigrationSteps(u":/catalog/catalog_migrations"_s);
    const auto state = sql::Migrator::read(*connection);
    if (!steps || !state)
        return steps ? notACatalog(state.error().detail) : std::move(steps).error();
    if (state->version > sql::Migrator(*std::move(steps)).newestVersion())
        return Error {ErrorCode::Unsupported, u"the copy was made by a newer version"_s, "newer_file"};
    const auto titles = connection->integer(u"SELECT count(*) FROM titles"_s);
    const auto digests
        = connection->all(u"SELECT sha256 FROM objects"_s, [](const auto& row) { return row.text(0).toLatin1(); });
    const auto objects = ObjectFolder::open(dataFolder);
    if (!titles || !digests || !objects)
        return notACatalog(!titles ? titles.error().detail
                : !digests         ? digests.error().detail
                                   : objects.error().detail);
    CatalogCopy found {.path = path, .bytes = QFileInfo(path).size(), .titles = *titles};
    for (const QByteArray& digest : *digests)
        found.missingObjects += objects->read(digest) ? 0 : 1;
    return found;
}

Result<void> removeIfThere(const QString& path)
{
    if (unlink(QFile::encodeName(path).constData()) != 0 && errno != ENOENT)
        return posixError("remove", errno, QFileInfo(path).fileName());
    return {};
}

/// Keeps the database that stands, with what belongs to it. The folder, empty when there is nothing. The WAL of a sound
/// one is taken in before, so that it is whole by itself whenever this ends.
Result<QString> setAside(const QString& dataFolder, Instant now, std::optional<sql::HandleLease>& lease)
{
    const QString path = databaseIn(dataFolder);
    if (!QFileInfo::exists(path))
        return QString();
    if (auto standing = sql::Connection::openSqlite({.path = path}, *std::move(lease))) {
        (void)standing->checkpoint();
        lease = sql::Connection::closeKeepingLease(*std::move(standing));
    } else if (auto again = sql::HandleLease::take(path)) { // what is unreadable is kept as it is
        lease.emplace(*std::move(again));
    } else {
        return std::move(again).error();
    }
    const QString aside = u"%1/replaced-%2"_s.arg(dataFolder, toRfc3339(now).remove(u':'));
    if (auto made = makeFolderDurably(aside); !made)
        return std::move(made).error();
    for (const QString& ending : {QString(), u"-wal"_s}) {
        if (!QFileInfo::exists(path + ending))
            continue;
        if (auto copied = copyFileDurably(path + ending, aside + u"/catalog.db"_s + ending); !copied)
            return std::move(copied).error();
    }
    return aside;
}

} // namespace

Result<CatalogCopy> backupCatalog(const QString& dataFolder, const QString& file)
{
    if (!QFileInfo::exists(databaseIn(dataFolder)))
        return Error {ErrorCode::NotFound, u"there is no catalog in this folder"_s, "no_catalog"};
    {
        auto connection = sql::Connection::openSqlite({.path = databaseIn(dataFolder)});
        if (!connection)
            return std::move(connection).error();
        if (auto copied = connection->copyTo(file); !copied)
            return std::move(copied).error();
    }
    return examine(file, dataFolder);
}

Result<CatalogCopy> restoreCatalog(const QString& dataFolder, const QString& file, Instant now)
{
    if (auto made = makeFolderDurably(dataFolder); !made)
        return std::move(made).error();
    const QString path = databaseIn(dataFolder);
    auto taken = sql::HandleLease::take(path);
    if (!taken)
        return std::move(taken).error();
    std::optional<sql::HandleLease> lease(*std::move(taken));
    auto found = examine(file, dataFolder);
    if (!found)
        return found;
    const QString temporary = dataFolder + u"/.tmp-restore-"_s + newUuid();
    if (auto copied = copyFileDurably(file, temporary); !copied)
        return std::move(copied).error();
    const auto aside = setAside(dataFolder, now, lease);
    if (!aside)
        return aside.error();
    for (const QString& ending : {u"-wal"_s, u"-shm"_s}) {
        if (auto removed = removeIfThere(path + ending); !removed)
            return std::move(removed).error();
    }
    // The epoch is changed before the copy gets its name, so that no restored catalog ever answers old cursors.
    found->epoch = newUuid();
    {
        auto connection = sql::Connection::openSqlite({.path = temporary});
        if (!connection)
            return std::move(connection).error();
        if (auto changed
            = connection->execute(u"INSERT INTO settings (name, value) VALUES ('epoch', ?) ON CONFLICT (name) "
                                  "DO UPDATE SET value = excluded.value"_s,
                found->epoch);
            !changed)
            return std::move(changed).error();
        if (auto emptied = connection->checkpoint(); !emptied)
            return std::move(emptied).error();
    }
    if (auto placed = renameDurably(temporary, path); !placed)
        return std::move(placed).error();
    (void)removeIfThere(sql::lockPathFor(temporary));
    found->path = path;
    found->aside = *aside;
    return found;
}

} // namespace vidimus::catalog_server
