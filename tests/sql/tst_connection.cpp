#include "core/sql/connection.h"
#include "core/sql/transaction.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/wait.h>
#include <unistd.h>

using namespace vidimus;
using namespace Qt::StringLiterals;
using sql::Connection;
using sql::Statement;

class TestConnection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void setsWhatDurabilityNeeds();
    void keepsValuesApartFromText();
    void distinguishesEmptyFromNull();
    void refusesSecondWriterInThisProcess();
    void refusesSecondWriterInAnotherProcess();
    void readOnlyConnectionCannotWriteOrCheckpoint();
    void reportsMissingFile();
    void reportsFileThatIsNoDatabase();
    void mapsConstraintAndBusy();
    void rollsBackWhenLeft();
    void reportsFailedReaderOfRow();
    void copiesOneMomentAndRefusesToOverwrite();
    void movedConnectionStillWorks();
    void keptStatementsHoldNothing();
};

namespace {

Connection openNew(const QTemporaryDir& dir)
{
    auto opened = Connection::openSqlite({.path = dir.filePath(u"a.db"_s)});
    Q_ASSERT(opened);
    Connection connection = std::move(*opened);
    const auto made = connection.runScript(
        u"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, body BLOB, at INTEGER, UNIQUE (name))"_s);
    Q_ASSERT(made);
    return connection;
}

qint64 pragma(Connection& connection, const QString& name)
{
    return connection.integer(u"PRAGMA "_s + name).value_or(-1);
}

} // namespace

void TestConnection::setsWhatDurabilityNeeds()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir);
    QCOMPARE(pragma(writer, u"synchronous"_s), 2);
    QCOMPARE(pragma(writer, u"foreign_keys"_s), 1);
    QCOMPARE(pragma(writer, u"busy_timeout"_s), 0);
    QCOMPARE(pragma(writer, u"wal_autocheckpoint"_s), 1000);
    const auto mode = writer.one(u"PRAGMA journal_mode"_s, [](const Statement& row) { return row.text(0); });
    QCOMPARE(**mode, u"wal"_s);
    auto reader = Connection::openSqlite({.path = writer.path(), .access = sql::Access::ReadOnly});
    QVERIFY(reader);
    QCOMPARE(pragma(*reader, u"query_only"_s), 1);
    QCOMPARE(pragma(*reader, u"wal_autocheckpoint"_s), 0);
}

void TestConnection::keepsValuesApartFromText()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir);
    const QString hostile = u"x'); DROP TABLE t; --\u202E"_s;
    const QByteArray body("\0\xff'\"", 4);
    const Instant at {Milliseconds {1234567890123}};
    QCOMPARE(*connection.execute(u"INSERT INTO t (name, body, at) VALUES (?, ?, ?)"_s, hostile, body, at), 1);
    const auto row = connection.one(
        u"SELECT name, body, at FROM t WHERE name = ?"_s,
        [](const Statement& found) { return std::tuple(found.text(0), found.bytes(1), found.instant(2)); }, hostile);
    QVERIFY(row);
    QVERIFY(row->has_value());
    QCOMPARE(std::get<0>(**row), hostile);
    QCOMPARE(std::get<1>(**row), body);
    QVERIFY(std::get<2>(**row) == at);
}

void TestConnection::distinguishesEmptyFromNull()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir);
    QVERIFY(connection.execute(u"INSERT INTO t (name, body) VALUES (?, ?)"_s, QString(), QByteArray()));
    QVERIFY(connection.execute(u"INSERT INTO t (name, body) VALUES (?, ?)"_s, TitleId(), std::optional<QByteArray>()));
    const auto nulls = connection.all(u"SELECT name IS NULL, body IS NULL FROM t ORDER BY id"_s,
        [](const Statement& row) { return std::pair(row.boolean(0), row.boolean(1)); });
    QVERIFY(nulls);
    QCOMPARE(*nulls, (std::vector<std::pair<bool, bool>> {{false, false}, {true, true}}));
}

