#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/base/random.h"
#include "core/base/result.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <cerrno>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace vidimus;
using namespace Qt::StringLiterals;

class TestFoldersAndResults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readOnlyFolderIsDenied();
    void symlinkIsReplacedNotFollowed();
    void fileIsForItsOwnerAlone();
    void nameWithAnythingInIt_data();
    void nameWithAnythingInIt();
    void makesFoldersAndStopsAtFiles();
    void renamesOverFoldersAndReportsWhatIsMissing();
    void movedFileIsKeptByTheNewOwner();
    void failedCommitLeavesTheOldFile();
    void staleTemporariesGoButNotTheirLinks();
    void mapsSystemErrors_data();
    void mapsSystemErrors();
    void resultsHoldWhatOnlyMoves();
    void tokensAreLongAndDifferent();
};

namespace {

QStringList filesIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

} // namespace

void TestFoldersAndResults::readOnlyFolderIsDenied()
{
    if (geteuid() == 0)
        QSKIP("the administrator may write everywhere");
    const QTemporaryDir dir;
    QVERIFY(writeFileDurably(dir.filePath(u"a"_s), "old"));
    QCOMPARE(chmod(QFile::encodeName(dir.path()).constData(), 0500), 0);
    const auto written = writeFileDurably(dir.filePath(u"a"_s), "new");
    const auto folder = makeFolderDurably(dir.filePath(u"b/c"_s));
    chmod(QFile::encodeName(dir.path()).constData(), 0700);
    QVERIFY(!written && !folder);
    QCOMPARE(written.error().code, ErrorCode::Denied);
    QCOMPARE(folder.error().code, ErrorCode::Denied);
    QCOMPARE(*readFile(dir.filePath(u"a"_s), 10), QByteArray("old"));
}

/// A link planted in a folder must not make us write somewhere else.
void TestFoldersAndResults::symlinkIsReplacedNotFollowed()
{
    const QTemporaryDir dir;
    const QString target = dir.filePath(u"precious"_s);
    const QString link = dir.filePath(u"link"_s);
    QVERIFY(writeFileDurably(target, "precious"));
    QVERIFY(QFile::link(target, link));
    QVERIFY(writeFileDurably(link, "new"));
    QCOMPARE(*readFile(target, 100), QByteArray("precious"));
    QCOMPARE(*readFile(link, 100), QByteArray("new"));
    QVERIFY(!QFileInfo(link).isSymLink());
    QVERIFY(QFile::link(dir.filePath(u"nowhere"_s), dir.filePath(u"dangling"_s)));
    QVERIFY(writeFileDurably(dir.filePath(u"dangling"_s), "x"));
    QVERIFY(!QFile::exists(dir.filePath(u"nowhere"_s)));
}

void TestFoldersAndResults::fileIsForItsOwnerAlone()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"secret"_s);
    QVERIFY(writeFileDurably(path, "x"));
    QVERIFY(makeFolderDurably(dir.filePath(u"own"_s)));
    struct stat status {};
    QCOMPARE(stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0077, 0U);
    QCOMPARE(stat(QFile::encodeName(dir.filePath(u"own"_s)).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0077, 0U);
}

void TestFoldersAndResults::nameWithAnythingInIt_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("blank") << u"a b"_s;
    QTest::newRow("line end") << u"a\nb"_s;
    QTest::newRow("quote") << u"a'b\"c"_s;
    QTest::newRow("dash") << u"-rf"_s;
    QTest::newRow("other scripts") << u"天空の城 é \U0001F600"_s;
    QTest::newRow("percent") << u"%1%s"_s;
    QTest::newRow("longest") << QString(255, u'x');
}

void TestFoldersAndResults::nameWithAnythingInIt()
{
    QFETCH(QString, name);
    const QTemporaryDir dir;
    const QString path = dir.filePath(name);
    QVERIFY(writeFileDurably(path, "content"));
    QCOMPARE(*readFile(path, 100), QByteArray("content"));
    QCOMPARE(filesIn(dir.path()), QStringList {name});
}

void TestFoldersAndResults::makesFoldersAndStopsAtFiles()
{
    const QTemporaryDir dir;
    const QString deep = dir.filePath(u"a/b/../c/d"_s);
    QVERIFY(makeFolderDurably(deep));
    QVERIFY(QFileInfo(dir.filePath(u"a/c/d"_s)).isDir());
    QVERIFY(makeFolderDurably(deep)); // again is no error
    QVERIFY(writeFileDurably(dir.filePath(u"file"_s), "x"));
    QVERIFY(!makeFolderDurably(dir.filePath(u"file/below"_s)));
    QVERIFY(!makeFolderDurably(dir.filePath(u"file"_s)));
}

void TestFoldersAndResults::renamesOverFoldersAndReportsWhatIsMissing()
{
    const QTemporaryDir dir;
    QVERIFY(makeFolderDurably(dir.filePath(u"to"_s)));
    QVERIFY(writeFileDurably(dir.filePath(u"a"_s), "a"));
    QVERIFY(writeFileDurably(dir.filePath(u"to/a"_s), "old"));
    QVERIFY(renameDurably(dir.filePath(u"a"_s), dir.filePath(u"to/a"_s)));
    QCOMPARE(*readFile(dir.filePath(u"to/a"_s), 10), QByteArray("a"));
    const auto missing = renameDurably(dir.filePath(u"a"_s), dir.filePath(u"b"_s));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::NotFound);
    QCOMPARE(syncFolder(dir.filePath(u"none"_s)).error().code, ErrorCode::NotFound);
    QVERIFY(!syncFolder(dir.filePath(u"to/a"_s))); // a file is no folder
}

