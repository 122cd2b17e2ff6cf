#include "core/base/durable_file.h"
#include "core/store/backup.h"
#include "core/store/salvage.h"
#include "store_fixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

class TestBackup : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void restoreGivesTheSameLogBack();
    void restoresIntoAnotherWorkspace();
    void refusesDamagedBackups();
    void refusesToReplaceAnOpenWorkspace();
    void backsUpWhenDueAndKeepsTheNewest();
    void refusesHostileManifests();
    void salvageKeepsWhatCanBeRead();
};

namespace {

void fill(WorkspaceStore& store, int decisions)
{
    addAssets(store, decisions);
    for (int i = 0; i < decisions; ++i)
        must(decide(store, someAsset(i), QString::number(i)));
}

QString manifestPath(const QTemporaryDir& dir)
{
    const QDir backups(dir.filePath(u"b"_s));
    return backups.filePath(backups.entryList({u"*.json"_s}).value(0));
}

} // namespace

void TestBackup::restoreGivesTheSameLogBack()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"w"_s);
    auto clock = std::make_shared<ManualClock>();
    auto store = openStore(folder, clock);
    fill(*store, 30);
    const BackupManifest manifest = must(backup(*store, dir.filePath(u"b"_s)));
    QCOMPARE(manifest.entries, 30U);
    clock->advance(std::chrono::minutes(2));
    must(store->write([](UnitOfWork& unit) { return unit.audit.append(u"ana"_s, u"x"_s, u"y"_s, 1, 2); }));
    store.reset();
    const QString aside = must(restore(manifestPath(dir), folder, SystemClock::read()));
    QVERIFY(QFile::exists(aside + u"/workspace.db"_s));
    store = openStore(folder, clock);
    const audit::LogReport report = must(store->verifyAudit());
    QCOMPARE(report.result, audit::LogResult::Verified);
    QCOMPARE(report.entries, 30U);
    QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.audit.tip(); }))->root, manifest.root);
    QCOMPARE(decide(*store, someAsset(3), u"after"_s).error().reason, QByteArray("constraint"));
}

void TestBackup::restoresIntoAnotherWorkspace()
{
    const QTemporaryDir dir;
    {
        const auto store = openStore(dir.filePath(u"w"_s));
        fill(*store, 5);
        must(backup(*store, dir.filePath(u"b"_s)));
    }
    const QString other = dir.filePath(u"other"_s);
    QCOMPARE(must(restore(manifestPath(dir), other, SystemClock::read())), QString());
    const auto store = openStore(other);
    must(store->write([](UnitOfWork& unit) { return unit.audit.append(u"ana"_s, u"x"_s, u"y"_s, 1, 2); }));
    // Signed by two workspaces' keys, both of which are trusted here.
    const audit::LogReport report = must(store->verifyAudit());
    QCOMPARE(report.result, audit::LogResult::Verified);
    QCOMPARE(report.entries, 6U);
}

void TestBackup::refusesDamagedBackups()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.filePath(u"w"_s));
    fill(*store, 20);
    const BackupManifest manifest = must(backup(*store, dir.filePath(u"b"_s)));
    QVERIFY(verifyBackup(manifestPath(dir)));
    QFile copy(dir.filePath(u"b/"_s + manifest.file));
    QVERIFY(copy.open(QIODevice::ReadWrite));
    for (const qint64 place : {qint64 {30}, copy.size() / 2, copy.size() - 1}) {
        copy.seek(place);
        char byte = 0;
        copy.getChar(&byte);
        copy.seek(place);
        copy.putChar(static_cast<char>(byte ^ 4));
        copy.flush();
        const auto verified = verifyBackup(manifestPath(dir));
        QVERIFY(!verified);
        QCOMPARE(verified.error().code, ErrorCode::Corrupt);
        copy.seek(place);
        copy.putChar(byte);
        copy.flush();
        QVERIFY(verifyBackup(manifestPath(dir)));
    }
    const QString other = dir.filePath(u"other"_s);
    copy.resize(copy.size() / 2);
    QVERIFY(!restore(manifestPath(dir), other, SystemClock::read()));
    QVERIFY(!QFile::exists(WorkspaceStore::databasePathIn(other)));
}

