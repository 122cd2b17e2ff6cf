#include "core/base/durable_file.h"
#include "core/store/page_list.h"
#include "core/store/wal_pages.h"
#include "store_fixture.h"

#include <QFile>
#include <QTest>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// The list of pages and the log beside it: what a killed program leaves is sound, what was changed is not.
class TestPageList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void logHoldsWhatSqliteReadsFromIt();
    void isSoundWhereverACheckpointWasKilled();
    void isMadeForADatabaseWithoutOne();
    void changedByteOfAnyPageIsNoticed();
    void changedListIsNoticed_data();
    void changedListIsNoticed();
    void logBrokenInTheMiddleIsNoticed();
    void logCutAnywhereIsACrash();
    void listOfATakenDatabaseIsNotKept();

private:
    [[nodiscard]] QString path() const { return WorkspaceStore::databasePathIn(m_dir.filePath(u"w"_s)); }
    [[nodiscard]] Result<std::unique_ptr<WorkspaceStore>> open() const
    {
        return WorkspaceStore::open({.folder = m_dir.filePath(u"w"_s), .reserveBytes = 1 << 16});
    }
    [[nodiscard]] PageCheck check() const
    {
        const UniqueFd file(::open(qPrintable(path()), O_RDONLY | O_CLOEXEC));
        return must(checkPages(path(), file.get(), must(readWalPages(walPathOf(path())))));
    }
    void write(const QString& name, const QByteArray& bytes) const { must(writeFileDurably(name, bytes)); }

    QTemporaryDir m_dir;
    QByteArray m_database; ///< of a program that was killed, as are the next two
    QByteArray m_log;
    QByteArray m_list;
};

namespace {

constexpr int kDecisions = 20;
constexpr qsizetype kFrameBytes = 24 + 4096;

/// Leaves a closed workspace, decides more in a program that is killed.
void leaveKilled(const QString& folder)
{
    addAssets(*openStore(folder), kDecisions);
    std::array<int, 2> ends {};
    QCOMPARE(pipe(ends.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        const auto store = openStore(folder);
        for (int i = 0; i < kDecisions; ++i)
            must(decide(*store, someAsset(i), QString::number(i)));
        const char done = 1;
        (void)!::write(ends[1], &done, 1);
        for (;;)
            pause();
    }
    char done = 0;
    QCOMPARE(read(ends[0], &done, 1), 1);
    QCOMPARE(kill(child, SIGKILL), 0);
    QCOMPARE(waitpid(child, nullptr, 0), child);
}

} // namespace

void TestPageList::initTestCase()
{
    leaveKilled(m_dir.filePath(u"w"_s));
    m_database = must(readFile(path(), 1 << 26));
    m_log = must(readFile(walPathOf(path()), 1 << 26));
    m_list = must(readFile(path() + u".pages"_s, 1 << 26));
}

void TestPageList::init()
{
    QFile::remove(path() + u"-shm"_s);
    write(path(), m_database);
    write(walPathOf(path()), m_log);
    write(path() + u".pages"_s, m_list);
    QVERIFY(check().hasList);
    QVERIFY(check().isSound());
}

void TestPageList::logHoldsWhatSqliteReadsFromIt()
{
    const WalPages pages = must(readWalPages(walPathOf(path())));
    QCOMPARE(pages.pageSize, 4096U);
    QVERIFY(pages.places.size() > 5);
    QVERIFY(!pages.isDamaged);
    // After a checkpoint, which SQLite makes by itself here, the file has these very pages.
    std::map<quint32, QByteArray> expected;
    must(forEachPage(walPathOf(path()), pages, [&](quint32 number, QByteArrayView content) -> Result<void> {
        expected[number] = content.toByteArray();
        return {};
    }));
    must(must(sql::Connection::openSqlite({.path = path()})).checkpoint());
    const QByteArray file = must(readFile(path(), 1 << 26));
    for (const auto& [number, content] : expected)
        QCOMPARE(file.mid((number - 1) * 4096, 4096), content);
    QVERIFY(must(readWalPages(walPathOf(path()))).places.empty());
    QVERIFY(!check().isSound()); // nobody listed it
}

void TestPageList::isSoundWhereverACheckpointWasKilled()
{
    const WalPages pages = must(readWalPages(walPathOf(path())));
    {
        auto writer = must(sql::Connection::openSqlite({.path = path()}));
        must(writer.holdCheckpoints(true));
        must(listPagesOfLog(writer));
    }
    QVERIFY(check().isSound()); // listed, nothing written yet
    QByteArray file = m_database;
    must(forEachPage(walPathOf(path()), pages, [&](quint32 number, QByteArrayView content) -> Result<void> {
        const qsizetype place = (number - qsizetype {1}) * 4096;
        file.resize(std::max(file.size(), place + 4096));
        // The first half of a page, then all of it.
        file.replace(place, 2048, content.first(2048).data(), 2048);
        write(path(), file);
        if (!check().isSound())
            qFatal("half of page %u", number);
        file.replace(place, 4096, content.data(), 4096);
        write(path(), file);
        if (!check().isSound())
            qFatal("page %u", number);
        return {};
    }));
    // All is in the file, so the log may begin anew.
    QFile::remove(walPathOf(path()));
    QVERIFY(check().isSound());
    const auto store = must(open());
    QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); })), kDecisions);
}

