#include "core/sql/connection.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/sql/disk_room.h"
#include "core/sql/script.h"
#include "core/sql/sql_error.h"
#include "core/sql/sqlite_facts.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>
#include <QtEndian>
#include <cerrno>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

/// SQLite's own default; only the writer checkpoints, when it commits.
constexpr int kCheckpointPages = 1000;

/// What is in a database is its owner's business. SQLite gives the log and the shared memory the rights of the file.
Result<void> makeOwnersOnly(const QString& path)
{
    const UniqueFd file(
        open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (!file.isValid())
        return posixError("open", errno, QFileInfo(path).fileName());
    struct stat status {};
    if (fstat(file.get(), &status) != 0)
        return posixError("stat", errno, QFileInfo(path).fileName());
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0 && fchmod(file.get(), status.st_mode & S_IRWXU) != 0)
        return posixError("chmod", errno, QFileInfo(path).fileName());
    return {};
}

QString unusedName()
{
    return u"vidimus-"_s + newUuid();
}

} // namespace

Connection::Connection(QSqlDatabase database, QString name, SqliteOptions options, std::optional<HandleLease> lease)
    : m_database(std::move(database))
    , m_name(std::move(name))
    , m_path(std::move(options.path))
    , m_access(options.access)
    , m_lease(std::move(lease))
{
}

Connection::Connection(Connection&& other) noexcept
    : m_database(std::exchange(other.m_database, {}))
    , m_name(std::exchange(other.m_name, {}))
    , m_path(std::move(other.m_path))
    , m_access(other.m_access)
    , m_lease(std::exchange(other.m_lease, std::nullopt))
    , m_statements(std::exchange(other.m_statements, {}))
{
}

Connection& Connection::operator=(Connection&& other) noexcept
{
    if (this != &other) {
        close();
        m_database = std::exchange(other.m_database, {});
        m_name = std::exchange(other.m_name, {});
        m_path = std::move(other.m_path);
        m_access = other.m_access;
        m_lease = std::exchange(other.m_lease, std::nullopt);
        m_statements = std::exchange(other.m_statements, {});
    }
    return *this;
}

Connection::~Connection()
{
    close();
}

void Connection::close()
{
    if (m_name.isEmpty())
        return;
    m_statements.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
    m_lease.reset();
}

std::optional<HandleLease> Connection::closeKeepingLease(Connection connection)
{
    auto lease = std::exchange(connection.m_lease, std::nullopt);
    connection.close();
    return lease;
}

Result<Connection> Connection::openSqlite(const SqliteOptions& options)
{
    if (options.access == Access::ReadWrite) {
        auto lease = HandleLease::take(options.path);
        if (!lease)
            return std::move(lease).error();
        return openHandle(options, std::move(*lease));
    }
    const QFileInfo info(options.path);
    if (!info.exists())
        return Error {ErrorCode::NotFound, u"%1 does not exist"_s.arg(info.fileName()), "not_found"};
    return openHandle(options, std::nullopt);
}

Result<Connection> Connection::openSqlite(const SqliteOptions& options, HandleLease lease)
{
    return openHandle({.path = options.path, .access = Access::ReadWrite}, std::move(lease));
}

Result<Connection> Connection::openHandle(const SqliteOptions& options, std::optional<HandleLease> lease)
{
    if (auto local = refuseNetworkFileSystem(QFileInfo(options.path).absolutePath()); !local)
        return std::move(local).error();
    const auto room = roomIn(QFileInfo(options.path).absolutePath());
    if (!room)
        return room.error();
    if (auto checked = checkRoomForLogIndex(options.path, *room); !checked)
        return std::move(checked).error();
    if (options.access == Access::ReadWrite) {
        if (auto owned = makeOwnersOnly(options.path); !owned)
            return std::move(owned).error();
    }
    const QString name = unusedName();
    Connection connection(QSqlDatabase::addDatabase(u"QSQLITE"_s, name), name, options, std::move(lease));
    connection.m_database.setDatabaseName(options.path);
    connection.m_database.setConnectOptions(options.access == Access::ReadOnly
            ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=0"_s
            : u"QSQLITE_BUSY_TIMEOUT=0"_s);
    if (!connection.m_database.open())
        return sqlError(connection.m_database.lastError(), "open the database", connection.m_database.driver());
    if (auto configured = connection.configure(); !configured)
        return std::move(configured).error();
    if (options.access == Access::ReadWrite && leavesHoles(*room)) {
        if (auto filled = connection.fillLogIndex(); !filled)
            return std::move(filled).error();
    }
    return connection;
}

Result<void> Connection::configure()
{
    QStringList pragmas {
        u"PRAGMA foreign_keys = ON"_s, u"PRAGMA trusted_schema = OFF"_s, u"PRAGMA cell_size_check = ON"_s};
    if (m_access == Access::ReadOnly) {
        pragmas += {u"PRAGMA query_only = ON"_s, u"PRAGMA wal_autocheckpoint = 0"_s};
    } else {
        const auto mode = one(u"PRAGMA journal_mode = WAL"_s, [](const Statement& row) { return row.text(0); });
        if (!mode)
            return mode.error();
        if (mode->value_or(QString()) != u"wal"_s)
            return Error {ErrorCode::Unsupported, u"write-ahead logging is not possible here"_s, "no_wal"};
        pragmas += {u"PRAGMA synchronous = FULL"_s, u"PRAGMA wal_autocheckpoint = %1"_s.arg(kCheckpointPages)};
    }
    for (const QString& pragma : pragmas) {
        if (auto done = execute(pragma); !done)
            return std::move(done).error();
    }
    // The first read finds a file that is no database, or a damaged first page, now and not in the middle of work.
    if (auto read = integer(u"SELECT count(*) FROM sqlite_master"_s); !read)
        return std::move(read).error();
    return {};
}

