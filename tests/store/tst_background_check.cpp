#include "core/base/durable_file.h"
#include "core/store/page_list.h"
#include "store_fixture.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QTest>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// A window opens its workspace at once and the file is looked at behind it: damage is told, nothing that stands is
/// changed before it was found sound, and what was decided meanwhile stands in the WAL.
class TestBackgroundCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void soundFileBecomesAnOrdinaryOne();
    void damageIsToldAndNothingIsOverwritten();
    void endedBeforeTheCheckLosesNothing();
    void killedDuringTheCheckLosesNothing();

private:
    [[nodiscard]] QString folder() const { return m_dir->filePath(u"w"_s); }
    [[nodiscard]] QString database() const { return WorkspaceStore::databasePathIn(folder()); }
    [[nodiscard]] std::unique_ptr<WorkspaceStore> openSoon() const
    {
        return must(WorkspaceStore::open({.folder = folder(), .reserveBytes = 1 << 16, .checkInBackground = true}));
    }
    [[nodiscard]] static qint64 decisionsIn(WorkspaceStore& store)
    {
        return must(store.read([](const UnitOfWork& unit) { return unit.decisions.count(); }));
    }
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestBackgroundCheck::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    const auto store = openStore(folder());
    addAssets(*store, 200);
    for (int i = 0; i < 20; ++i)
        must(decide(*store, someAsset(i), QString::number(i)));
}

void TestBackgroundCheck::soundFileBecomesAnOrdinaryOne()
{
    const QByteArray before = must(readFile(database(), 1 << 26));
    {
        const auto store = openSoon();
        must(decide(*store, someAsset(50), u"soon"_s));
        QCOMPARE(must(readFile(database(), 1 << 26)), before); // it stands in the log
        QTRY_VERIFY_WITH_TIMEOUT(!store->isBeingChecked(), kPatienceMs);
        QVERIFY(!store->damage());
        must(decide(*store, someAsset(51), u"later"_s));
    }
    QVERIFY(must(readFile(database(), 1 << 26)) != before);
    const UniqueFd file(open(qPrintable(database()), O_RDONLY | O_CLOEXEC));
    const PageCheck pages = must(checkPages(database(), file.get(), {}));
    QVERIFY(pages.hasList);
    QVERIFY(pages.isSound());
    QVERIFY(!QFile::exists(database() + u"-wal"_s));
    QCOMPARE(decisionsIn(*openStore(folder())), 22);
}

void TestBackgroundCheck::damageIsToldAndNothingIsOverwritten()
{
    QByteArray bytes = must(readFile(database(), 1 << 26));
    const qsizetype name = bytes.indexOf("clip 7.mp4"); // inside a row, where no structure is hurt
    QVERIFY(name > 0);
    bytes[name] = 'X';
    must(writeFileDurably(database(), bytes));
    {
        const auto store = openSoon();
        std::atomic<int> told {0};
        store->setDamageListener([&](const Error& error) { told += error.reason == "database_damaged" ? 1 : 100; });
        QTRY_COMPARE_WITH_TIMEOUT(told.load(), 1, kPatienceMs);
        QCOMPARE(store->damage()->code, ErrorCode::Corrupt);
        QCOMPARE(decide(*store, someAsset(60), u"x"_s).error().reason, QByteArray("database_damaged"));
        QCOMPARE(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); }).error().code,
            ErrorCode::Corrupt);
        QVERIFY(!store->maintain());
    }
    QCOMPARE(must(readFile(database(), 1 << 26)), bytes);
    QCOMPARE(WorkspaceStore::open({.folder = folder()}).error().reason, QByteArray("database_damaged"));
    QCOMPARE(must(readFile(database(), 1 << 26)), bytes);
}

void TestBackgroundCheck::endedBeforeTheCheckLosesNothing()
{
    for (int i = 0; i < 20; ++i) {
        const auto store = openSoon();
        must(decide(*store, someAsset(100 + i), u"at once %1"_s.arg(i)));
    }
    const auto store = openStore(folder());
    QCOMPARE(decisionsIn(*store), 40);
    QVERIFY(must(store->verifyAudit()).isSound());
}

void TestBackgroundCheck::killedDuringTheCheckLosesNothing()
{
    for (int i = 0; i < 20; ++i) {
        std::array<int, 2> ends {};
        QCOMPARE(pipe(ends.data()), 0);
        const pid_t child = fork();
        if (child == 0) {
            const auto store = openSoon();
            must(decide(*store, someAsset(100 + i), u"killed %1"_s.arg(i)));
            const char done = 1;
            (void)!write(ends[1], &done, 1);
            for (;;)
                pause();
        }
        close(ends[1]);
        char done = 0;
        QCOMPARE(read(ends[0], &done, 1), 1);
        usleep(static_cast<useconds_t>(i) * 500);
        QCOMPARE(::kill(child, SIGKILL), 0);
        QCOMPARE(waitpid(child, nullptr, 0), child);
        close(ends[0]);
    }
    const auto store = openStore(folder());
    QCOMPARE(decisionsIn(*store), 40);
    QVERIFY(must(store->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound());
    QVERIFY(must(store->verifyAudit()).isSound());
}

QTEST_GUILESS_MAIN(TestBackgroundCheck)
#include "tst_background_check.moc"
