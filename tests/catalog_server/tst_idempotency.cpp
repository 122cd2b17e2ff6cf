#include "catalog_server/running_catalog.h"
#include "core/base/json.h"
#include "core/catalog_server/in_flight.h"

#include <QJsonArray>
#include <QTest>
#include <thread>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

namespace {

HttpHeaders keyed(const QByteArray& key, const QByteArray& version = {})
{
    HttpHeaders headers {{"Idempotency-Key", key}};
    if (!version.isEmpty())
        headers.emplace_back("If-Match", '"' + version + '"');
    return headers;
}

QJsonObject titleBody(const QString& id)
{
    return {{u"id"_s, id}, {u"name"_s, u"A film"_s}};
}

QByteArray reasonOf(const HttpResponse& response)
{
    const QString type = test::jsonOf(response.body).value("type"_L1).toString();
    return type.mid(type.lastIndexOf(u':') + 1).toLatin1();
}

} // namespace

/// A change is done once, whatever is lost, repeated or sent at the same moment.
class TestIdempotency : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aKeyIsHeldOnceAtATime();
    void sentAtTheSameMomentItIsDoneOnce();
    void aKeyIsOfOnePersonAndOneRoute();
    void aKeyOfAnotherChangeIsRefused_data();
    void aKeyOfAnotherChangeIsRefused();
    void refusalsAreNotRemembered();
    void repliesAreRememberedWithTheirVersion();
    void tokensAreNotInTheMemory();
    void keysAreForgottenAfterTheirTime();
    void keysHaveALongestLength();
};

void TestIdempotency::aKeyIsHeldOnceAtATime()
{
    catalog_server::InFlight flights;
    {
        const auto first = flights.tryHold("k");
        QVERIFY(first.isHeld());
        QVERIFY(!flights.tryHold("k").isHeld());
        QVERIFY(flights.tryHold("other").isHeld());
        QVERIFY(!flights.tryHold("k").isHeld()); // a refused hold gives nothing back when it goes
    }
    auto again = flights.tryHold("k");
    QVERIFY(again.isHeld());
    {
        const auto moved = std::move(again);
        QVERIFY(moved.isHeld() && !flights.tryHold("k").isHeld());
    }
    QVERIFY(flights.tryHold("k").isHeld());
}

void TestIdempotency::sentAtTheSameMomentItIsDoneOnce()
{
    RunningCatalog catalog;
    for (int round = 0; round < 5; ++round) {
        const QString id = u"t%1"_s.arg(round);
        std::vector<std::optional<HttpResponse>> answers(6);
        {
            std::vector<std::jthread> senders;
            for (auto& answer : answers) {
                senders.emplace_back([&] {
                    CurlTransport transport;
                    HttpRequest request;
                    request.method = "POST";
                    request.url = catalog.url() + "/v1/titles";
                    request.body = toJson(titleBody(id));
                    request.headers = {{"Authorization", "Bearer test-token"}, {"Content-Type", "application/json"},
                        {"Idempotency-Key", "key-" + id.toLatin1()}};
                    answer = transport.perform(request).value_or(HttpResponse());
                });
            }
        }
        int made = 0;
        int replayed = 0;
        for (const auto& answer : answers) {
            if (answer->status == 409) {
                QCOMPARE(reasonOf(*answer), "idempotency_in_flight");
                continue;
            }
            QCOMPARE(answer->status, 201);
            ++(answer->header("Idempotent-Replayed").isEmpty() ? made : replayed);
        }
        QCOMPARE(made, 1);
        QCOMPARE(catalog.client().title(TitleId(id))->version, 1);
        QCOMPARE(catalog.client().auditHead()->size, round + 1);
    }
}

void TestIdempotency::aKeyIsOfOnePersonAndOneRoute()
{
    RunningCatalog catalog;
    const auto token = catalog.change(
        "POST", "/v1/tokens", {{u"name"_s, u"other"_s}, {u"scopes"_s, QJsonArray {u"titles:write"_s}}}, keyed("k"));
    QCOMPARE(token.status, 201);
    const QByteArray other = test::jsonOf(token.body).value("token"_L1).toString().toLatin1();
    QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(u"mine"_s), keyed("k")).status, 201);
    HttpHeaders headers = keyed("k");
    headers.emplace_back("Content-Type", "application/json");
    const auto theirs = catalog.ask("POST", "/v1/titles", toJson(titleBody(u"theirs"_s)), headers, other);
    QCOMPARE(theirs.status, 201);
    QVERIFY(theirs.header("Idempotent-Replayed").isEmpty());
}

void TestIdempotency::aKeyOfAnotherChangeIsRefused_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QJsonObject>("body");
    QTest::newRow("another name") << QByteArray("PATCH") << QByteArray("/v1/titles/a")
                                  << QJsonObject {{u"name"_s, u"C"_s}};
    QTest::newRow("another title") << QByteArray("PATCH") << QByteArray("/v1/titles/b")
                                   << QJsonObject {{u"name"_s, u"B"_s}};
}