void TestConnection::refusesSecondWriterInThisProcess()
{
    const QTemporaryDir dir;
    {
        const Connection first = openNew(dir);
        const auto second = Connection::openSqlite({.path = first.path()});
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Conflict);
        QCOMPARE(second.error().reason, QByteArray("locked"));
        QCOMPARE(sql::HandleLease::countFor(first.path()), 1);
    }
    QCOMPARE(sql::HandleLease::countFor(dir.filePath(u"a.db"_s)), 0);
    QVERIFY(Connection::openSqlite({.path = dir.filePath(u"a.db"_s)}));
    QCOMPARE(sql::HandleLease::highestCount(), 1);
}

void TestConnection::refusesSecondWriterInAnotherProcess()
{
    const QTemporaryDir dir;
    const Connection first = openNew(dir);
    const pid_t child = fork();
    if (child == 0) {
        const auto second = Connection::openSqlite({.path = first.path()});
        _exit(!second && second.error().reason == "locked" ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

void TestConnection::readOnlyConnectionCannotWriteOrCheckpoint()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir);
    auto reader = Connection::openSqlite({.path = writer.path(), .access = sql::Access::ReadOnly});
    QVERIFY(reader);
    const auto written = reader->execute(u"INSERT INTO t (name) VALUES ('x')"_s);
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::Denied);
    QCOMPARE(reader->checkpoint().error().code, ErrorCode::Denied);
    QVERIFY(writer.execute(u"INSERT INTO t (name) VALUES ('y')"_s));
    QCOMPARE(*reader->integer(u"SELECT count(*) FROM t"_s), 1);
}

void TestConnection::reportsMissingFile()
{
    const QTemporaryDir dir;
    const auto reader = Connection::openSqlite({.path = dir.filePath(u"none.db"_s), .access = sql::Access::ReadOnly});
    QVERIFY(!reader);
    QCOMPARE(reader.error().code, ErrorCode::NotFound);
    const auto writer = Connection::openSqlite({.path = dir.filePath(u"no/such/folder.db"_s)});
    QVERIFY(!writer);
    QCOMPARE(writer.error().code, ErrorCode::NotFound);
}

void TestConnection::reportsFileThatIsNoDatabase()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"a.db"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray content(20000, 'x');
    file.write(content);
    file.close();
    const auto opened = Connection::openSqlite({.path = path});
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Corrupt);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void TestConnection::mapsConstraintAndBusy()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir);
    QVERIFY(connection.execute(u"INSERT INTO t (name) VALUES ('x')"_s));
    const auto twice = connection.execute(u"INSERT INTO t (name) VALUES ('x')"_s);
    QCOMPARE(twice.error().code, ErrorCode::Conflict);
    QCOMPARE(twice.error().reason, QByteArray("constraint"));
    auto transaction = sql::Transaction::begin(connection);
    QVERIFY(transaction);
    QVERIFY(!sql::Transaction::begin(connection));
    QVERIFY(connection.execute(u"INSERT INTO t (name) VALUES ('y')"_s));
    QVERIFY(transaction->commit());
    QCOMPARE(transaction->commit().error().reason, QByteArray("transaction_over"));
}

void TestConnection::rollsBackWhenLeft()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir);
    {
        const auto transaction = sql::Transaction::begin(connection);
        QVERIFY(transaction);
        QVERIFY(connection.execute(u"INSERT INTO t (name) VALUES ('x')"_s));
    }
    QCOMPARE(*connection.integer(u"SELECT count(*) FROM t"_s), 0);
    auto next = sql::Transaction::begin(connection);
    QVERIFY(next);
    QVERIFY(connection.execute(u"INSERT INTO t (name) VALUES ('x')"_s));
    QVERIFY(next->commit());
    QCOMPARE(*connection.integer(u"SELECT count(*) FROM t"_s), 1);
}

