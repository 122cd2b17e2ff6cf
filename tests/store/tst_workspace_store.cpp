#include "core/base/durable_file.h"
#include "core/store/page_list.h"
#include "core/store/stored_job_queue.h"
#include "core/store/stored_outbox.h"
#include "store_fixture.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <sys/stat.h>
#include <thread>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

class TestWorkspaceStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void opensNewAndOldWorkspace();
    void refusesSecondProgram();
    void keepsAllOrNothingOfATransaction();
    void readersSeeOneMomentAndCannotWrite();
    void onlyOneHandleEverWrites();
    void logIsWrittenWithTheChangeAndVerifies();
    void logCannotBeChangedThroughSql();
    void headsAreMadeByAgeAndAnchored();
    void noticesExchangedOlderDatabase();
    void noticesVanishedDatabase();
    void refusesKeyThatOthersCanRead();
    void newerFileIsRefusedPolitely();
    void commitListenerHearsOfCommitsOnly();
};

void TestWorkspaceStore::opensNewAndOldWorkspace()
{
    const QTemporaryDir dir;
    {
        const auto store = openStore(dir.filePath(u"w"_s));
        QVERIFY(store->startReport().schema.version >= 1);
        QVERIFY(store->startReport().reserveHeld);
        QVERIFY(!store->startReport().sqlite.version.isEmpty());
        addAssets(*store, 3);
    }
    QVERIFY(!QFile::exists(dir.filePath(u"w/workspace.db-wal"_s)));
    const auto store = openStore(dir.filePath(u"w"_s));
    const auto asset = store->read([](const UnitOfWork& unit) { return unit.assets.find(someAsset(2).id); });
    QVERIFY(asset);
    QCOMPARE(*asset, someAsset(2));
    struct stat status {};
    QCOMPARE(stat(qPrintable(dir.filePath(u"w/keys/audit.key"_s)), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600U);
}

void TestWorkspaceStore::refusesSecondProgram()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    const auto second = WorkspaceStore::open({.folder = dir.path()});
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::Conflict);
    QCOMPARE(second.error().reason, QByteArray("locked"));
}

void TestWorkspaceStore::keepsAllOrNothingOfATransaction()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    const auto failed = store->write([](UnitOfWork& unit) -> Result<int> {
        must(unit.assets.add(someAsset(1)));
        must(unit.audit.append(u"ana"_s, u"ingest"_s, u"asset:1"_s, QJsonValue(), QJsonObject {{u"id"_s, 1}}));
        return Error {ErrorCode::Invalid, u"no"_s, "no"};
    });
    QVERIFY(!failed);
    QCOMPARE(failed.error().reason, QByteArray("no"));
    const auto found = store->read([](const UnitOfWork& unit) { return unit.assets.find(someAsset(1).id); });
    QCOMPARE(found.error().code, ErrorCode::NotFound);
    QCOMPARE(must(store->verifyAudit()).entries, 0U);
    QCOMPARE(must(store->write([](UnitOfWork& unit) -> Result<int> {
        must(unit.assets.add(someAsset(1)));
        return 7;
    })),
        7);
    QVERIFY(store->read([](const UnitOfWork& unit) { return unit.assets.find(someAsset(1).id); }));
}

void TestWorkspaceStore::readersSeeOneMomentAndCannotWrite()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    addAssets(*store, 5);
    const auto counts = store->read([&](const UnitOfWork& unit) -> Result<std::pair<qint64, qint64>> {
        const qint64 before = must(unit.assets.countByState())[AssetState::Waiting];
        std::jthread([&] { must(decide(*store, someAsset(0), u"d"_s)); }).join();
        return std::pair(before, must(unit.assets.countByState())[AssetState::Waiting]);
    });
    QCOMPARE(*counts, std::pair(qint64 {5}, qint64 {5}));
    auto loan = must(store->borrowReader());
    QCOMPARE(loan.connection().execute(u"DELETE FROM assets"_s).error().code, ErrorCode::Denied);
}

