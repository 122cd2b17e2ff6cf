#include "core/base/durable_file.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace vidimus;
using namespace Qt::StringLiterals;

class TestDurableFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void replacesWholeFileOrNothing();
    void leavesNoTemporaryWhenDropped();
    void anUnnamedFileHasNoNameUntilItIsWhole();
    void reportsMissingFolder();
    void reportsFullDisk();
    void removesOnlyStaleTemporaries();
    void readRefusesTooLarge();
    void readWaitsForNothingThatIsNoFile();
};

void TestDurableFile::replacesWholeFileOrNothing()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"a.txt"_s);
    QVERIFY(writeFileDurably(path, "one"));
    auto file = DurableFile::create(path);
    QVERIFY(file);
    QVERIFY(file->write(QByteArrayView("two")));
    QCOMPARE(*readFile(path, 100), QByteArray("one"));
    QVERIFY(file->commit());
    QCOMPARE(*readFile(path, 100), QByteArray("two"));
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden), QStringList {u"a.txt"_s});
}

void TestDurableFile::leavesNoTemporaryWhenDropped()
{
    const QTemporaryDir dir;
    {
        auto file = DurableFile::create(dir.filePath(u"a"_s));
        QVERIFY(file);
        QVERIFY(file->write(QByteArrayView("x")));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }
    QVERIFY(QDir(dir.path()).isEmpty(QDir::Files | QDir::Hidden));
}

void TestDurableFile::anUnnamedFileHasNoNameUntilItIsWhole()
{
    const QTemporaryDir dir;
    const auto names = [&] { return QDir(dir.path()).entryList(QDir::Files | QDir::Hidden); };
    {
        auto file = DurableFile::createUnnamed(dir.filePath(u"a"_s));
        QVERIFY(file);
        QVERIFY(file->write(QByteArrayView("x")));
    }
    QCOMPARE(names(), QStringList {});
    QVERIFY(writeFileDurably(dir.filePath(u"a"_s), "old"));
    auto file = DurableFile::createUnnamed(dir.filePath(u"a"_s));
    QVERIFY(file);
    QVERIFY(file->write(QByteArrayView("new")));
    QCOMPARE(*readFile(dir.filePath(u"a"_s), 100), QByteArray("old"));
    QVERIFY(file->commit());
    QCOMPARE(names(), QStringList {u"a"_s});
    QCOMPARE(*readFile(dir.filePath(u"a"_s), 100), QByteArray("new"));
    QVERIFY(!DurableFile::createUnnamed(dir.filePath(u"no/such/a"_s)));
}

void TestDurableFile::reportsMissingFolder()
{
    const QTemporaryDir dir;
    const auto result = writeFileDurably(dir.filePath(u"no/such/a"_s), "x");
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::NotFound);
    QVERIFY(makeFolderDurably(dir.filePath(u"no/such"_s)));
    QVERIFY(writeFileDurably(dir.filePath(u"no/such/a"_s), "x"));
}

void TestDurableFile::reportsFullDisk()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"a"_s);
    QVERIFY(writeFileDurably(path, "old"));
    rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto previous = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small {1000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const auto result = writeFileDurably(path, QByteArray(5000, 'x'));
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, previous);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::DiskFull);
    QCOMPARE(*readFile(path, 100), QByteArray("old"));
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestDurableFile::removesOnlyStaleTemporaries()
{
    const QTemporaryDir dir;
    QVERIFY(writeFileDurably(dir.filePath(u".tmp-dead"_s), "x"));
    QVERIFY(writeFileDurably(dir.filePath(u"keep"_s), "x"));
    removeStaleTemporaries(dir.path());
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden), QStringList {u"keep"_s});
}

void TestDurableFile::readRefusesTooLarge()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"a"_s);
    QVERIFY(writeFileDurably(path, QByteArray(1000, 'x')));
    QCOMPARE(readFile(path, 999).error().code, ErrorCode::LimitExceeded);
    QCOMPARE(readFile(path, 1000)->size(), 1000);
    QCOMPARE(readFile(dir.path(), 1000).error().reason, QByteArray("not_a_file"));
    QCOMPARE(readFile(dir.filePath(u"nosuch"_s), 1000).error().reason, QByteArray("no_file"));
}

void TestDurableFile::readWaitsForNothingThatIsNoFile()
{
    const QTemporaryDir dir;
    const QString fifo = dir.filePath(u"fifo"_s);
    QCOMPARE(mkfifo(qPrintable(fifo), 0600), 0);
    for (const QString& path : {fifo, u"/dev/zero"_s})
        QCOMPARE(readFile(path, 100).error().reason, QByteArray("not_a_file"));
}

QTEST_GUILESS_MAIN(TestDurableFile)
#include "tst_durable_file.moc"