void TestConnection::reportsFailedReaderOfRow()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir);
    QVERIFY(connection.execute(u"INSERT INTO t (name) VALUES ('x')"_s));
    const auto rows = connection.all(u"SELECT name FROM t"_s,
        [](const Statement& row) -> Result<int> { return Error {ErrorCode::Corrupt, row.text(0), "unreadable"}; });
    QVERIFY(!rows);
    QCOMPARE(rows.error().detail, u"x"_s);
    QCOMPARE(connection.execute(u"SELEKT"_s).error().code, ErrorCode::Internal);
}

void TestConnection::copiesOneMomentAndRefusesToOverwrite()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir);
    QVERIFY(writer.execute(u"INSERT INTO t (name) VALUES ('x')"_s));
    auto reader = Connection::openSqlite({.path = writer.path(), .access = sql::Access::ReadOnly});
    QVERIFY(reader);
    const QString copy = dir.filePath(u"copy.db"_s);
    const auto copied = reader->copyTo(copy);
    QVERIFY2(copied, qPrintable(copied ? QString() : copied.error().detail));
    QVERIFY(writer.execute(u"INSERT INTO t (name) VALUES ('y')"_s));
    auto second = Connection::openSqlite({.path = copy});
    QVERIFY(second);
    QCOMPARE(*second->integer(u"SELECT count(*) FROM t"_s), 1);
    QCOMPARE(reader->copyTo(copy).error().reason, QByteArray("exists"));
}

void TestConnection::movedConnectionStillWorks()
{
    const QTemporaryDir dir;
    Connection first = openNew(dir);
    Connection second = std::move(first);
    const QTemporaryDir otherDir;
    Connection third = openNew(otherDir);
    third = std::move(second);
    QVERIFY(third.execute(u"INSERT INTO t (name) VALUES ('x')"_s));
    QCOMPARE(sql::HandleLease::countFor(otherDir.filePath(u"a.db"_s)), 0);
}

/// What was prepared is used again: within itself, after a failure, and after the table is another one.
void TestConnection::keptStatementsHoldNothing()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir);
    const QString insert = u"INSERT INTO kept (id, word) VALUES (?, ?)"_s,
                  select = u"SELECT id FROM kept WHERE id > ?"_s;
    QVERIFY(connection.execute(u"CREATE TABLE kept (id INTEGER PRIMARY KEY, word TEXT)"_s));
    for (int i = 1; i <= 3; ++i)
        QCOMPARE(connection.execute(insert, i, u"word"_s).value(), 1);
    QVERIFY(!connection.execute(insert, 3, u"again"_s));
    QCOMPARE(connection.execute(insert, 4, std::optional<QString>()).value(), 1);
    int pairs = 0;
    const auto outer = connection.all(
        select,
        [&](const Statement& row) {
            const auto inner
                = connection.all(select, [](const Statement& one) { return one.integer(0); }, row.integer(0));
            pairs += static_cast<int>(inner.value().size());
            return row.integer(0);
        },
        1);
    QCOMPARE(outer.value().size(), 3U);
    QCOMPARE(pairs, 2 + 1);
    QCOMPARE(connection.integer(select, 3).value(), 4); // stepped to its first row only, and not left open
    QVERIFY(connection.execute(u"ALTER TABLE kept ADD COLUMN more TEXT"_s));
    QVERIFY(connection.checkpoint());
    QCOMPARE(connection.integer(u"SELECT count(*) FROM kept WHERE word IS NULL"_s).value(), 1);
    QVERIFY(connection.execute(u"DROP TABLE kept"_s));
    QVERIFY(!connection.integer(select, 0));
    QVERIFY(connection.execute(u"CREATE TABLE kept (id INTEGER PRIMARY KEY, word TEXT)"_s));
    QCOMPARE(connection.integer(select, 0).value(), 0);
}

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