void TestWorkspaceStore::onlyOneHandleEverWrites()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    addAssets(*store, 200);
    std::atomic<int> faults {0};
    {
        std::atomic<bool> ending {false};
        std::vector<std::jthread> readers;
        for (int i = 0; i < 8; ++i) {
            readers.emplace_back([&] {
                while (!ending) {
                    const auto counts = store->read([](const UnitOfWork& unit) { return unit.assets.countByState(); });
                    qint64 sum = 0;
                    for (const auto& [state, count] : counts ? *counts : std::map<AssetState, qint64>())
                        sum += count;
                    if (sum != 200)
                        ++faults;
                }
            });
        }
        for (int i = 0; i < 200; ++i)
            must(decide(*store, someAsset(i), QString::number(i)));
        ending = true;
    }
    QCOMPARE(faults.load(), 0);
    QCOMPARE(sql::HandleLease::countFor(store->databasePath()), 1);
    QCOMPARE(sql::HandleLease::highestCount(), 1);
    QVERIFY(must(store->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound());
}

void TestWorkspaceStore::logIsWrittenWithTheChangeAndVerifies()
{
    const QTemporaryDir dir;
    auto store = openStore(dir.path());
    addAssets(*store, 20);
    for (int i = 0; i < 20; ++i)
        must(decide(*store, someAsset(i), QString::number(i)));
    const audit::LogReport report = must(store->verifyAudit());
    QCOMPARE(report.result, audit::LogResult::Verified);
    QCOMPARE(report.entries, 20U);
    QCOMPARE(report.anchoredTo, 20U);
    store.reset();
    store = openStore(dir.path());
    addAssets(*store, 0);
    const auto page
        = must(store->read([](const UnitOfWork& unit) { return unit.audit.page(u"asset:asset-000007"_s, 0, 10); }));
    QCOMPARE(page.size(), 1U);
    QCOMPARE(page.front().sequence, 8U);
    QCOMPARE(
        must(store->read([](const UnitOfWork& unit) { return unit.audit.page(QString(), 11, 3); })).front().sequence,
        10U);
}

void TestWorkspaceStore::logCannotBeChangedThroughSql()
{
    const QTemporaryDir dir;
    {
        const auto store = openStore(dir.path());
        addAssets(*store, 1);
        must(decide(*store, someAsset(0), u"d"_s));
        must(store->maintain());
    }
    auto connection = must(sql::Connection::openSqlite({.path = WorkspaceStore::databasePathIn(dir.path())}));
    for (const QString& sql : {u"DELETE FROM audit_entries"_s, u"UPDATE audit_entries SET entry = '{}'"_s,
             u"DELETE FROM audit_heads"_s, u"UPDATE audit_heads SET body = '{}'"_s}) {
        const auto done = connection.execute(sql);
        QVERIFY2(!done, qPrintable(sql));
        QCOMPARE(done.error().reason, QByteArray("constraint"));
    }
    // Who takes the guard away is found by the signed heads.
    must(connection.execute(u"DROP TRIGGER audit_entries_keep"_s));
    must(connection.execute(u"UPDATE audit_entries SET entry = replace(entry, 'ana', 'bob')"_s));
    connection = must(sql::Connection::openSqlite({.path = dir.filePath(u"other.db"_s)}));
    QCOMPARE(WorkspaceStore::open({.folder = dir.path()}).error().reason, QByteArray("database_damaged"));
    must(removePageList(WorkspaceStore::databasePathIn(dir.path())));
    const auto store = openStore(dir.path());
    const audit::LogReport report = must(store->verifyAudit());
    QCOMPARE(report.result, audit::LogResult::BadEntry);
    QCOMPARE(*report.firstBad, 1U);
}

