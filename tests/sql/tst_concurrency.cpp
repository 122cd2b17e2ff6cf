#include "core/sql/integrity.h"
#include "core/sql/transaction.h"
#include "open_new.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <atomic>
#include <thread>
#include <vector>

using namespace vidimus;
using namespace vidimus::sql;
using namespace Qt::StringLiterals;

/// One writer, many readers, transactions that end badly, and files that are damaged.
class TestConcurrency : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readersSeeWholeTransactionsOnly();
    void readerKeepsItsMomentWhileOthersWrite();
    void transactionsDoNotNest();
    void failedStatementLeavesTheTransactionUsable();
    void failedCommitRollsBack();
    void movedTransactionEndsOnce();
    void scriptStopsAtItsFirstFault();
    void openReaderHoldsUpACheckpointOnly();
    void leaseOutlivesItsConnectionWhenAsked();
    void copyIsSoundWhileTheWriterGoesOn();
    void damageIsFoundAndReported();
    void brokenReferencesAreFound();
    void integrityStopsInTime();
};

namespace {

const QString kTable = u"CREATE TABLE t (v INTEGER PRIMARY KEY, w)"_s;

qint64 count(Connection& connection)
{
    return connection.integer(u"SELECT count(*) FROM t"_s).value_or(-1);
}

} // namespace

void TestConcurrency::readersSeeWholeTransactionsOnly()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir, kTable);
    std::atomic<bool> done = false;
    std::atomic<int> torn = 0, reads = 0, failed = 0;
    {
        std::vector<std::jthread> readers;
        for (int i = 0; i < 4; ++i) {
            readers.emplace_back([&] {
                Connection reader = openReader(writer);
                while (!done || reads < 8) {
                    const auto rows = reader.integer(u"SELECT count(*) FROM t"_s);
                    failed += !rows;
                    torn += rows && *rows % 10 != 0;
                    ++reads;
                }
            });
        }
        for (int batch = 0; batch < 60; ++batch) {
            auto transaction = Transaction::begin(writer);
            QVERIFY(transaction);
            for (int i = 0; i < 10; ++i)
                QVERIFY(writer.execute(u"INSERT INTO t VALUES (?, 'x')"_s, batch * 10 + i));
            QVERIFY(transaction->commit());
        }
        done = true;
    }
    QCOMPARE(torn.load(), 0);
    QCOMPARE(failed.load(), 0); // readers are never kept waiting and never refused
    QCOMPARE(count(writer), 600);
}

void TestConcurrency::readerKeepsItsMomentWhileOthersWrite()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir, kTable + u"; INSERT INTO t VALUES (1, 'x')"_s);
    Connection reader = openReader(writer);
    {
        auto moment = Transaction::begin(reader);
        QVERIFY(moment);
        QCOMPARE(count(reader), 1);
        QVERIFY(writer.execute(u"INSERT INTO t VALUES (2, 'y')"_s));
        QCOMPARE(count(reader), 1);
        QCOMPARE(count(writer), 2);
    }
    QCOMPARE(count(reader), 2);
}

void TestConcurrency::transactionsDoNotNest()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir, kTable);
    auto outer = Transaction::begin(connection);
    QVERIFY(outer);
    QVERIFY(connection.execute(u"INSERT INTO t VALUES (1, 'x')"_s));
    QVERIFY(!Transaction::begin(connection));
    QVERIFY(outer->commit()); // the refused inner one did no harm
    QCOMPARE(count(connection), 1);
    auto next = Transaction::begin(connection);
    QVERIFY(next);
    next->rollback();
    next->rollback();
    QVERIFY(!next->commit());
    QVERIFY(Transaction::begin(connection));
}

void TestConcurrency::failedStatementLeavesTheTransactionUsable()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir, kTable);
    auto transaction = Transaction::begin(connection);
    QVERIFY(connection.execute(u"INSERT INTO t VALUES (1, 'x')"_s));
    QCOMPARE(connection.execute(u"INSERT INTO t VALUES (1, 'twice')"_s).error().reason, QByteArray("constraint"));
    QVERIFY(connection.execute(u"INSERT INTO t VALUES (2, 'y')"_s));
    QVERIFY(transaction->commit());
    QCOMPARE(count(connection), 2);
}

void TestConcurrency::failedCommitRollsBack()
{
    const QTemporaryDir dir;
    Connection connection
        = openNew(dir, kTable + u"; CREATE TABLE child (t INTEGER REFERENCES t (v) DEFERRABLE INITIALLY DEFERRED)"_s);
    auto transaction = Transaction::begin(connection);
    QVERIFY(connection.execute(u"INSERT INTO child VALUES (99)"_s));
    const auto committed = transaction->commit();
    QVERIFY(!committed);
    QCOMPARE(committed.error().reason, QByteArray("constraint"));
    QCOMPARE(*connection.integer(u"SELECT count(*) FROM child"_s), 0);
    auto next = Transaction::begin(connection); // nothing is left open
    QVERIFY(next && next->commit());
}

void TestConcurrency::movedTransactionEndsOnce()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir, kTable);
    {
        auto begun = Transaction::begin(connection);
        QVERIFY(begun);
        Transaction owner = std::move(*begun);
        QVERIFY(connection.execute(u"INSERT INTO t VALUES (1, 'x')"_s));
        QVERIFY(!begun->commit()); // nothing is left in what was moved from
        QVERIFY(owner.commit());
    }
    QCOMPARE(count(connection), 1);
}

