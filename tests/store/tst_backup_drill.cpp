#include "core/base/durable_file.h"
#include "core/store/backup_drill.h"
#include "store_fixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// Promise R25: a backup counts when it was restored. Each is, and its log has the root of the log that was backed up.
class TestBackupDrill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everyBackupRestoresToItsRoot();
    void aBackupThatDoesNotRestoreIsAResult_data();
    void aBackupThatDoesNotRestoreIsAResult();
    void eachHasItsTurn();
    void whatIsKeptMayBeAnything();
    void resultsGoWithTheirBackups();

private:
    [[nodiscard]] QString folder() const { return m_dir->filePath(u"b"_s); }
    [[nodiscard]] QStringList manifests() const
    {
        QStringList paths;
        for (const QString& name : QDir(folder()).entryList({u"*.json"_s}, QDir::Files, QDir::Name))
            paths += folder() + u'/' + name;
        return paths;
    }
    void decideAndBackUp(int decisions)
    {
        for (int i = 0; i < decisions; ++i, ++m_decided)
            must(decide(*m_store, someAsset(m_decided), QString::number(m_decided)));
        m_clock->advance(std::chrono::minutes(1));
        must(backup(*m_store, folder()));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<ManualClock> m_clock;
    std::unique_ptr<WorkspaceStore> m_store;
    int m_decided = 0;
};

void TestBackupDrill::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock = std::make_shared<ManualClock>();
    m_store = openStore(m_dir->filePath(u"w"_s), m_clock);
    m_decided = 0;
    addAssets(*m_store, 30);
}

void TestBackupDrill::everyBackupRestoresToItsRoot()
{
    std::vector<QByteArray> roots;
    for (const int decisions : {0, 1, 7, 12}) {
        decideAndBackUp(decisions);
        const auto tip = must(m_store->read([](const UnitOfWork& unit) { return unit.audit.tip(); }));
        roots.push_back(tip ? tip->root : audit::MerkleTree().root());
    }
    const QStringList all = manifests();
    QCOMPARE(all.size(), 4);
    for (int i = 0; i < all.size(); ++i) {
        QVERIFY(!lastDrill(all[i]));
        const DrillResult drill = must(drillBackup(all[i], m_clock->now()));
        QVERIFY2(drill.isGood(), qPrintable(drill.problem));
        QCOMPARE(lastDrill(all[i]), std::optional(drill));
        // By hand, too: the restored log is the one that was written, not only what the manifest says of it.
        const QString elsewhere = m_dir->filePath(u"r%1"_s.arg(i));
        must(restore(all[i], elsewhere, m_clock->now()));
        const auto restored = openStore(elsewhere);
        const auto tip = must(restored->read([](const UnitOfWork& unit) { return unit.audit.tip(); }));
        QCOMPARE(tip ? tip->root : audit::MerkleTree().root(), roots[static_cast<std::size_t>(i)]);
        QCOMPARE(must(restored->read([](const UnitOfWork& unit) { return unit.decisions.count(); })),
            static_cast<qint64>(drill.entries));
    }
    QCOMPARE(failedDrillIn(folder()), QString());
    QVERIFY(QDir(folder()).entryList({u".*"_s}, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
}

void TestBackupDrill::aBackupThatDoesNotRestoreIsAResult_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("find");
    QTest::addColumn<QByteArray>("replace");
    QTest::newRow("changed row") << u".db"_s << QByteArray("violence") << QByteArray("violins!");
    QTest::newRow("other root") << u".json"_s << QByteArray("\"root\":\"") << QByteArray("\"root\":\"00");
    QTest::newRow("other size") << u".json"_s << QByteArray("\"entries\":") << QByteArray("\"entries\":1");
    QTest::newRow("no manifest") << u".json"_s << QByteArray("{") << QByteArray("[");
}

void TestBackupDrill::aBackupThatDoesNotRestoreIsAResult()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, find);
    QFETCH(QByteArray, replace);
    decideAndBackUp(5);
    const QString manifest = manifests().first();
    const QString path = manifest.chopped(5) + file;
    QByteArray bytes = must(readFile(path, 1 << 26));
    QVERIFY(bytes.contains(find));
    bytes.replace(bytes.indexOf(find), find.size(), replace);
    must(writeFileDurably(path, bytes));
    const DrillResult drill = must(drillBackup(manifest, m_clock->now()));
    QVERIFY(!drill.isGood());
    QCOMPARE(lastDrill(manifest), std::optional(drill));
    QCOMPARE(failedDrillIn(folder()), manifest);
    QCOMPARE(drillBackup(folder() + u"/none.json"_s, m_clock->now()).error().code, ErrorCode::NotFound);
}

void TestBackupDrill::eachHasItsTurn()
{
    QVERIFY(nextToDrill(folder(), m_clock->now()).isEmpty());
    for (int i = 0; i < 3; ++i)
        decideAndBackUp(1);
    const QStringList all = manifests();
    for (const int expected : {2, 1, 0}) {
        const QString next = nextToDrill(folder(), m_clock->now());
        QCOMPARE(next, all[expected]);
        must(drillBackup(next, m_clock->now()));
        m_clock->advance(std::chrono::hours(1));
    }
    QVERIFY(nextToDrill(folder(), m_clock->now()).isEmpty());
    m_clock->advance(kDrillInterval - std::chrono::hours(2));
    QCOMPARE(nextToDrill(folder(), m_clock->now()), all[2]);
    m_clock->advance(std::chrono::hours(5));
    QCOMPARE(nextToDrill(folder(), m_clock->now()), all[2]);
    must(drillBackup(all[2], m_clock->now()));
    QCOMPARE(nextToDrill(folder(), m_clock->now()), all[1]);
}

void TestBackupDrill::whatIsKeptMayBeAnything()
{
    decideAndBackUp(1);
    const QString manifest = manifests().first();
    for (const QByteArray& bytes : {QByteArray(), QByteArray("[]"), QByteArray("{\"schema\":\"vidimus.drill/1\"}"),
             QByteArray("{\"schema\":\"x\",\"at\":\"2026-11-21T00:00:00Z\",\"entries\":1,\"problem\":\"\"}"),
             QByteArray(1 << 20, 'x')}) {
        must(writeFileDurably(manifest.chopped(5) + u".drill"_s, bytes));
        QVERIFY(!lastDrill(manifest));
        QCOMPARE(nextToDrill(folder(), m_clock->now()), manifest);
    }
}

void TestBackupDrill::resultsGoWithTheirBackups()
{
    BackupSchedule schedule(folder(), 2);
    for (int i = 0; i < 4; ++i) {
        must(decide(*m_store, someAsset(i), QString::number(i)));
        QVERIFY(must(schedule.backupIfDue(*m_store)));
        must(drillBackup(manifests().last(), m_clock->now()));
        m_clock->advance(BackupSchedule::kInterval);
    }
    QCOMPARE(manifests().size(), 2);
    QCOMPARE(QDir(folder()).entryList({u"*.drill"_s}, QDir::Files).size(), 2);
}

QTEST_GUILESS_MAIN(TestBackupDrill)
#include "tst_backup_drill.moc"