Result<void> Connection::fillLogIndex()
{
    // The first frame of a log has the whole index cleared, which takes all its blocks. Nothing may reach the file
    // itself by that: whoever opens it may not have listed its pages yet.
    const auto version = integer(u"PRAGMA user_version"_s);
    if (!version)
        return version.error();
    for (const QString& pragma : {u"PRAGMA wal_autocheckpoint = 0"_s, u"PRAGMA user_version = %1"_s.arg(*version),
             u"PRAGMA wal_autocheckpoint = %1"_s.arg(kCheckpointPages)}) {
        if (auto done = execute(pragma); !done)
            return std::move(done).error();
    }
    return {};
}

Result<Statement> Connection::prepare(const QString& sql)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return sqlError(query.lastError(), "prepare a statement", m_database.driver());
    return Statement(std::move(query));
}

Result<Statement> Connection::borrow(const QString& sql)
{
    const auto kept = m_statements.find(sql);
    if (kept == m_statements.end())
        return prepare(sql);
    Statement statement = std::move(kept->second);
    m_statements.erase(kept);
    return statement;
}

void Connection::giveBack(const QString& sql, Statement statement)
{
    if (m_statements.size() >= kKeptStatements)
        m_statements.clear(); // a handful stands for nearly all, and is soon there again
    statement.forget();
    m_statements.emplace(sql, std::move(statement));
}

Result<void> Connection::runScript(const QString& sql)
{
    const QStringList statements = splitStatements(sql);
    for (const QString& text : statements) { // each once, so none is kept
        auto statement = prepare(text);
        if (!statement)
            return std::move(statement).error();
        if (auto done = statement->run(); !done)
            return done;
    }
    return {};
}

Result<void> Connection::holdCheckpoints(bool held)
{
    if (m_access != Access::ReadWrite)
        return Error {ErrorCode::Denied, u"only the writer checkpoints"_s, "read_only"};
    if (sqlite3_db_config(sqliteHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, held ? 1 : 0, nullptr) != SQLITE_OK)
        return Error {ErrorCode::Internal, u"checkpoints cannot be held"_s, "hold_checkpoints"};
    const auto done = execute(u"PRAGMA wal_autocheckpoint = %1"_s.arg(held ? 0 : kCheckpointPages));
    return done ? Result<void>() : Result<void>(done.error());
}

Result<WalEnd> Connection::walEnd() const
{
    // The index of the log lies in shared memory, of which SQLite maps 32 KiB at a time. Its header is in the machine's
    // byte order (sqlite.org/walformat.html, section 2.1): the number of frames at 16, the salts at 32.
    constexpr int kRegionBytes = 32 * 1024;
    sqlite3_file* file = nullptr;
    void volatile* region = nullptr;
    if (sqlite3_file_control(sqliteHandle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file
        || !file->pMethods || file->pMethods->iVersion < 2
        || file->pMethods->xShmMap(file, 0, kRegionBytes, 0, &region) != SQLITE_OK || !region)
        return Error {ErrorCode::Internal, u"the index of the log cannot be read"_s, "wal_index"};
    const auto* header = static_cast<const char*>(const_cast<const void*>(region));
    return WalEnd {.frames = qFromUnaligned<quint32>(header + 16), .salts = QByteArray(header + 32, 8)};
}

Result<void> Connection::checkpoint(AfterCheckpoint after)
{
    if (m_access != Access::ReadWrite)
        return Error {ErrorCode::Denied, u"only the writer checkpoints"_s, "read_only"};
    auto done = execute(after == AfterCheckpoint::EmptyTheLog ? u"PRAGMA wal_checkpoint(TRUNCATE)"_s
                                                              : u"PRAGMA wal_checkpoint(PASSIVE)"_s);
    if (!done)
        return std::move(done).error();
    return {};
}

Result<void> Connection::copyTo(const QString& path)
{
    if (QFileInfo::exists(path))
        return Error {ErrorCode::Conflict, u"%1 exists already"_s.arg(QFileInfo(path).fileName()), "exists"};
    const QString temporary = QFileInfo(path).absolutePath() + u"/.tmp-"_s + newUuid();
    if (auto owned = makeOwnersOnly(temporary); !owned)
        return owned;
    // query_only also forbids writing another file; the handle itself stays mode=ro.
    const bool readOnly = m_access == Access::ReadOnly;
    if (readOnly)
        (void)execute(u"PRAGMA query_only = OFF"_s);
    auto copied = execute(u"VACUUM INTO ?"_s, temporary);
    if (readOnly)
        (void)execute(u"PRAGMA query_only = ON"_s);
    Result<void> done;
    if (copied) {
        const UniqueFd file(open(QFile::encodeName(temporary).constData(), O_RDONLY | O_CLOEXEC));
        done = !file.isValid()       ? Result<void>(posixError("open the copy", errno))
            : fsync(file.get()) != 0 ? Result<void>(posixError("fsync the copy", errno))
                                     : renameDurably(temporary, path);
    } else {
        done = std::move(copied).error();
    }
    if (!done)
        QFile::remove(temporary);
    return done;
}

sqlite3* Connection::sqliteHandle() const
{
    return sqliteHandleOf(m_database.driver());
}

} // namespace vidimus::sql
