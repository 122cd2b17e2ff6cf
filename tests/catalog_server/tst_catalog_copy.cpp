#include "catalog_server/running_catalog.h"
#include "core/base/json.h"
#include "core/catalog_server/catalog_copy.h"
#include "core/sql/connection.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace vidimus;
using namespace vidimus::catalog_server;
using namespace Qt::StringLiterals;

namespace {

const Instant kNow {Milliseconds {1'790'000'000'000}};

/// A catalog with one title, stopped.
void makeCatalog(const QString& folder, const QString& title)
{
    const SystemClock clock;
    auto backend = Backend::open(folder, clock);
    if (!backend)
        qFatal("no catalog: %s", qPrintable(backend.error().detail));
    auto added = (*backend)->connection.execute(
        u"INSERT INTO titles (id, version, name, rights, updated_at) VALUES (?, 1, 'Film', '{}', 0)"_s, title);
    if (!added)
        qFatal("no title: %s", qPrintable(added.error().detail));
}

struct Seen {
    QStringList titles;
    QString epoch;
};

Seen look(const QString& folder)
{
    const SystemClock clock;
    auto backend = Backend::open(folder, clock);
    if (!backend)
        qFatal("no catalog: %s", qPrintable(backend.error().detail));
    const auto titles = (*backend)->connection.all(
        u"SELECT id FROM titles ORDER BY id"_s, [](const sql::Statement& row) { return row.text(0); });
    return {QStringList(titles->begin(), titles->end()), *(*backend)->setting(u"epoch"_s)};
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Copies of a catalog's database: they come back whole, under a new epoch, or not at all.
class TestCatalogCopy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void restoredCatalogHasANewEpochAndKeepsTheOldAside();
    void damagedCopiesChangeNothing();
    void aCatalogInUseIsNotTouched();
    void missingObjectsAreCounted();
    void theProgramDoesIt();
};

void TestCatalogCopy::restoredCatalogHasANewEpochAndKeepsTheOldAside()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"d"_s);
    const QString copy = dir.filePath(u"copy.db"_s);
    makeCatalog(folder, u"first"_s);
    const Seen before = look(folder);
    const auto made = backupCatalog(folder, copy);
    QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
    QCOMPARE(made->titles, 1);
    QCOMPARE(backupCatalog(folder, copy).error().reason, QByteArray("exists"));
    makeCatalog(folder, u"second"_s);
    const auto restored = restoreCatalog(folder, copy, kNow);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().detail));
    const Seen after = look(folder);
    QCOMPARE(after.titles, QStringList {u"first"_s});
    QCOMPARE(after.epoch, restored->epoch);
    QVERIFY(after.epoch != before.epoch);
    auto old
        = sql::Connection::openSqlite({.path = restored->aside + u"/catalog.db"_s, .access = sql::Access::ReadOnly});
    QVERIFY(old);
    QCOMPARE(*old->integer(u"SELECT count(*) FROM titles"_s), 2);
    QCOMPARE(QDir(folder).entryList({u".tmp-*"_s}, QDir::Files | QDir::Hidden), QStringList());
}

void TestCatalogCopy::damagedCopiesChangeNothing()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"d"_s);
    const QString copy = dir.filePath(u"copy.db"_s);
    makeCatalog(folder, u"first"_s);
    QVERIFY(backupCatalog(folder, copy));
    const QByteArray sound = bytesOf(copy);
    const QByteArray standing = bytesOf(folder + u"/catalog.db"_s);
    const auto refused = [&](const QByteArray& bytes) {
        QFile file(copy);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
            qFatal("cannot write the copy");
        file.close();
        const auto restored = restoreCatalog(folder, copy, kNow);
        return !restored && restored.error().code == ErrorCode::Corrupt
            && bytesOf(folder + u"/catalog.db"_s) == standing;
    };
    QVERIFY(refused(sound.left(sound.size() / 2)));
    QVERIFY(refused(QByteArray(sound).replace(4096, 4096, QByteArray(4096, 'x'))));
    QVERIFY(refused("no database at all"));
    QVERIFY(refused({}));
    QCOMPARE(restoreCatalog(folder, dir.filePath(u"none"_s), kNow).error().code, ErrorCode::NotFound);
    QCOMPARE(look(folder).titles, QStringList {u"first"_s});
}

void TestCatalogCopy::aCatalogInUseIsNotTouched()
{
    test::RunningCatalog running;
    const QTemporaryDir dir;
    QCOMPARE(backupCatalog(running.folder(), dir.filePath(u"c.db"_s)).error().reason, QByteArray("locked"));
    makeCatalog(dir.filePath(u"d"_s), u"first"_s);
    QVERIFY(backupCatalog(dir.filePath(u"d"_s), dir.filePath(u"c.db"_s)));
    QCOMPARE(restoreCatalog(running.folder(), dir.filePath(u"c.db"_s), kNow).error().reason, QByteArray("locked"));
    QCOMPARE(running.ask("GET", "/v1/titles/first").status, 404);
}

void TestCatalogCopy::missingObjectsAreCounted()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"d"_s);
    makeCatalog(folder, u"first"_s);
    {
        auto connection = sql::Connection::openSqlite({.path = folder + u"/catalog.db"_s});
        QVERIFY(connection->execute(
            u"INSERT INTO objects (sha256, bytes, created_at) VALUES (?, 3, 0)"_s, QString(64, u'a')));
    }
    QCOMPARE(backupCatalog(folder, dir.filePath(u"c.db"_s))->missingObjects, 1);
}

void TestCatalogCopy::theProgramDoesIt()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"d"_s);
    makeCatalog(folder, u"first"_s);
    const auto run = [&](const QStringList& words) {
        QProcess program;
        program.start(QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-catalogd"), words);
        if (!program.waitForFinished())
            return std::pair {-1, QJsonObject()};
        const auto json = parseJsonObject(program.readAllStandardOutput().trimmed());
        return std::pair {program.exitCode(), json ? *json : QJsonObject()};
    };
    const QString copy = dir.filePath(u"c.db"_s);
    const auto [made, told] = run({u"backup"_s, copy, u"--data"_s, folder});
    QCOMPARE(made, 0);
    QCOMPARE(told[u"titles"_s].toInt(), 1);
    const auto [restored, answer] = run({u"restore"_s, copy, u"--data"_s, folder});
    QCOMPARE(restored, 0);
    QCOMPARE(answer[u"epoch"_s].toString(), look(folder).epoch);
    QCOMPARE(run({u"backup"_s, copy, u"--data"_s, folder}).first, 4); // it is there already
    QCOMPARE(run({u"restore"_s, dir.filePath(u"none"_s), u"--data"_s, folder}).first, 6);
}

QTEST_GUILESS_MAIN(TestCatalogCopy)
#include "tst_catalog_copy.moc"
