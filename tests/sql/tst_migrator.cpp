#include "core/sql/migrator.h"
#include "core/sql/script.h"
#include "core/sql/sqlite_facts.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::sql;
using namespace Qt::StringLiterals;

class TestMigrator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void splitsScripts_data();
    void splitsScripts();
    void loadsStepsStrictly_data();
    void loadsStepsStrictly();
    void migratesAndKeepsACopy();
    void failedStepLeavesTheOldSchema();
    void olderProgramOpensCompatibleAndRefusesNewerFile();
    void refusesForeignAndChangedSchemas();
    void killedAnywhereLeavesOldOrNew();
    void knowsWhichVersionsHaveTheWalFix();
    void knowsNetworkFileSystems();
};

namespace {

void writeStep(const QString& folder, const QString& name, const QByteArray& text)
{
    QFile file(folder + u'/' + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(name));
}

Migrator migratorIn(const QString& folder)
{
    auto steps = loadMigrationSteps(folder);
    if (!steps)
        qFatal("%s", qPrintable(steps.error().detail));
    return Migrator(std::move(*steps));
}

} // namespace

void TestMigrator::splitsScripts_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("statements");
    QTest::newRow("empty") << u" \n-- only a remark\n/* and ; another */ "_s << QStringList();
    QTest::newRow("two") << u"A; B"_s << QStringList {u"A"_s, u"B"_s};
    QTest::newRow("quotes") << u"A ';' \";\" `;`; B"_s << QStringList {u"A ';' \";\" `;`"_s, u"B"_s};
    QTest::newRow("doubled quote") << u"A 'it''s;'; B"_s << QStringList {u"A 'it''s;'"_s, u"B"_s};
    QTest::newRow("remark") << u"A -- ;\n; B /* ; */;"_s << QStringList {u"A -- ;"_s, u"B /* ; */"_s};
    QTest::newRow("open quote") << u"A 'no end; B"_s << QStringList {u"A 'no end; B"_s};
    QTest::newRow("trigger") << u"create trigger t after insert on a begin select 1; select 2; end; B"_s
                             << QStringList {
                                    u"create trigger t after insert on a begin select 1; select 2; end"_s, u"B"_s};
}

void TestMigrator::splitsScripts()
{
    QFETCH(QString, script);
    QFETCH(QStringList, statements);
    QCOMPARE(splitStatements(script), statements);
}

void TestMigrator::loadsStepsStrictly_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("gap") << u"003_c.sql"_s << QByteArray("-- compatible-from: 1\n");
    QTest::newRow("no header") << u"002_b.sql"_s << QByteArray("SELECT 1;");
    QTest::newRow("name") << u"2_b.sql"_s << QByteArray("-- compatible-from: 1\n");
    QTest::newRow("floor above the step") << u"002_b.sql"_s << QByteArray("-- compatible-from: 3\n");
    QTest::newRow("floor zero") << u"002_b.sql"_s << QByteArray("-- compatible-from: 0\n");
}

void TestMigrator::loadsStepsStrictly()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    const QTemporaryDir dir;
    QVERIFY(!loadMigrationSteps(dir.path()));
    writeStep(dir.path(), u"001_a.sql"_s, "-- compatible-from: 1\nCREATE TABLE a (x);");
    QCOMPARE(loadMigrationSteps(dir.path())->size(), 1U);
    writeStep(dir.path(), name, text);
    QCOMPARE(loadMigrationSteps(dir.path()).error().code, ErrorCode::Invalid);
}

void TestMigrator::migratesAndKeepsACopy()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"a.db"_s);
    writeStep(dir.path(), u"001_a.sql"_s, "-- compatible-from: 1\nCREATE TABLE a (x);");
    auto connection = Connection::openSqlite({.path = path});
    QCOMPARE(migratorIn(dir.path()).migrate(*connection)->version, 1);
    QVERIFY(!QFile::exists(Migrator::copyPath(path, 1)));
    QVERIFY(connection->execute(u"INSERT INTO a VALUES (7)"_s));
    writeStep(dir.path(), u"002_b.sql"_s, "-- compatible-from: 2\nALTER TABLE a ADD COLUMN y DEFAULT 3;");
    writeStep(dir.path(), u"003_c.sql"_s, "-- compatible-from: 2\nCREATE TABLE c (z);");
    const auto state = migratorIn(dir.path()).migrate(*connection);
    QCOMPARE(state->version, 3);
    QCOMPARE(state->compatibleFrom, 2);
    QCOMPARE(*connection->integer(u"SELECT y FROM a WHERE x = 7"_s), 3);
    QCOMPARE(migratorIn(dir.path()).migrate(*connection)->version, 3);
    auto copy = Connection::openSqlite({.path = Migrator::copyPath(path, 2), .access = Access::ReadOnly});
    QVERIFY(copy);
    QCOMPARE(Migrator::read(*copy)->version, 1);
    QCOMPARE(*copy->integer(u"SELECT x FROM a"_s), 7);
}

void TestMigrator::failedStepLeavesTheOldSchema()
{
    const QTemporaryDir dir;
    writeStep(dir.path(), u"001_a.sql"_s, "-- compatible-from: 1\nCREATE TABLE a (x);");
    writeStep(dir.path(), u"002_b.sql"_s, "-- compatible-from: 1\nCREATE TABLE b (x); INSERT INTO nowhere VALUES (1);");
    auto connection = Connection::openSqlite({.path = dir.filePath(u"a.db"_s)});
    const auto failed = migratorIn(dir.path()).migrate(*connection);
    QVERIFY(!failed);
    QVERIFY(failed.error().detail.contains(u"002_b"_s));
    QCOMPARE(Migrator::read(*connection)->version, 1);
    QCOMPARE(*connection->integer(u"SELECT count(*) FROM sqlite_master WHERE name = 'b'"_s), 0);
}