void TestBackup::refusesToReplaceAnOpenWorkspace()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.filePath(u"w"_s));
    fill(*store, 2);
    must(backup(*store, dir.filePath(u"b"_s)));
    const auto restored = restore(manifestPath(dir), store->folder(), SystemClock::read());
    QVERIFY(!restored);
    QCOMPARE(restored.error().reason, QByteArray("locked"));
    QCOMPARE(must(store->verifyAudit()).entries, 2U);
}

void TestBackup::backsUpWhenDueAndKeepsTheNewest()
{
    const QTemporaryDir dir;
    const auto clock = std::make_shared<ManualClock>();
    const auto store = openStore(dir.filePath(u"w"_s), clock);
    addAssets(*store, 10);
    BackupSchedule schedule(dir.filePath(u"b"_s), 2);
    QVERIFY(must(schedule.backupIfDue(*store)));
    must(decide(*store, someAsset(0), u"0"_s));
    QVERIFY(!must(schedule.backupIfDue(*store)));
    for (int i = 1; i < 5; ++i) {
        clock->advance(BackupSchedule::kInterval);
        must(decide(*store, someAsset(i), QString::number(i)));
        QVERIFY(must(schedule.backupIfDue(*store)));
        QVERIFY(!must(schedule.backupIfDue(*store)));
    }
    clock->advance(BackupSchedule::kInterval);
    QVERIFY(!must(schedule.backupIfDue(*store))); // nothing was written since
    QCOMPARE(QDir(dir.filePath(u"b"_s)).entryList(QDir::Files).size(), 4);
    QCOMPARE(must(verifyBackup(dir.filePath(u"b/"_s)
                      + QDir(dir.filePath(u"b"_s)).entryList({u"*.json"_s}, QDir::Files, QDir::Name).last()))
                 .entries,
        5U);
}

void TestBackup::refusesHostileManifests()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.filePath(u"w"_s));
    const BackupManifest manifest = must(backup(*store, dir.filePath(u"b"_s)));
    QCOMPARE(*backupManifestFromJson(toJson(manifest)), manifest);
    for (const QString& name : {u"../w/workspace.db"_s, u"/etc/passwd"_s, u".hidden"_s, QString()}) {
        QJsonObject object = toJson(manifest);
        object[u"file"_s] = name;
        QVERIFY(!backupManifestFromJson(object));
    }
    must(writeFileDurably(dir.filePath(u"b/x.json"_s), "[]"));
    QCOMPARE(verifyBackup(dir.filePath(u"b/x.json"_s)).error().code, ErrorCode::Corrupt);
    QCOMPARE(verifyBackup(dir.filePath(u"b/none.json"_s)).error().code, ErrorCode::NotFound);
}

void TestBackup::salvageKeepsWhatCanBeRead()
{
    const QTemporaryDir dir;
    const QString path = WorkspaceStore::databasePathIn(dir.path());
    {
        const auto store = openStore(dir.path());
        fill(*store, 300);
    }
    // Pages in the middle are overwritten; the first ones with the schema stay.
    const QByteArray noise(8192, '\x5a');
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(file.size() * 2 / 3 / 4096 * 4096);
    file.write(noise);
    file.close();
    const QByteArray damagedBytes = must(readFile(path, 1 << 26));
    const auto opened = WorkspaceStore::open({.folder = dir.path()});
    QVERIFY(!opened);
    QCOMPARE(opened.error().reason, QByteArray("database_damaged"));
    QCOMPARE(must(readFile(path, 1 << 26)), damagedBytes);
    const SalvageReport report = must(salvage(dir.path(), SystemClock::read()));
    QCOMPARE(must(readFile(report.asideFolder + u"/workspace.db"_s, 1 << 26)), damagedBytes);
    QVERIFY(report.rows.at(u"decisions"_s) > 200);
    const auto store = openStore(dir.path());
    QVERIFY(must(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); })) > 200);
    QVERIFY(must(store->checkIntegrity(sql::IntegrityDepth::Quick, std::chrono::minutes(1))).isSound());
}

QTEST_GUILESS_MAIN(TestBackup)
#include "tst_backup.moc"
