#pragma once

#include "core/base/result.h"
#include "core/sql/handle_lease.h"
#include "core/sql/statement.h"

#include <QSqlDatabase>
#include <map>
#include <optional>
#include <vector>

struct sqlite3;

namespace vidimus::sql {

enum class Access {
    ReadWrite, ///< the one connection that writes and checkpoints; holds the file's writer lock
    ReadOnly, ///< mode=ro and query_only; never checkpoints
};
enum class AfterCheckpoint {
    EmptyTheLog, ///< the file is whole by itself
    ReuseTheLog, ///< the next commit begins it anew, in the room that it has
};
struct WalEnd {
    qint64 frames = 0; ///< with those that a checkpoint has taken in, until the log begins anew
    QByteArray salts; ///< 8 bytes that stand in the header of the log that is meant
};
enum class Dialect { Sqlite, Postgres };

struct SqliteOptions {
    QString path;
    Access access = Access::ReadWrite;
};

/// A database connection. One thread at a time; statements and transactions made from it stay on that thread.
///
/// SQLite is opened in WAL with synchronous=FULL, foreign keys on and no busy wait: there is one writer per file, ever
/// (Debian 12's SQLite has a race when two connections write or checkpoint, sqlite.org/wal.html#walresetbug). A second
/// read-write connection to the same file, in this process or another, is refused with Conflict.
class Connection {
public:
    /// Opens, and for ReadWrite creates, a SQLite file. Errors: Conflict (somebody writes already), Corrupt,
    /// Unsupported (a network file system), NotFound, Denied, DiskFull, Io.
    [[nodiscard]] static Result<Connection> openSqlite(const SqliteOptions& options);
    /// The same for ReadWrite with a lease on this path that is held already.
    [[nodiscard]] static Result<Connection> openSqlite(const SqliteOptions& options, HandleLease lease);

    /// Closes a read-write connection and keeps the lease, for what must be done before another program may open it.
    [[nodiscard]] static std::optional<HandleLease> closeKeepingLease(Connection connection);

    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    [[nodiscard]] Dialect dialect() const { return Dialect::Sqlite; }
    [[nodiscard]] Access access() const { return m_access; }
    [[nodiscard]] const QString& path() const { return m_path; }

    [[nodiscard]] Result<Statement> prepare(const QString& sql);

    /// Binds and runs a statement that gives no rows; returns how many rows it changed. What execute(), all() and one()
    /// prepare is kept for the next time.
    template<class... Values>
    Result<qint64> execute(const QString& sql, const Values&... values)
    {
        auto statement = borrow(sql);
        if (!statement)
            return std::move(statement).error();
        if (auto ran = statement->bind(values...).run(); !ran)
            return std::move(ran).error();
        const qint64 changed = statement->rowsChanged();
        giveBack(sql, *std::move(statement));
        return changed;
    }

    /// All rows through \a read, called as T(const Statement&) or Result<T>(const Statement&).
    template<class Read, class... Values>
    [[nodiscard]] auto all(const QString& sql, Read read, const Values&... values);
    /// The first row, or nullopt.
    template<class Read, class... Values>
    [[nodiscard]] auto one(const QString& sql, Read read, const Values&... values);
    /// A single number, such as a count; 0 where there is no row.
    template<class... Values>
    [[nodiscard]] Result<qint64> integer(const QString& sql, const Values&... values)
    {
        auto found = one(sql, [](const Statement& row) { return row.integer(0); }, values...);
        if (!found)
            return std::move(found).error();
        return found->value_or(0);
    }

    /// Runs a script of statements, one after the other, without a transaction of its own.
    [[nodiscard]] Result<void> runScript(const QString& sql);

    /// While held, the file itself stays as it is but for checkpoint(), to the end of the connection and beyond: what
    /// is committed stands in the WAL. The writer only.
    [[nodiscard]] Result<void> holdCheckpoints(bool held);
    /// Where the WAL ends, as SQLite sees it. The writer only, between two transactions. Errors: Internal.
    [[nodiscard]] Result<WalEnd> walEnd() const;
    /// Writes the frames of the WAL into the file, as far as no reader needs what stands there. The writer only.
    [[nodiscard]] Result<void> checkpoint(AfterCheckpoint after = AfterCheckpoint::EmptyTheLog);
    /// A compact copy of the whole database at \a path, as one consistent moment, durable and in place when this
    /// returns; also from a ReadOnly connection, while the writer goes on. Errors: Conflict if \a path exists.
    [[nodiscard]] Result<void> copyTo(const QString& path);

    /// The driver's own handle, for the few things SQL cannot say; null when it is not SQLite.
    [[nodiscard]] sqlite3* sqliteHandle() const;

private:
    Connection(QSqlDatabase database, QString name, SqliteOptions options, std::optional<HandleLease> lease);
    [[nodiscard]] static Result<Connection> openHandle(const SqliteOptions& options, std::optional<HandleLease> lease);
    void close();
    [[nodiscard]] Result<void> configure();
    /// One that was prepared before and is not in use, or a new one.
    [[nodiscard]] Result<Statement> borrow(const QString& sql);
    /// After it ran to an end; one that failed is dropped instead.
    void giveBack(const QString& sql, Statement statement);

    static constexpr std::size_t kKeptStatements = 64;
    /// See leavesHoles(): takes all blocks of the log's index with a commit that changes nothing.
    [[nodiscard]] Result<void> fillLogIndex();

    QSqlDatabase m_database;
    QString m_name;
    QString m_path;
    Access m_access;
    std::optional<HandleLease> m_lease; ///< the writer lock; released after the handle is closed
    std::map<QString, Statement>
        m_statements; ///< prepared, reset and without values; dropped before the handle is closed
};

namespace detail {
template<class T>
struct Unwrap {
    using Type = T;
    static Result<T> wrap(T value) { return Result<T>(std::move(value)); }
};
template<class T>
struct Unwrap<Result<T>> {
    using Type = T;
    static Result<T> wrap(Result<T> value) { return value; }
};
} // namespace detail

template<class Read, class... Values>
auto Connection::all(const QString& sql, Read read, const Values&... values)
{
    using Row = detail::Unwrap<std::invoke_result_t<Read, const Statement&>>;
    using Rows = Result<std::vector<typename Row::Type>>;
    auto statement = borrow(sql);
    if (!statement)
        return Rows(std::move(statement).error());
    statement->bind(values...);
    std::vector<typename Row::Type> rows;
    for (;;) {
        const auto there = statement->next();
        if (!there)
            return Rows(there.error());
        if (!*there) {
            giveBack(sql, *std::move(statement));
            return Rows(std::move(rows));
        }
        auto row = Row::wrap(read(std::as_const(*statement)));
        if (!row)
            return Rows(std::move(row).error());
        rows.push_back(std::move(*row));
    }
}

template<class Read, class... Values>
auto Connection::one(const QString& sql, Read read, const Values&... values)
{
    using Row = detail::Unwrap<std::invoke_result_t<Read, const Statement&>>;
    using Found = Result<std::optional<typename Row::Type>>;
    auto statement = borrow(sql);
    if (!statement)
        return Found(std::move(statement).error());
    const auto there = statement->bind(values...).next();
    if (!there)
        return Found(there.error());
    Found found = std::optional<typename Row::Type>();
    if (*there) {
        auto row = Row::wrap(read(std::as_const(*statement)));
        if (!row)
            return Found(std::move(row).error());
        found = Found(std::optional<typename Row::Type>(std::move(*row)));
    }
    giveBack(sql, *std::move(statement));
    return found;
}

} // namespace vidimus::sql
