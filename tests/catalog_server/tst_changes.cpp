#include "catalog_server/raw_connection.h"
#include "catalog_server/running_catalog.h"

#include "core/base/sha256.h"
#include "tests/support/patience.h"

#include <QTest>

using namespace vidimus;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

/// Idempotency-Key, ETags, uploads and ranges, by plain requests.
class TestChanges : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameKeyGivesTheSameAnswerOnce();
    void keySurvivesARestartAndIsNotUsedUpByARefusal();
    void etagsGuardEveryEdit();
    void deletedTitleLeavesATombstone();
    void unknownFieldsAreRefused();
    void uploadGoesOnAfterCuts();
    void uploadWithWrongBytesLeavesNothing();
    void rangesAreServed_data();
    void rangesAreServed();
    void wholeRightsAreReplacedUnderTheirVersion();
};

void TestChanges::sameKeyGivesTheSameAnswerOnce()
{
    RunningCatalog catalog;
    const QJsonObject body {{u"id"_s, u"t"_s}, {u"name"_s, u"N"_s}};
    const catalog::HttpHeaders key {{"Idempotency-Key", "k1"}};
    const auto first = catalog.change("POST", "/v1/titles", body, key);
    const auto again = catalog.change("POST", "/v1/titles", body, key);
    QCOMPARE(first.status, 201);
    QCOMPARE(again.status, 201);
    QCOMPARE(again.body, first.body);
    QCOMPARE(again.header("ETag"), first.header("ETag"));
    QCOMPARE(again.header("Idempotent-Replayed"), "true");
    QCOMPARE(catalog.client().auditHead()->size, 1);
    QCOMPARE(catalog.change("POST", "/v1/titles", {{u"id"_s, u"u"_s}, {u"name"_s, u"N"_s}}, key).status, 422);
    QCOMPARE(catalog.ask("POST", "/v1/titles", "{}", {{"Content-Type", "application/json"}}).status, 400);
    // A change whose answer was lost comes again with the old ETag: it is recognised, not refused as stale.
    const catalog::HttpHeaders edit {{"Idempotency-Key", "k2"}, {"If-Match", "\"1\""}};
    QCOMPARE(catalog.change("PATCH", "/v1/titles/t", {{u"name"_s, u"M"_s}}, edit).status, 200);
    QCOMPARE(catalog.change("PATCH", "/v1/titles/t", {{u"name"_s, u"M"_s}}, edit).status, 200);
    QCOMPARE(catalog.client().title(TitleId(u"t"_s))->version, 2);
}

void TestChanges::keySurvivesARestartAndIsNotUsedUpByARefusal()
{
    RunningCatalog catalog;
    const catalog::HttpHeaders key {{"Idempotency-Key", "k1"}};
    QCOMPARE(catalog.change("POST", "/v1/titles", {{u"id"_s, u"t"_s}}, key).status, 400);
    const QJsonObject body {{u"id"_s, u"t"_s}, {u"name"_s, u"N"_s}};
    QCOMPARE(catalog.change("POST", "/v1/titles", body, key).status, 201);
    catalog.restart();
    QCOMPARE(catalog.change("POST", "/v1/titles", body, key).header("Idempotent-Replayed"), "true");
    catalog.clock.set(catalog.clock.now() + std::chrono::days(31));
    QCOMPARE(catalog.change("POST", "/v1/titles", body, key).status, 201);
    QCOMPARE(catalog.client().auditHead()->size, 1);
}

void TestChanges::etagsGuardEveryEdit()
{
    RunningCatalog catalog;
    QCOMPARE(catalog.change("POST", "/v1/titles", {{u"id"_s, u"t"_s}, {u"name"_s, u"N"_s}}).header("ETag"), "\"1\"");
    const auto missing = catalog.change("PATCH", "/v1/titles/t", {{u"name"_s, u"M"_s}});
    QCOMPARE(missing.status, 428);
    QCOMPARE(missing.header("Content-Type"), "application/problem+json");
    QCOMPARE(catalog.change("PATCH", "/v1/titles/t", {{u"name"_s, u"M"_s}}, {{"If-Match", "\"1\""}}).status, 200);
    const auto stale = catalog.change("PATCH", "/v1/titles/t", {{u"name"_s, u"L"_s}}, {{"If-Match", "\"1\""}});
    QCOMPARE(stale.status, 412);
    QCOMPARE(stale.header("ETag"), "\"2\"");
    QCOMPARE(test::jsonOf(stale.body).value("current"_L1).toObject().value("name"_L1).toString(), u"M"_s);
    const auto twice = catalog.change("POST", "/v1/titles", {{u"id"_s, u"t"_s}, {u"name"_s, u"N"_s}});
    QCOMPARE(twice.status, 409);
    QCOMPARE(test::jsonOf(twice.body).value("version"_L1).toInt(), 2);
}