void TestPageList::isMadeForADatabaseWithoutOne()
{
    must(removePageList(path()));
    QVERIFY(!check().hasList);
    QVERIFY(open());
    QVERIFY(check().hasList);
    QVERIFY(check().isSound());
    QVERIFY(!QFile::exists(walPathOf(path())));
}

void TestPageList::changedByteOfAnyPageIsNoticed()
{
    QVERIFY(open()); // the log is in the file now
    const QByteArray sound = must(readFile(path(), 1 << 26));
    for (qsizetype place = 77; place < sound.size(); place += 4096) {
        QByteArray changed = sound;
        changed[place] = static_cast<char>(changed[place] ^ 1);
        write(path(), changed);
        const auto opened = open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().reason, QByteArray("database_damaged"));
    }
    write(path(), sound.chopped(4096));
    QVERIFY(!open());
    write(path(), sound);
    QVERIFY(open());
}

void TestPageList::changedListIsNoticed_data()
{
    QTest::addColumn<int>("place");
    QTest::newRow("name") << 3;
    QTest::newRow("page size") << 14;
    QTest::newRow("a digest") << 40;
}

void TestPageList::changedListIsNoticed()
{
    QFETCH(int, place);
    QVERIFY(open());
    QByteArray list = must(readFile(path() + u".pages"_s, 1 << 26));
    list[place] = static_cast<char>(list[place] ^ 1);
    write(path() + u".pages"_s, list);
    QCOMPARE(open().error().reason, QByteArray("database_damaged"));
}

void TestPageList::logBrokenInTheMiddleIsNoticed()
{
    // Anywhere but in the last transaction and the log's own header, where a crash looks the same.
    const auto frames = (m_log.size() - 32) / kFrameBytes;
    QVERIFY(frames > 100);
    for (const qsizetype frame : {qsizetype {0}, frames / 3, frames / 2}) {
        for (const qsizetype place : {qsizetype {2}, qsizetype {17}, qsizetype {1000}}) {
            QByteArray log = m_log;
            char& byte = log[32 + frame * kFrameBytes + place];
            byte = static_cast<char>(byte ^ 8);
            write(walPathOf(path()), log);
            QFile::remove(path() + u"-shm"_s);
            QCOMPARE(open().error().reason, QByteArray("database_damaged"));
            QCOMPARE(must(readFile(walPathOf(path()), 1 << 26)), log);
        }
    }
}

void TestPageList::logCutAnywhereIsACrash()
{
    qint64 fewest = kDecisions;
    for (qsizetype cut = 1; cut < m_log.size(); cut += m_log.size() / 7) {
        write(path(), m_database);
        write(path() + u".pages"_s, m_list);
        write(walPathOf(path()), m_log.chopped(cut));
        QFile::remove(path() + u"-shm"_s);
        QFile::remove(m_dir.filePath(u"w/keys/audit-head.json"_s)); // it knows of what is cut off here
        const auto store = open();
        QVERIFY2(store, store ? "" : qPrintable(store.error().detail));
        fewest = std::min(fewest, must((*store)->read([](const UnitOfWork& unit) { return unit.decisions.count(); })));
    }
    QVERIFY(fewest < kDecisions);
}

void TestPageList::listOfATakenDatabaseIsNotKept()
{
    QVERIFY(QFile::remove(path()));
    QVERIFY(QFile::remove(walPathOf(path())));
    QFile::remove(m_dir.filePath(u"w/keys/audit-head.json"_s));
    for (int i = 0; i < 2; ++i) {
        const auto opened = open();
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
    }
}

QTEST_GUILESS_MAIN(TestPageList)
#include "tst_page_list.moc"
