#include "catalog_server/raw_connection.h"
#include "catalog_server/running_catalog.h"
#include "core/base/sha256.h"
#include "tests/support/patience.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <thread>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

namespace {

QByteArray metadataFor(const QByteArray& bytes)
{
    return "sha256 " + sha256(bytes).toBase64();
}

HttpHeaders creationOf(const QByteArray& bytes)
{
    return {{"Upload-Length", QByteArray::number(bytes.size())}, {"Upload-Metadata", metadataFor(bytes)},
        {"Tus-Resumable", "1.0.0"}};
}

HttpHeaders pieceAt(const QByteArray& offset)
{
    return {{"Upload-Offset", offset}, {"Content-Type", "application/offset+octet-stream"}, {"Tus-Resumable", "1.0.0"}};
}

QByteArray offsetOf(RunningCatalog& catalog, const QByteArray& location)
{
    return catalog.ask("HEAD", location).header("Upload-Offset");
}

} // namespace

/// The tus 1.0 endpoint against its specification, and the client against what a stopped server leaves.
class TestUploads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatItCan();
    void refusesCreationsThatMakeNoSense_data();
    void refusesCreationsThatMakeNoSense();
    void refusesPiecesThatDoNotFit_data();
    void refusesPiecesThatDoNotFit();
    void piecesMakeTheWhole();
    void moreThanWasAnnouncedIsRefused();
    void wrongWholeIsThrownAway();
    void terminationForgetsEverything();
    void uploadsOfOthersAreNotShown();
    void onlyOneWritesAtATime();
    void anEmptyFileCanBeSent();
    void aServerThatStoppedBeforeTheEndIsAsked();
    void anObjectIsTakenOnceHoweverManySendIt();
    void abandonedUploadsAreSwept();
};

void TestUploads::saysWhatItCan()
{
    RunningCatalog catalog;
    const auto options = catalog.ask("OPTIONS", "/v1/uploads", {}, {}, {});
    QCOMPARE(options.status, 204);
    QCOMPARE(options.header("Tus-Version"), "1.0.0");
    for (const char* extension : {"creation", "checksum", "termination"})
        QVERIFY(options.header("Tus-Extension").contains(extension));
    QCOMPARE(options.header("Tus-Checksum-Algorithm"), "sha256");
    QVERIFY(options.header("Tus-Max-Size").toLongLong() > 0);
}

void TestUploads::refusesCreationsThatMakeNoSense_data()
{
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<int>("status");
    const QByteArray good = metadataFor("x");
    QTest::newRow("no length") << QByteArray() << good << 400;
    QTest::newRow("negative") << QByteArray("-1") << good << 400;
    QTest::newRow("words") << QByteArray("many") << good << 400;
    QTest::newRow("beyond the largest") << QByteArray("9999999999999") << good << 413;
    QTest::newRow("beyond 64 bits") << QByteArray("99999999999999999999999") << good << 400;
    QTest::newRow("no metadata") << QByteArray("1") << QByteArray() << 400;
    QTest::newRow("short digest") << QByteArray("1") << QByteArray("sha256 YWJj") << 400;
    QTest::newRow("another digest") << QByteArray("1") << good.mid(0).replace("sha256", "md5") << 400;
    QTest::newRow("not base64") << QByteArray("1") << QByteArray("sha256 %%%%") << 400;
    QTest::newRow("among others") << QByteArray("1") << "filename Zm9v," + good << 201;
}

void TestUploads::refusesCreationsThatMakeNoSense()
{
    QFETCH(QByteArray, length);
    QFETCH(QByteArray, metadata);
    QFETCH(int, status);
    static RunningCatalog catalog;
    HttpHeaders headers;
    if (!length.isEmpty())
        headers.emplace_back("Upload-Length", length);
    if (!metadata.isEmpty())
        headers.emplace_back("Upload-Metadata", metadata);
    QCOMPARE(catalog.ask("POST", "/v1/uploads", {}, headers).status, status);
}

void TestUploads::refusesPiecesThatDoNotFit_data()
{
    QTest::addColumn<QByteArray>("offset");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("checksum");
    QTest::addColumn<int>("status");
    const QByteArray type = "application/offset+octet-stream";
    QTest::newRow("ahead") << QByteArray("3") << type << QByteArray() << 409;
    QTest::newRow("negative") << QByteArray("-1") << type << QByteArray() << 409;
    QTest::newRow("no offset") << QByteArray() << type << QByteArray() << 409;
    QTest::newRow("another type") << QByteArray("0") << QByteArray("video/mp4") << QByteArray() << 415;
    QTest::newRow("unknown checksum") << QByteArray("0") << type << QByteArray("crc32 AAAA") << 400;
    QTest::newRow("half a checksum") << QByteArray("0") << type << QByteArray("sha256 YWJj") << 400;
    QTest::newRow("wrong checksum") << QByteArray("0") << type << "sha256 " + sha256("other").toBase64() << 460;
}