void TestChanges::deletedTitleLeavesATombstone()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    QCOMPARE(catalog.publishFilm().kind, catalog::SendOutcome::Kind::Done);
    QCOMPARE(catalog.ask("DELETE", "/v1/titles/film", {}, {{"If-Match", "\"1\""}}).status, 204);
    QCOMPARE(catalog.ask("GET", "/v1/titles/film").status, 404);
    QCOMPARE(catalog.ask("GET", "/media/p1/master.m3u8").status, 404);
    const QJsonArray items = catalog.client().get("/v1/changes")->value("items"_L1).toArray();
    QCOMPARE(items.last().toObject().value("change"_L1).toString(), u"delete"_s);
    const auto back = catalog.change("POST", "/v1/titles", {{u"id"_s, u"film"_s}, {u"name"_s, u"N"_s}});
    QCOMPARE(back.header("ETag"), "\"3\""); // an old ETag never fits again
}

void TestChanges::unknownFieldsAreRefused()
{
    RunningCatalog catalog;
    const auto refused
        = catalog.change("POST", "/v1/titles", {{u"id"_s, u"t"_s}, {u"name"_s, u"N"_s}, {u"version"_s, 9}});
    QCOMPARE(refused.status, 400);
    QCOMPARE(test::jsonOf(refused.body).value("reason"_L1).toString(), u"unknown_field"_s);
    QCOMPARE(catalog.change("POST", "/v1/titles", {}, {{"Content-Type", "text/plain"}}).status, 415);
    QCOMPARE(
        catalog.ask("POST", "/v1/titles", "{\"id\":", {{"Content-Type", "application/json"}, {"Idempotency-Key", "x"}})
            .status,
        400);
}

