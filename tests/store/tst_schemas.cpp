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
    void everySchemaHasItsDump();
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

/// What stands in the dumps beside what the first schema could hold, as this program reads it.
AssetId firstAsset()
{
    return AssetId(u"01a1fe01-d0a5-7002-99e2-b0e685394b2c"_s);
}

matching::Fingerprint storedFingerprint()
{
    matching::Fingerprint fingerprint;
    fingerprint.duration = Milliseconds(2000);
    const matching::PdqHash hash {.words = {1, 2, 3, 0x9e3779b97f4a7c15}};
    fingerprint.frames = {{.time = Milliseconds(40), .frame = 1, .hash = hash, .content = hash, .quality = 90}};
    return fingerprint;
}

StoredMatch storedMatch()
{
    return {.asset = firstAsset(),
        .kind = StoredMatch::Kind::Bank,
        .other = u"bank-1"_s,
        .label = u"größe"_s,
        .severity = matching::BankSeverity::Block,
        .distance = 7,
        .share = 0.25,
        .body = {{u"mirrored"_s, true}},
        .createdAt = Instant(Milliseconds(1'795'262'900'000))};
}

checks::Allowance storedAllowance()
{
    return {.id = checks::AllowanceId(u"allowance-1"_s),
        .sha256 = QByteArray(64, 'a'),
        .checkId = u"black"_s,
        .detail = {},
        .start = 1.5,
        .end = 3.25,
        .reason = u"The director's cut opens in the dark."_s,
        .author = u"ana"_s,
        .at = Instant(Milliseconds(1'795'262'900'000)),
        .expires = Instant(Milliseconds(1'895'262'900'000))};
}

Comment storedComment()
{
    return {.id = CommentId(u"comment-1"_s),
        .asset = firstAsset(),
        .sha256 = QByteArray(64, 'a'),
        .author = PersonId(u"ana"_s),
        .frame = 17,
        .text = u"The logo is cut off here — “mind the gap”."_s,
        .at = Instant(Milliseconds(1'795'262'900'000))};
}

ScrubResult storedScrub()
{
    return {.sha256 = "c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459",
        .at = Instant(Milliseconds(1'795'262'900'000)),
        .error = Error {ErrorCode::Corrupt, u"it is not what was ingested"_s, "original_damaged"}};
}

/// Compares what came with step 2 and the later ones.
void compareLaterRows(WorkspaceStore& store, int version)
{
    must(store.read([&](const UnitOfWork& unit) -> Result<void> {
        const auto fingerprint = must(unit.fingerprints.find(firstAsset()));
        [&] { QCOMPARE(fingerprint.has_value(), version >= 2); }();
        if (version < 2)
            return {};
        [&] { QVERIFY(fingerprint->fingerprint == storedFingerprint()); }();
        [&] { QCOMPARE(must(unit.banks.findByName(u"Known"_s))->hashes, 1); }();
        [&] { QCOMPARE(must(unit.matches.find(firstAsset())), std::vector {storedMatch()}); }();
        const auto allowance = must(unit.allowances.find(storedAllowance().id));
        [&] { QCOMPARE(allowance, version >= 4 ? std::optional(storedAllowance()) : std::nullopt); }();
        const auto comments = must(unit.comments.of(storedComment().sha256));
        [&] { QCOMPARE(comments, version >= 5 ? std::vector {storedComment()} : std::vector<Comment>()); }();
        const auto score = must(unit.assets.modelScore(firstAsset()));
        [&] { QCOMPARE(score, version >= 7 ? std::optional(0.75) : std::nullopt); }();
        const auto scrub = must(unit.scrubs.find(storedScrub().sha256));
        [&] { QCOMPARE(scrub.has_value(), version >= 8); }();
        if (scrub)
            [&] {
                QCOMPARE(scrub->at, storedScrub().at);
                QCOMPARE(scrub->error, storedScrub().error);
            }();
        return {};
    }));
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

void TestSchemas::everySchemaHasItsDump()
{
    QStringList expected;
    for (int version = 1; version <= must(WorkspaceStore::migrator()).newestVersion(); ++version)
        expected += u"%1.sql"_s.arg(version, 3, 10, QLatin1Char('0'));
    QCOMPARE(dumps().entryList({u"*.sql"_s}, QDir::Files, QDir::Name), expected);
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
    compareLaterRows(*store, QFileInfo(dump).fileName().first(3).toInt());
    if (QTest::currentTestFailed())
        return;
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