void TestFoldersAndResults::movedFileIsKeptByTheNewOwner()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"a"_s);
    {
        auto first = DurableFile::create(path);
        QVERIFY(first && first->write(QByteArrayView("one ")));
        DurableFile second = std::move(*first);
        QVERIFY(second.write(QByteArrayView("two")));
        QVERIFY(second.commit());
        QVERIFY(!second.commit()); // it is over; an error, not a second file
    }
    QCOMPARE(*readFile(path, 100), QByteArray("one two"));
    QCOMPARE(filesIn(dir.path()), QStringList {u"a"_s});
}

void TestFoldersAndResults::failedCommitLeavesTheOldFile()
{
    const QTemporaryDir dir;
    QVERIFY(makeFolderDurably(dir.filePath(u"taken/inside"_s)));
    const auto written = writeFileDurably(dir.filePath(u"taken"_s), "x"); // a folder with something in it
    QVERIFY(!written);
    QVERIFY(QFileInfo(dir.filePath(u"taken/inside"_s)).isDir());
    QVERIFY(filesIn(dir.path()).isEmpty());
}

void TestFoldersAndResults::staleTemporariesGoButNotTheirLinks()
{
    const QTemporaryDir dir;
    QVERIFY(makeFolderDurably(dir.filePath(u".tmp-folder"_s)));
    for (const QString& name : {u".tmp-a"_s, u".tmpx"_s, u"x.tmp-"_s})
        QVERIFY(writeFileDurably(dir.filePath(name), "x"));
    QVERIFY(QFile::link(dir.filePath(u".tmpx"_s), dir.filePath(u".tmp-link"_s)));
    removeStaleTemporaries(dir.path());
    removeStaleTemporaries(dir.filePath(u"none"_s));
    QCOMPARE(filesIn(dir.path()), (QStringList {u".tmp-link"_s, u".tmpx"_s, u"x.tmp-"_s}));
    QVERIFY(QFileInfo(dir.filePath(u".tmp-folder"_s)).isDir());
}

void TestFoldersAndResults::mapsSystemErrors_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("ENOSPC") << ENOSPC << QByteArray("disk_full");
    QTest::newRow("EDQUOT") << EDQUOT << QByteArray("disk_full");
    QTest::newRow("EFBIG") << EFBIG << QByteArray("disk_full");
    QTest::newRow("ENOENT") << ENOENT << QByteArray("not_found");
    QTest::newRow("EACCES") << EACCES << QByteArray("denied");
    QTest::newRow("EPERM") << EPERM << QByteArray("denied");
    QTest::newRow("EROFS") << EROFS << QByteArray("denied");
    QTest::newRow("EIO") << EIO << QByteArray("io");
    QTest::newRow("anything else") << EBADF << QByteArray("io");
}

void TestFoldersAndResults::mapsSystemErrors()
{
    QFETCH(int, number);
    const Error error = posixError("write", number, u"film.mp4"_s);
    QTEST(QByteArray(errorCodeName(error.code)), "code");
    // Not to be taken for a refusal by role.
    QCOMPARE(error.reason == "no_permission", error.code == ErrorCode::Denied);
    QVERIFY(error.detail.contains(u"write"_s) && error.detail.contains(u"film.mp4"_s));
}

void TestFoldersAndResults::resultsHoldWhatOnlyMoves()
{
    using Owned = std::unique_ptr<int>;
    const auto make = [](bool good) -> Result<Owned> {
        if (!good)
            return Error {ErrorCode::NotFound, u"no"_s, "no"};
        return std::make_unique<int>(7);
    };
    Result<Owned> held = make(true);
    QVERIFY(held);
    const Owned taken = std::move(*held);
    QCOMPARE(*taken, 7);
    const Result<Owned> failed = make(false);
    QVERIFY(!failed);
    QCOMPARE(failed.error(), (Error {ErrorCode::NotFound, u"no"_s, "no"}));
    QCOMPARE(Result<int>(Error {}).value_or(3), 3);
    QCOMPARE(Result<int>(5).value_or(3), 5);
    Result<void> nothing;
    QVERIFY(nothing.has_value());
    nothing = Error {ErrorCode::Io, {}, "io"};
    QCOMPARE(nothing.error().reason, QByteArray("io"));
}

void TestFoldersAndResults::tokensAreLongAndDifferent()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray token = randomToken();
        QCOMPARE(token.size(), 43); // 32 bytes in base64url without padding
        QCOMPARE(QByteArray::fromBase64(token, QByteArray::Base64UrlEncoding).size(), 32);
        QVERIFY(!token.contains('+') && !token.contains('/') && !token.contains('='));
        seen.insert(token);
    }
    QCOMPARE(seen.size(), 1000);
}

QTEST_GUILESS_MAIN(TestFoldersAndResults)
#include "tst_folders_and_results.moc"