void TestMigrator::olderProgramOpensCompatibleAndRefusesNewerFile()
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(u"old"_s));
    for (const QString& folder : {dir.path(), dir.filePath(u"old"_s)})
        writeStep(folder, u"001_a.sql"_s, "-- compatible-from: 1\nCREATE TABLE a (x);");
    writeStep(dir.path(), u"002_b.sql"_s, "-- compatible-from: 1\nCREATE TABLE b (x);");
    auto connection = Connection::openSqlite({.path = dir.filePath(u"a.db"_s)});
    QVERIFY(migratorIn(dir.path()).migrate(*connection));
    const Migrator older = migratorIn(dir.filePath(u"old"_s));
    QCOMPARE(older.migrate(*connection)->version, 2);
    writeStep(dir.path(), u"003_c.sql"_s, "-- compatible-from: 3\nCREATE TABLE c (x);");
    QVERIFY(migratorIn(dir.path()).migrate(*connection));
    const auto refused = older.migrate(*connection);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QCOMPARE(refused.error().reason, QByteArray("newer_file"));
}

void TestMigrator::refusesForeignAndChangedSchemas()
{
    const QTemporaryDir dir;
    writeStep(dir.path(), u"001_a.sql"_s, "-- compatible-from: 1\nCREATE TABLE a (x);");
    auto foreign = Connection::openSqlite({.path = dir.filePath(u"foreign.db"_s)});
    QVERIFY(foreign->execute(u"CREATE TABLE somebody (x)"_s));
    QCOMPARE(migratorIn(dir.path()).migrate(*foreign).error().reason, QByteArray("schema_mismatch"));
    auto connection = Connection::openSqlite({.path = dir.filePath(u"a.db"_s)});
    QVERIFY(migratorIn(dir.path()).migrate(*connection));
    writeStep(dir.path(), u"001_a.sql"_s, "-- compatible-from: 1\nCREATE TABLE a (x, y);");
    QCOMPARE(migratorIn(dir.path()).migrate(*connection).error().reason, QByteArray("schema_mismatch"));
}

/// Promise R27: killed at any moment, the file has the schema of one step or the next, and works.
void TestMigrator::killedAnywhereLeavesOldOrNew()
{
    const int kills = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 100 : 12;
    const QTemporaryDir dir;
    constexpr int kSteps = 8;
    for (int i = 1; i <= kSteps; ++i) {
        const QByteArray number = QByteArray::number(i);
        writeStep(dir.path(), u"00%1_step.sql"_s.arg(i),
            "-- compatible-from: 1\nCREATE TABLE t" + number + " (x);\nINSERT INTO t" + number
                + " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i FROM n;\n"
                  "CREATE INDEX i"
                + number + " ON t" + number + " (x);");
    }
    const Migrator migrator = migratorIn(dir.path());
    for (int kill = 0; kill < kills; ++kill) {
        const QString path = dir.filePath(u"k%1.db"_s.arg(kill));
        const pid_t child = fork();
        if (child == 0) {
            auto connection = Connection::openSqlite({.path = path});
            _exit(connection && migrator.migrate(*connection) ? 0 : 1);
        }
        usleep(static_cast<useconds_t>(kill * 60'000 / kills));
        QCOMPARE(::kill(child, SIGKILL), 0);
        QCOMPARE(waitpid(child, nullptr, 0), child);
        auto connection = Connection::openSqlite({.path = path});
        QVERIFY(connection);
        const int version = Migrator::read(*connection)->version;
        QCOMPARE(*connection->integer(u"SELECT count(*) FROM sqlite_master WHERE name LIKE 't_'"_s), version);
        QCOMPARE(*connection->integer(u"SELECT count(*) FROM sqlite_master WHERE name LIKE 'i_'"_s), version);
        QCOMPARE(migrator.migrate(*connection)->version, kSteps);
        QCOMPARE(*connection->integer(u"SELECT count(*) FROM t%1"_s.arg(kSteps)), 3000);
    }
}

void TestMigrator::knowsWhichVersionsHaveTheWalFix()
{
    for (const int version : {3007000, 3040001, 3044005, 3045000, 3050006, 3051000, 3051002})
        QVERIFY2(!walResetFixIn(version), qPrintable(QString::number(version)));
    for (const int version : {3044006, 3044009, 3050007, 3051003, 3052000, 4000000})
        QVERIFY2(walResetFixIn(version), qPrintable(QString::number(version)));
}

void TestMigrator::knowsNetworkFileSystems()
{
    QCOMPARE(networkFileSystemName(0x6969), u"NFS"_s);
    QCOMPARE(networkFileSystemName(static_cast<int>(0xFF534D42)), u"CIFS"_s);
    QVERIFY(networkFileSystemName(0xEF53).isEmpty());
    const QTemporaryDir dir;
    QVERIFY(refuseNetworkFileSystem(dir.path()));
    QCOMPARE(refuseNetworkFileSystem(dir.filePath(u"none"_s)).error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestMigrator)
#include "tst_migrator.moc"