void TestConcurrency::scriptStopsAtItsFirstFault()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir, kTable);
    const auto ran = connection.runScript(
        u"INSERT INTO t VALUES (1, ';'); INSERT INTO nowhere VALUES (1); INSERT INTO t VALUES (2, 'never')"_s);
    QVERIFY(!ran);
    QVERIFY(ran.error().detail.contains(u"nowhere"_s));
    QCOMPARE(count(connection), 1);
}

void TestConcurrency::openReaderHoldsUpACheckpointOnly()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir, kTable + u"; INSERT INTO t VALUES (1, 'x')"_s);
    Connection reader = openReader(writer);
    auto moment = Transaction::begin(reader);
    QCOMPARE(count(reader), 1);
    QVERIFY(writer.execute(u"INSERT INTO t VALUES (2, 'y')"_s));
    (void)writer.checkpoint(); // may do a part; must not wait and must not lose anything
    QVERIFY(writer.execute(u"INSERT INTO t VALUES (3, 'z')"_s));
    QCOMPARE(count(reader), 1);
    moment->rollback();
    QVERIFY(writer.checkpoint());
    QCOMPARE(QFileInfo(writer.path() + u"-wal"_s).size(), 0);
    QCOMPARE(count(reader), 3);
}

void TestConcurrency::leaseOutlivesItsConnectionWhenAsked()
{
    const QTemporaryDir dir;
    Connection first = openNew(dir, kTable);
    const QString path = first.path();
    auto lease = Connection::closeKeepingLease(std::move(first));
    QVERIFY(lease);
    QCOMPARE(Connection::openSqlite({.path = path}).error().reason, QByteArray("locked"));
    auto again = Connection::openSqlite({.path = path}, std::move(*lease));
    QVERIFY(again);
    QVERIFY(again->execute(u"INSERT INTO t VALUES (1, 'x')"_s));
    QCOMPARE(HandleLease::countFor(path), 1);
    QCOMPARE(HandleLease::highestCount(), 1);
}

void TestConcurrency::copyIsSoundWhileTheWriterGoesOn()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir, kTable);
    std::atomic<bool> done = false;
    QString problem;
    {
        const std::jthread copier([&] {
            Connection reader = openReader(writer);
            for (int i = 0; i < 5; ++i) {
                const QString path = dir.filePath(u"copy%1.db"_s.arg(i));
                if (const auto copied = reader.copyTo(path); !copied)
                    problem = copied.error().detail;
            }
            done = true;
        });
        for (int i = 0; !done; ++i)
            QVERIFY(writer.execute(u"INSERT INTO t VALUES (?, zeroblob(2000))"_s, i));
    }
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    qint64 last = 0;
    for (int i = 0; i < 5; ++i) {
        auto copy = Connection::openSqlite({.path = dir.filePath(u"copy%1.db"_s.arg(i)), .access = Access::ReadOnly});
        QVERIFY(copy);
        QVERIFY(checkIntegrity(*copy, IntegrityDepth::Full, Milliseconds(60'000))->isSound());
        const qint64 rows = count(*copy);
        QCOMPARE(*copy->integer(u"SELECT ifnull(max(v), -1) FROM t"_s), rows - 1); // a beginning without gaps
        QVERIFY(rows >= last);
        last = rows;
    }
}

void TestConcurrency::damageIsFoundAndReported()
{
    const QTemporaryDir dir;
    QString path;
    {
        Connection writer = openNew(dir,
            kTable
                + u"; CREATE INDEX i ON t (w); INSERT INTO t WITH RECURSIVE n (k) AS "
                  "(SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 5000) "
                  "SELECT k, printf('name %d', k * 7919 % 5000) FROM n"_s);
        QVERIFY(checkIntegrity(writer, IntegrityDepth::Full, Milliseconds(60'000))->isSound());
        QVERIFY(writer.checkpoint());
        path = writer.path();
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.size() > 100'000);
    file.seek(file.size() / 2);
    file.write(QByteArray(4096, '\x5A'));
    file.close();
    auto damaged = Connection::openSqlite({.path = path, .access = Access::ReadOnly});
    QVERIFY(damaged); // the first page is sound
    for (const IntegrityDepth depth : {IntegrityDepth::Quick, IntegrityDepth::Full}) {
        const auto report = checkIntegrity(*damaged, depth, Milliseconds(60'000));
        QVERIFY(report);
        QVERIFY(!report->isSound());
        QVERIFY(report->faults.size() <= 101);
    }
}

void TestConcurrency::brokenReferencesAreFound()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir,
        kTable
            + u"; CREATE TABLE child (t REFERENCES t (v)); PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (5)"_s);
    QVERIFY(checkIntegrity(writer, IntegrityDepth::Quick, Milliseconds(60'000))->isSound());
    const auto report = checkIntegrity(writer, IntegrityDepth::Full, Milliseconds(60'000));
    QCOMPARE(report->faults, QStringList {u"broken reference in child"_s});
}

void TestConcurrency::integrityStopsInTime()
{
    const QTemporaryDir dir;
    Connection writer = openNew(dir,
        kTable
            + u"; INSERT INTO t WITH RECURSIVE n (k) AS "
              "(SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 100000) "
              "SELECT k, 'some text of a row' FROM n"_s);
    const auto report = checkIntegrity(writer, IntegrityDepth::Full, Milliseconds(0));
    QVERIFY(report);
    QVERIFY(!report->finished);
    QVERIFY(report->isSound()); // no fault was seen; whether there is one is not known
    QCOMPARE(count(writer), 100'000); // and the connection goes on working
}

QTEST_GUILESS_MAIN(TestConcurrency)
#include "tst_concurrency.moc"