void TestWorkspaceStore::headsAreMadeByAgeAndAnchored()
{
    const QTemporaryDir dir;
    const auto clock = std::make_shared<ManualClock>();
    const auto store = openStore(dir.path(), clock);
    addAssets(*store, 2);
    const AuditKeys keys(WorkspaceStore::keysPathIn(dir.path()));
    must(decide(*store, someAsset(0), u"a"_s)); // the first head is due at once
    QCOMPARE(must(keys.anchoredHead())->size, 1U);
    must(decide(*store, someAsset(1), u"b"_s));
    must(store->maintain());
    QCOMPARE(must(keys.anchoredHead())->size, 1U);
    clock->advance(std::chrono::seconds(61));
    must(store->maintain());
    QCOMPARE(must(keys.anchoredHead())->size, 2U);
    clock->advance(std::chrono::seconds(61));
    must(store->maintain());
    QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.audit.heads(); })).size(), 2U);
}

void TestWorkspaceStore::noticesExchangedOlderDatabase()
{
    const QTemporaryDir dir;
    const auto clock = std::make_shared<ManualClock>();
    const QString database = WorkspaceStore::databasePathIn(dir.path());
    {
        const auto store = openStore(dir.path(), clock);
        addAssets(*store, 2);
        must(decide(*store, someAsset(0), u"a"_s));
    }
    QVERIFY(QFile::copy(database, dir.filePath(u"old.db"_s)));
    {
        const auto store = openStore(dir.path(), clock);
        clock->advance(std::chrono::seconds(61));
        must(decide(*store, someAsset(1), u"b"_s));
    }
    QVERIFY(QFile::remove(database));
    QVERIFY(QFile::copy(dir.filePath(u"old.db"_s), database));
    must(removePageList(database));
    const auto opened = WorkspaceStore::open({.folder = dir.path()});
    QVERIFY(!opened);
    QCOMPARE(opened.error().reason, QByteArray("log_cut"));
}

void TestWorkspaceStore::noticesVanishedDatabase()
{
    const QTemporaryDir dir;
    {
        const auto store = openStore(dir.path());
        addAssets(*store, 1);
        must(decide(*store, someAsset(0), u"a"_s));
    }
    QVERIFY(QFile::resize(WorkspaceStore::databasePathIn(dir.path()), 0));
    const auto opened = WorkspaceStore::open({.folder = dir.path()});
    QVERIFY(!opened);
    QCOMPARE(opened.error().reason, QByteArray("database_missing"));
    QCOMPARE(QFileInfo(WorkspaceStore::databasePathIn(dir.path())).size(), 0);
}

void TestWorkspaceStore::refusesKeyThatOthersCanRead()
{
    const QTemporaryDir dir;
    openStore(dir.path()).reset();
    QCOMPARE(chmod(qPrintable(dir.filePath(u"keys/audit.key"_s)), 0644), 0);
    const auto opened = WorkspaceStore::open({.folder = dir.path()});
    QVERIFY(!opened);
    QCOMPARE(opened.error().reason, QByteArray("key_not_private"));
}

void TestWorkspaceStore::newerFileIsRefusedPolitely()
{
    const QTemporaryDir dir;
    openStore(dir.path()).reset();
    const QString database = WorkspaceStore::databasePathIn(dir.path());
    {
        auto connection = must(sql::Connection::openSqlite({.path = database}));
        must(connection.execute(u"INSERT INTO schema_history VALUES (900, 900, '900_far', 'x', 0)"_s));
    }
    must(removePageList(database));
    const QByteArray before = must(readFile(database, 1 << 24));
    const auto opened = WorkspaceStore::open({.folder = dir.path()});
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Unsupported);
    QCOMPARE(opened.error().reason, QByteArray("newer_file"));
    QCOMPARE(must(readFile(database, 1 << 24)), before);
}

void TestWorkspaceStore::commitListenerHearsOfCommitsOnly()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    std::atomic<int> heard {0};
    store->setCommitListener([&] { ++heard; });
    addAssets(*store, 2);
    QCOMPARE(heard.load(), 1);
    (void)store->write([](UnitOfWork&) -> Result<void> { return Error {}; });
    QCOMPARE(heard.load(), 1);
}

QTEST_GUILESS_MAIN(TestWorkspaceStore)
#include "tst_workspace_store.moc"