void TestIdempotency::aKeyOfAnotherChangeIsRefused()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QJsonObject, body);
    RunningCatalog catalog;
    for (const QString& id : {u"a"_s, u"b"_s})
        QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(id)).status, 201);
    QCOMPARE(catalog.change("PATCH", "/v1/titles/a", {{u"name"_s, u"B"_s}}, keyed("k", "1")).status, 200);
    const auto refused = catalog.change(method, path, body, keyed("k", "1"));
    QCOMPARE(refused.status, 422);
    QCOMPARE(reasonOf(refused), "idempotency_mismatch");
    QCOMPARE(catalog.client().title(TitleId(u"a"_s))->name, u"B"_s);
    QCOMPARE(catalog.client().title(TitleId(u"b"_s))->version, 1);
}

void TestIdempotency::refusalsAreNotRemembered()
{
    RunningCatalog catalog;
    QCOMPARE(catalog.change("PATCH", "/v1/titles/a", {{u"name"_s, u"B"_s}}, keyed("k", "1")).status, 404);
    QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(u"a"_s)).status, 201);
    QCOMPARE(catalog.change("PATCH", "/v1/titles/a", {{u"name"_s, u"B"_s}}, keyed("k", "9")).status, 412);
    QCOMPARE(catalog.change("PATCH", "/v1/titles/a", {{u"name"_s, u"B"_s}}, keyed("k", "1")).status, 200);
}

void TestIdempotency::repliesAreRememberedWithTheirVersion()
{
    RunningCatalog catalog;
    QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(u"a"_s), keyed("k1")).status, 201);
    const auto edit = catalog.change("PATCH", "/v1/titles/a", {{u"name"_s, u"B"_s}}, keyed("k2", "1"));
    QCOMPARE(catalog.change("PATCH", "/v1/titles/a", {{u"name"_s, u"C"_s}}, keyed("k3", "2")).status, 200);
    // The answer of then, not of now: the sender learns what its change did.
    const auto again = catalog.change("PATCH", "/v1/titles/a", {{u"name"_s, u"B"_s}}, keyed("k2", "1"));
    QCOMPARE(again.body, edit.body);
    QCOMPARE(again.header("ETag"), "\"2\"");
    QCOMPARE(catalog.client().title(TitleId(u"a"_s))->name, u"C"_s);
    QCOMPARE(catalog.ask("DELETE", "/v1/titles/a", {}, keyed("k4", "3")).status, 204);
    QCOMPARE(catalog.ask("DELETE", "/v1/titles/a", {}, keyed("k4", "3")).status, 204);
    QCOMPARE(catalog.ask("DELETE", "/v1/titles/a", {}, keyed("k5", "3")).status, 404);
}

void TestIdempotency::tokensAreNotInTheMemory()
{
    RunningCatalog catalog;
    const QJsonObject body {{u"name"_s, u"n"_s}, {u"scopes"_s, QJsonArray {u"titles:read"_s}}};
    const auto first = catalog.change("POST", "/v1/tokens", body, keyed("k"));
    const QByteArray token = test::jsonOf(first.body).value("token"_L1).toString().toLatin1();
    QVERIFY(token.size() >= 32);
    const auto again = catalog.change("POST", "/v1/tokens", body, keyed("k"));
    QCOMPARE(again.status, 201);
    QVERIFY(!again.body.contains(token));
    QVERIFY(!test::jsonOf(again.body).contains("token"_L1));
    for (const QString& name : {u"/catalog.db"_s, u"/catalog.db-wal"_s}) {
        QFile file(catalog.folder() + name);
        if (file.open(QIODevice::ReadOnly))
            QVERIFY2(!file.readAll().contains(token), "a token stands in the database");
    }
}

void TestIdempotency::keysAreForgottenAfterTheirTime()
{
    RunningCatalog catalog;
    QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(u"a"_s), keyed("k")).status, 201);
    catalog.clock.set(catalog.clock.now() + std::chrono::days(46));
    QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(u"b"_s), keyed("k2")).status, 201); // sweeps
    QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(u"a"_s), keyed("k")).status, 409); // exists, not replayed
}

void TestIdempotency::keysHaveALongestLength()
{
    RunningCatalog catalog;
    QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(u"a"_s), keyed(QByteArray(255, 'k'))).status, 201);
    QCOMPARE(catalog.change("POST", "/v1/titles", titleBody(u"b"_s), keyed(QByteArray(256, 'k'))).status, 400);
    QCOMPARE(catalog.ask("GET", "/v1/titles/b").status, 404);
}

QTEST_GUILESS_MAIN(TestIdempotency)
#include "tst_idempotency.moc"