void TestUploads::refusesPiecesThatDoNotFit()
{
    QFETCH(QByteArray, offset);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, checksum);
    QFETCH(int, status);
    static RunningCatalog catalog;
    const QByteArray whole = QTest::currentDataTag();
    const QByteArray location = catalog.ask("POST", "/v1/uploads", {}, creationOf(whole)).header("Location");
    HttpHeaders headers {{"Content-Type", type}};
    if (!offset.isEmpty())
        headers.emplace_back("Upload-Offset", offset);
    if (!checksum.isEmpty())
        headers.emplace_back("Upload-Checksum", checksum);
    QCOMPARE(catalog.ask("PATCH", location, whole.first(3), headers).status, status);
    QCOMPARE(offsetOf(catalog, location), "0");
    QCOMPARE(catalog.ask("PATCH", location, whole, pieceAt("0")).status, 204); // nothing was spoiled
    QVERIFY(*catalog.client().hasObject(sha256Hex(whole)));
}

void TestUploads::piecesMakeTheWhole()
{
    RunningCatalog catalog;
    const QByteArray whole = "a piece after a piece";
    const QByteArray location = catalog.ask("POST", "/v1/uploads", {}, creationOf(whole)).header("Location");
    for (qsizetype at = 0; at < whole.size(); at += 4) {
        HttpHeaders headers = pieceAt(QByteArray::number(at));
        headers.emplace_back("Upload-Checksum", metadataFor(whole.mid(at, 4)));
        const auto sent = catalog.ask("PATCH", location, whole.mid(at, 4), headers);
        QCOMPARE(sent.status, 204);
        QCOMPARE(sent.header("Upload-Offset").toLongLong(), std::min(at + 4, whole.size()));
    }
    QVERIFY(*catalog.client().hasObject(sha256Hex(whole)));
    QCOMPARE(catalog.ask("HEAD", "/v1/objects/" + sha256Hex(whole)).header("Content-Length"),
        QByteArray::number(whole.size()));
}

void TestUploads::moreThanWasAnnouncedIsRefused()
{
    RunningCatalog catalog;
    const QByteArray location = catalog.ask("POST", "/v1/uploads", {}, creationOf("hello")).header("Location");
    QCOMPARE(catalog.ask("PATCH", location, "hello and more", pieceAt("0")).status, 413);
    QVERIFY(!*catalog.client().hasObject(sha256Hex("hello")));
    const QByteArray offset = offsetOf(catalog, location);
    QVERIFY(offset.toLongLong() <= 5);
    QCOMPARE(catalog.ask("PATCH", location, QByteArray("hello").mid(offset.toLongLong()), pieceAt(offset)).status, 204);
    QVERIFY(*catalog.client().hasObject(sha256Hex("hello")));
}

void TestUploads::wrongWholeIsThrownAway()
{
    RunningCatalog catalog;
    const QByteArray location = catalog.ask("POST", "/v1/uploads", {}, creationOf("hello")).header("Location");
    QCOMPARE(catalog.ask("PATCH", location, "hellX", pieceAt("0")).status, 422);
    QCOMPARE(catalog.ask("HEAD", location).status, 404);
    QVERIFY(!*catalog.client().hasObject(sha256Hex("hello")));
    QVERIFY(!*catalog.client().hasObject(sha256Hex("hellX")));
    const auto again = catalog.ask("POST", "/v1/uploads", {}, creationOf("hello"));
    QCOMPARE(again.status, 201);
    QVERIFY(again.header("Location") != location);
}

void TestUploads::terminationForgetsEverything()
{
    RunningCatalog catalog;
    const QByteArray location = catalog.ask("POST", "/v1/uploads", {}, creationOf("hello")).header("Location");
    QCOMPARE(catalog.ask("PATCH", location, "hel", pieceAt("0")).status, 204);
    QCOMPARE(catalog.ask("DELETE", location).status, 204);
    QCOMPARE(catalog.ask("HEAD", location).status, 404);
    QCOMPARE(catalog.ask("PATCH", location, "lo", pieceAt("3")).status, 404);
    QCOMPARE(catalog.ask("DELETE", location).status, 404);
    QCOMPARE(catalog.ask("POST", "/v1/uploads", {}, creationOf("hello")).header("Upload-Offset"), "0");
}

void TestUploads::uploadsOfOthersAreNotShown()
{
    RunningCatalog catalog;
    const auto token = catalog.change(
        "POST", "/v1/tokens", {{u"name"_s, u"other"_s}, {u"scopes"_s, QJsonArray {u"uploads:write"_s}}});
    const QByteArray other = test::jsonOf(token.body).value("token"_L1).toString().toLatin1();
    const auto mine = catalog.ask("POST", "/v1/uploads", {}, creationOf("hello"));
    const auto theirs = catalog.ask("POST", "/v1/uploads", {}, creationOf("hello"), other);
    QCOMPARE(theirs.status, 201);
    QVERIFY(mine.header("Location") != theirs.header("Location"));
    QCOMPARE(catalog.ask("PATCH", theirs.header("Location"), "hello", pieceAt("0"), other).status, 204);
    // Mine ends well although the object has come to be.
    QCOMPARE(catalog.ask("PATCH", mine.header("Location"), "hello", pieceAt("0")).status, 204);
}

