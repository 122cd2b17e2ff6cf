#include "core/base/durable_file.h"
#include "store_fixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// Promise R27: a workspace of every schema that was ever released opens, whenever the program is killed meanwhile, and
/// an older program leaves a newer file alone. tests/store/schemas has one dump a released version.
class TestSchemas : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noDumpIsOfASchemaToCome();
    void opensWithEverythingInIt_data();
    void opensWithEverythingInIt();
    void killedOnTheWayIsOldOrNew_data();
    void killedOnTheWayIsOldOrNew();
    void anOlderProgramLeavesItAlone();

private:
    QTemporaryDir m_dir;
};

namespace {

QDir dumps()
{
    return QDir(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/store/schemas"));
}

void addDumps()
{
    QTest::addColumn<QString>("dump");
    for (const QString& name : dumps().entryList({u"*.sql"_s}, QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(name)) << dumps().filePath(name);
}

/// The workspace that the dump tells of.
void rebuild(const QString& folder, const QString& dumpFile)
{
    QDir(folder).removeRecursively();
    must(makeFolderDurably(folder));
    auto connection = must(sql::Connection::openSqlite({.path = WorkspaceStore::databasePathIn(folder)}));
    must(connection.runScript(QString::fromUtf8(must(readFile(dumpFile, 1 << 24)))));
    must(connection.execute(u"PRAGMA foreign_keys = ON"_s));
}

std::map<QString, qint64> rowCounts(const QString& path)
{
    auto connection = must(sql::Connection::openSqlite({.path = path, .access = sql::Access::ReadOnly}));
    std::map<QString, qint64> counts;
    for (const auto* table : {"assets", "decisions", "audit_entries", "outbox", "rules", "reports", "people", "jobs"})
        counts[QLatin1StringView(table)]
            = must(connection.integer(u"SELECT count(*) FROM %1"_s.arg(QLatin1StringView(table))));
    return counts;
}

/// The steps of this program and two that it may have one day: each rewrites every row of a table and adds a column.
sql::Migrator futureMigrator()
{
    auto steps = must(sql::loadMigrationSteps(u":/migrations/workspace"_s));
    for (const char* table : {"assets", "decisions"}) {
        const int version = static_cast<int>(steps.size()) + 1;
        const QString name = QLatin1StringView(table);
        steps.push_back({.version = version,
            .compatibleFrom = version,
            .name = u"%1_later"_s.arg(version, 3, 10, QLatin1Char('0')),
            .sql = u"ALTER TABLE %1 ADD COLUMN later_%1 TEXT NOT NULL DEFAULT '';\nUPDATE %1 SET later_%1 = hex("
                   "randomblob(2000));\nCREATE INDEX later_%1_index ON %1 (later_%1);"_s.arg(name),
            .sha256 = QByteArray(64, static_cast<char>('0' + version))});
    }
    return sql::Migrator(std::move(steps));
}

} // namespace

void TestSchemas::noDumpIsOfASchemaToCome()
{
    const QStringList names = dumps().entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    QVERIFY(!names.isEmpty());
    QVERIFY(names.last().first(3).toInt() <= must(WorkspaceStore::migrator()).newestVersion());
}

void TestSchemas::opensWithEverythingInIt_data()
{
    addDumps();
}

void TestSchemas::opensWithEverythingInIt()
{
    QFETCH(QString, dump);
    const QString folder = m_dir.filePath(u"w"_s);
    rebuild(folder, dump);
    const auto before = rowCounts(WorkspaceStore::databasePathIn(folder));
    QVERIFY(before.at(u"decisions"_s) > 0);
    {
        // As restore() does for a workspace that comes from elsewhere.
        auto reader = must(sql::Connection::openSqlite(
            {.path = WorkspaceStore::databasePathIn(folder), .access = sql::Access::ReadOnly}));
        const auto tip = must(UnitOfWork(reader).audit.tip());
        must(makeFolderDurably(WorkspaceStore::keysPathIn(folder)));
        must(AuditKeys(WorkspaceStore::keysPathIn(folder)).trust(tip->publicKey));
    }
    const auto store = openStore(folder);
    QCOMPARE(store->startReport().schema.version, must(WorkspaceStore::migrator()).newestVersion());
    QVERIFY(must(store->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound());
    const audit::LogReport log = must(store->verifyAudit());
    QVERIFY2(log.isSound(), qPrintable(log.detail));
    QCOMPARE(static_cast<qint64>(log.entries), before.at(u"audit_entries"_s));
    const auto ids = must(store->read([](const UnitOfWork& unit) { return unit.assets.ids({}); }));
    QCOMPARE(static_cast<qint64>(ids.size()), before.at(u"assets"_s));
    addAssets(*store, 1);
    QVERIFY(decide(*store, someAsset(0), u"after"_s));
}

void TestSchemas::killedOnTheWayIsOldOrNew_data()
{
    addDumps();
}

void TestSchemas::killedOnTheWayIsOldOrNew()
{
    QFETCH(QString, dump);
    const int kills = qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1 ? 100 : 5;
    const sql::Migrator migrator = futureMigrator();
    const QString folder = m_dir.filePath(u"k"_s);
    const QString path = WorkspaceStore::databasePathIn(folder);
    rebuild(folder, dump);
    const auto counts = rowCounts(path);
    const int first = QFileInfo(dump).fileName().first(3).toInt() + 1; // the step before which a copy is kept
    int unfinished = 0;
    for (int kill = 0; kill < kills; ++kill) {
        rebuild(folder, dump);
        const pid_t child = fork();
        if (child == 0) {
            auto connection = sql::Connection::openSqlite({.path = path});
            _exit(connection && migrator.migrate(*connection) ? 0 : 1);
        }
        usleep(static_cast<useconds_t>(kill * 40'000 / kills));
        QCOMPARE(::kill(child, SIGKILL), 0);
        QCOMPARE(waitpid(child, nullptr, 0), child);
        auto connection = must(sql::Connection::openSqlite({.path = path}));
        const int version = must(sql::Migrator::read(connection)).version;
        unfinished += version < migrator.newestVersion() ? 1 : 0;
        const int added = static_cast<int>(
            must(connection.integer(u"SELECT count(*) FROM sqlite_master WHERE name LIKE 'later_%'"_s)));
        const int known = must(WorkspaceStore::migrator()).newestVersion();
        QCOMPARE(added, std::max(0, version - known)); // whole steps
        QCOMPARE(must(migrator.migrate(connection)).version, migrator.newestVersion());
        QVERIFY(QFile::exists(sql::Migrator::copyPath(path, first)));
        QCOMPARE(must(connection.integer(u"SELECT count(*) FROM assets WHERE length(later_assets) <> 4000"_s)), 0);
        QVERIFY(must(sql::checkIntegrity(connection, sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound());
        QCOMPARE(rowCounts(path), counts);
    }
    qInfo("%d kills, %d of them before the end", kills, unfinished);
    QVERIFY(unfinished > 0);
}

void TestSchemas::anOlderProgramLeavesItAlone()
{
    const QString folder = m_dir.filePath(u"n"_s);
    const QString path = WorkspaceStore::databasePathIn(folder);
    rebuild(folder, dumps().filePath(dumps().entryList({u"*.sql"_s}, QDir::Files, QDir::Name).last()));
    {
        auto connection = must(sql::Connection::openSqlite({.path = path}));
        must(futureMigrator().migrate(connection));
    }
    const QByteArray bytes = must(readFile(path, 1 << 26));
    for (const bool inBackground : {false, true}) {
        const auto opened = WorkspaceStore::open({.folder = folder, .checkInBackground = inBackground});
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Unsupported);
        QCOMPARE(opened.error().reason, QByteArray("newer_file"));
        QVERIFY(!opened.error().detail.isEmpty());
        QCOMPARE(must(readFile(path, 1 << 26)), bytes);
    }
}

QTEST_GUILESS_MAIN(TestSchemas)
#include "tst_schemas.moc"