void TestChanges::uploadGoesOnAfterCuts()
{
    RunningCatalog catalog;
    QByteArray bytes(3 << 20, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i * 31 + i / 251);
    const catalog::PackageFile file = catalog.makeFile(u"big.mp4"_s, bytes);
    QCOMPARE(*catalog.client().hasObject(file.sha256), false);
    const QByteArray metadata = "sha256 " + QByteArray::fromHex(file.sha256).toBase64();
    const catalog::HttpHeaders creation {
        {"Upload-Length", QByteArray::number(bytes.size())}, {"Upload-Metadata", metadata}};
    const auto created = catalog.ask("POST", "/v1/uploads", {}, creation);
    QCOMPARE(created.status, 201);
    const QByteArray location = created.header("Location");
    for (int cut = 0; cut < 5; ++cut) {
        qint64 offset = catalog.ask("HEAD", location).header("Upload-Offset").toLongLong();
        test::RawConnection connection(catalog.url());
        connection.send("PATCH " + location
            + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer test-token\r\nUpload-Offset: " + QByteArray::number(offset)
            + "\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: "
            + QByteArray::number(bytes.size() - offset) + "\r\n\r\n" + bytes.mid(offset, 200'000));
        QTRY_VERIFY_WITH_TIMEOUT(
            catalog.ask("HEAD", location).header("Upload-Offset").toLongLong() > offset, kPatienceMs);
        connection.cut();
        QTRY_VERIFY_WITH_TIMEOUT(catalog.service().connectionCount() <= 1, kPatienceMs);
    }
    // The unfinished upload of the same bytes is given back, so a client without notes goes on.
    const auto resumed = catalog.ask("POST", "/v1/uploads", {}, creation);
    QCOMPARE(resumed.status, 200);
    QCOMPARE(resumed.header("Location"), location);
    QVERIFY(resumed.header("Upload-Offset").toLongLong() > 0);
    QCOMPARE(
        catalog
            .ask("PATCH", location, "x", {{"Upload-Offset", "1"}, {"Content-Type", "application/offset+octet-stream"}})
            .status,
        409);
    const auto sent = catalog.client().uploadObject(file.path, file.sha256, file.bytes);
    QVERIFY2(sent, qPrintable(sent ? QString() : sent.error().detail));
    QVERIFY(*catalog.client().hasObject(file.sha256));
    QCOMPARE(catalog.ask("HEAD", location).status, 404);
    QVERIFY(catalog.client().uploadObject(file.path, file.sha256, file.bytes)); // recognised, not sent
}

void TestChanges::uploadWithWrongBytesLeavesNothing()
{
    RunningCatalog catalog;
    const catalog::PackageFile file = catalog.makeFile(u"x.mp4"_s, "hello");
    const QByteArray other = sha256Hex("world");
    const auto sent = catalog.client().uploadObject(file.path, other, file.bytes);
    QVERIFY(!sent);
    QCOMPARE(sent.error().reason, "file_changed");
    QCOMPARE(*catalog.client().hasObject(other), false);
    const auto created = catalog.ask("POST", "/v1/uploads", {},
        {{"Upload-Length", "5"}, {"Upload-Metadata", "sha256 " + QByteArray::fromHex(file.sha256).toBase64()}});
    const auto damaged = catalog.ask("PATCH", created.header("Location"), "hellX",
        {{"Upload-Offset", "0"}, {"Content-Type", "application/offset+octet-stream"},
            {"Upload-Checksum", "sha256 " + sha256("hello").toBase64()}});
    QCOMPARE(damaged.status, 460);
    QCOMPARE(catalog.ask("HEAD", created.header("Location")).header("Upload-Offset"), "0");
    QCOMPARE(catalog.ask("DELETE", created.header("Location")).status, 204);
    QCOMPARE(catalog.ask("HEAD", created.header("Location")).status, 404);
}

void TestChanges::rangesAreServed_data()
{
    QTest::addColumn<QByteArray>("range");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentRange");
    QTest::newRow("first") << QByteArray("bytes=0-3") << 206 << QByteArray("0123") << QByteArray("bytes 0-3/10");
    QTest::newRow("open end") << QByteArray("bytes=7-") << 206 << QByteArray("789") << QByteArray("bytes 7-9/10");
    QTest::newRow("suffix") << QByteArray("bytes=-2") << 206 << QByteArray("89") << QByteArray("bytes 8-9/10");
    QTest::newRow("over the end") << QByteArray("bytes=8-99") << 206 << QByteArray("89") << QByteArray("bytes 8-9/10");
    QTest::newRow("outside") << QByteArray("bytes=10-") << 416 << QByteArray() << QByteArray("bytes */10");
    QTest::newRow("empty suffix") << QByteArray("bytes=-0") << 416 << QByteArray() << QByteArray("bytes */10");
    for (const QByteArray whole :
        {"bytes=3-1", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", "bytes=-", "bytes=99999999999999999999-"})
        QTest::newRow(whole.constData()) << whole << 200 << QByteArray("0123456789") << QByteArray();
}

void TestChanges::rangesAreServed()
{
    QFETCH(QByteArray, range);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, contentRange);
    static RunningCatalog catalog;
    static const bool isLive = catalog.prepareFilm() && catalog.publishFilm().kind == catalog::SendOutcome::Kind::Done;
    QVERIFY(isLive);
    const auto response = catalog.ask("GET", "/media/p1/v0/seg_0.m4s", {}, {{"Range", range}}, {});
    QCOMPARE(response.status, status);
    QCOMPARE(response.header("Content-Range"), contentRange);
    QCOMPARE(response.header("Access-Control-Allow-Origin"), "*");
    if (status == 416)
        return;
    QCOMPARE(response.body, body);
    const QByteArray etag = response.header("ETag");
    QCOMPARE(catalog.ask("GET", "/media/p1/v0/seg_0.m4s", {}, {{"If-None-Match", etag}}).status, 304);
    QCOMPARE(
        catalog.ask("GET", "/media/p1/v0/seg_0.m4s", {}, {{"Range", range}, {"If-Range", "\"other\""}}).status, 200);
    const auto head = catalog.ask("HEAD", "/media/p1/v0/seg_0.m4s", {}, {{"Range", range}});
    QCOMPARE(head.status, status);
    QCOMPARE(head.header("Content-Length"), QByteArray::number(body.size()));
}

void TestChanges::wholeRightsAreReplacedUnderTheirVersion()
{
    RunningCatalog catalog;
    QVERIFY(catalog.prepareFilm());
    const auto before = catalog.ask("GET", "/v1/rights");
    QJsonObject set = test::jsonOf(before.body);
    QCOMPARE(set.value("rules"_L1).toArray().size(), 1);
    QCOMPARE(catalog.change("PUT", "/v1/rights", set).status, 428);
    QCOMPARE(catalog.change("PUT", "/v1/rights", set, {{"If-Match", "\"999\""}}).status, 412);
    const auto same = catalog.change("PUT", "/v1/rights", set, {{"If-Match", before.header("ETag")}});
    QVERIFY2(same.status == 200, same.body.constData());
    set[u"rules"_s] = QJsonArray {QJsonObject {{u"id"_s, u"bad"_s}}};
    const auto refused = catalog.change("PUT", "/v1/rights", set, {{"If-Match", same.header("ETag")}});
    QCOMPARE(refused.status, 400);
    QCOMPARE(test::jsonOf(catalog.ask("GET", "/v1/rights").body).value("rules"_L1).toArray().size(), 1);
}

QTEST_GUILESS_MAIN(TestChanges)
#include "tst_changes.moc"