void TestUploads::onlyOneWritesAtATime()
{
    RunningCatalog catalog;
    const QByteArray location = catalog.ask("POST", "/v1/uploads", {}, creationOf("hello")).header("Location");
    test::RawConnection slow(catalog.url());
    slow.send("PATCH " + location
        + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer test-token\r\nUpload-Offset: 0\r\n"
          "Content-Type: application/offset+octet-stream\r\nContent-Length: 5\r\n\r\nhe");
    QTRY_COMPARE_WITH_TIMEOUT(offsetOf(catalog, location), "2", kPatienceMs); // it is in, and holds the upload
    QCOMPARE(catalog.ask("PATCH", location, "llo", pieceAt("2")).status, 423);
    slow.send("llo");
    QVERIFY(slow.read(12).startsWith("HTTP/1.1 204"));
    QVERIFY(*catalog.client().hasObject(sha256Hex("hello")));
}

void TestUploads::anEmptyFileCanBeSent()
{
    RunningCatalog catalog;
    const PackageFile file = catalog.makeFile(u"empty.vtt"_s, {});
    const auto sent = catalog.client().uploadObject(file.path, file.sha256, 0);
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().detail));
    QVERIFY(*catalog.client().hasObject(file.sha256));
}

void TestUploads::aServerThatStoppedBeforeTheEndIsAsked()
{
    // All bytes are there, but the server was killed before it made an object of them.
    RunningCatalog catalog;
    const PackageFile file = catalog.makeFile(u"seg.m4s"_s, "hello");
    const QByteArray location = catalog.ask("POST", "/v1/uploads", {}, creationOf("hello")).header("Location");
    const QString id = QString::fromLatin1(location.mid(location.lastIndexOf('/') + 1));
    QDirIterator it(catalog.folder(), {u"*"_s + id + u"*"_s}, QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(it.hasNext());
    QFile stored(it.next());
    QVERIFY(stored.open(QIODevice::WriteOnly));
    QCOMPARE(stored.write("hello"), 5);
    stored.close();
    QCOMPARE(offsetOf(catalog, location), "5");
    const auto sent = catalog.client().uploadObject(file.path, file.sha256, file.bytes);
    QVERIFY2(sent, sent ? "" : qPrintable(sent.error().detail));
    QVERIFY(*catalog.client().hasObject(file.sha256));
}

void TestUploads::anObjectIsTakenOnceHoweverManySendIt()
{
    RunningCatalog catalog;
    const PackageFile file = catalog.makeFile(u"seg.m4s"_s, QByteArray(300'000, 'v'));
    std::atomic<int> ended = 0;
    {
        std::vector<std::jthread> senders;
        for (int n = 0; n < 4; ++n) {
            senders.emplace_back([&] {
                CurlTransport transport;
                CatalogClient client(transport, {catalog.url(), RunningCatalog::kToken});
                ended += client.uploadObject(file.path, file.sha256, file.bytes).has_value();
            });
        }
    }
    QCOMPARE(ended, 4);
    QVERIFY(*catalog.client().hasObject(file.sha256));
    QCOMPARE(catalog.client().get("/v1/changes")->value("items"_L1).toArray().size(), 0);
}

void TestUploads::abandonedUploadsAreSwept()
{
    RunningCatalog catalog;
    const QByteArray old = catalog.ask("POST", "/v1/uploads", {}, creationOf("old")).header("Location");
    const QByteArray fresh = catalog.ask("POST", "/v1/uploads", {}, creationOf("fresh")).header("Location");
    const auto fileOf = [&](const QByteArray& location) {
        return catalog.folder() + u"/uploads/"_s + QString::fromLatin1(location.mid(location.lastIndexOf('/') + 1));
    };
    const auto age = [](const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadWrite)
            && file.setFileTime(QDateTime::currentDateTimeUtc().addDays(-2), QFileDevice::FileModificationTime);
    };
    QVERIFY(age(fileOf(old)));
    const QString stray = catalog.folder() + u"/uploads/stray"_s; // of a catalog that was killed between file and row
    QVERIFY(QFile::copy(fileOf(fresh), stray) && age(stray));
    catalog.restart(); // sweeps at its start
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(stray) && !QFile::exists(fileOf(old)), kPatienceMs);
    QCOMPARE(catalog.ask("HEAD", old).status, 404);
    QCOMPARE(offsetOf(catalog, fresh), "0");
}

QTEST_GUILESS_MAIN(TestUploads)
#include "tst_uploads.moc"
