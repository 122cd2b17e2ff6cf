#include "catalog_server/raw_connection.h"
#include "catalog_server/running_catalog.h"
#include "tests/support/patience.h"

#include <QTest>
#include <thread>

using namespace vidimus;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::RawConnection;
using test::RunningCatalog;

class TestHttpLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesAmbiguousAndMalformedRequests_data();
    void refusesAmbiguousAndMalformedRequests();
    void capsHeaderAndBody();
    void cutsOffDrippingClients();
    void capsConnections();
    void answersBusyWhenTheQueueIsFull();
    void servesPipelinedAndChunkedRequests();
    void survivesCutsInTheMiddle();
};

void TestHttpLimits::refusesAmbiguousAndMalformedRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray post = "POST /v1/titles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer test-token\r\n";
    QTest::newRow("length and coding") << post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                       << 400;
    QTest::newRow("coding and length") << post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"
                                       << 400;
    QTest::newRow("two lengths") << post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde" << 400;
    QTest::newRow("two equal lengths") << post + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd" << 400;
    QTest::newRow("length list") << post + "Content-Length: 4, 4\r\n\r\nabcd" << 400;
    QTest::newRow("negative length") << post + "Content-Length: -1\r\n\r\n" << 400;
    QTest::newRow("unknown coding") << post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" << 501;
    const auto query
        = [](const QByteArray& text) { return "GET /v1/availability?" + text + " HTTP/1.1\r\nHost: x\r\n\r\n"; };
    QTest::newRow("percent at the end") << query("title=a%") << 400;
    QTest::newRow("half a percent") << query("title=a%4") << 400;
    QTest::newRow("no hexadecimal") << query("title=%zz") << 400;
    QTest::newRow("no UTF-8") << query("title=%ff%fe") << 400;
    QTest::newRow("overlong") << query("title=%c0%af") << 400;
    QTest::newRow("surrogate") << query("title=%ed%a0%80") << 400;
    QTest::newRow("malformed name") << query("%e4=1&title=a") << 400;
    QTest::newRow("no host") << QByteArray("GET /healthz HTTP/1.1\r\n\r\n") << 400;
    QTest::newRow("two hosts") << QByteArray("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") << 400;
    QTest::newRow("space before colon") << QByteArray("GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n") << 400;
    QTest::newRow("folded field") << QByteArray("GET /healthz HTTP/1.1\r\nHost: a\r\nX: 1\r\n b\r\n\r\n") << 200;
    QTest::newRow("not HTTP") << QByteArray("\x16\x03\x01 hello\r\n\r\n") << 400;
    QTest::newRow("absolute form") << QByteArray("GET http://evil/healthz HTTP/1.1\r\nHost: a\r\n\r\n") << 400;
    QTest::newRow("traversal") << QByteArray("GET /media/p1/../../catalog.db HTTP/1.1\r\nHost: a\r\n\r\n") << 404;
    QTest::newRow("encoded traversal") << QByteArray("GET /media/p1/%2e%2e%2fcatalog.db HTTP/1.1\r\nHost: a\r\n\r\n")
                                       << 404;
    QTest::newRow("encoded NUL") << QByteArray("GET /media/p1/a%00.m3u8 HTTP/1.1\r\nHost: a\r\n\r\n") << 404;
    QTest::newRow("wrong method") << QByteArray("PUT /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n") << 405;
}

void TestHttpLimits::refusesAmbiguousAndMalformedRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RunningCatalog catalog;
    QCOMPARE(RawConnection(catalog.url()).statusOf(request), status);
    QCOMPARE(catalog.ask("GET", "/healthz").status, 200);
}

void TestHttpLimits::capsHeaderAndBody()
{
    RunningCatalog catalog;
    const QByteArray long1 = "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(17 << 10, 'x') + "\r\n\r\n";
    QCOMPARE(RawConnection(catalog.url()).statusOf(long1), 431);
    const QByteArray fits = "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(15 << 10, 'x') + "\r\n\r\n";
    QCOMPARE(RawConnection(catalog.url()).statusOf(fits), 200);
    const QByteArray head = "POST /v1/titles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer test-token\r\n";
    QCOMPARE(RawConnection(catalog.url()).statusOf(head + "Content-Length: 1048577\r\n\r\n"), 413);
    QByteArray chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i)
        chunked += "10000\r\n" + QByteArray(0x10000, 'x') + "\r\n";
    QCOMPARE(RawConnection(catalog.url()).statusOf(chunked), 413);
    QCOMPARE(RawConnection(catalog.url()).statusOf("POST /v1/titles HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n"),
        401); // before a byte of the body
}

void TestHttpLimits::cutsOffDrippingClients()
{
    catalog_server::HttpLimits limits;
    limits.header = 300ms;
    limits.idle = 300ms;
    limits.bodyStall = 300ms;
    limits.bodyGrace = 400ms;
    RunningCatalog catalog(limits);
    const auto drip = [&catalog](const QByteArray& start, char byte) {
        RawConnection connection(catalog.url());
        connection.send(start);
        std::jthread dripper([&connection, byte](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                connection.send(QByteArray(1, byte));
                std::this_thread::sleep_for(50ms);
            }
        });
        return connection.read();
    };
    // Each byte comes in time, but the header never ends.
    QCOMPARE(drip("GET /healthz HTTP/1.1\r\nHost: a\r\nX: ", 'x'), QByteArray());
    // Never stalled, but under the minimum rate.
    QCOMPARE(drip("POST /v1/titles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer test-token\r\n"
                  "Content-Length: 999999\r\n\r\n",
                 'x'),
        QByteArray());
    RawConnection silent(catalog.url());
    QCOMPARE(silent.read(), QByteArray());
    QTRY_COMPARE_WITH_TIMEOUT(catalog.service().connectionCount(), 0, kPatienceMs);
}

void TestHttpLimits::capsConnections()
{
    catalog_server::HttpLimits limits;
    limits.connections = 2;
    RunningCatalog catalog(limits);
    const QByteArray request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    RawConnection first(catalog.url());
    QCOMPARE(first.statusOf(request), 200);
    {
        RawConnection second(catalog.url());
        QCOMPARE(second.statusOf(request), 200);
        const QByteArray refused = RawConnection(catalog.url()).read();
        QVERIFY(refused.startsWith("HTTP/1.1 503"));
        QVERIFY(refused.contains("Retry-After: "));
    }
    QTRY_COMPARE_WITH_TIMEOUT(catalog.service().connectionCount(), 1, kPatienceMs);
    QCOMPARE(RawConnection(catalog.url()).statusOf(request), 200);
}

void TestHttpLimits::answersBusyWhenTheQueueIsFull()
{
    catalog_server::WorkLane lane(1, 2);
    std::mutex gate;
    std::atomic<int> ran = 0;
    std::atomic<bool> started = false;
    std::unique_lock hold(gate);
    const auto work = [&] {
        started = true;
        const std::scoped_lock wait(gate);
        ++ran;
    };
    QVERIFY(lane.tryPost(work));
    QTRY_VERIFY_WITH_TIMEOUT(started, kPatienceMs);
    QVERIFY(lane.tryPost(work));
    QVERIFY(lane.tryPost(work));
    QVERIFY(!lane.tryPost(work)); // two wait already
    hold.unlock();
    lane.close();
    QCOMPARE(ran, 3); // what was taken was done
    QVERIFY(!lane.post(work));
    catalog_server::HttpLimits limits;
    limits.databaseQueue = 0;
    RunningCatalog catalog(limits);
    const auto busy = catalog.ask("GET", "/v1/titles");
    QCOMPARE(busy.status, 503);
    QCOMPARE(busy.header("Retry-After"), "1");
}

void TestHttpLimits::servesPipelinedAndChunkedRequests()
{
    RunningCatalog catalog;
    RawConnection connection(catalog.url());
    connection.send(
        "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /version HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const QByteArray both = connection.read();
    QCOMPARE(both.count("HTTP/1.1 200 OK"), 2);
    QVERIFY(both.contains("vidimus-catalogd"));
    const QByteArray body = R"({"id":"t","name":"N"})";
    QCOMPARE(RawConnection(catalog.url())
                 .statusOf(
                     "POST /v1/titles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer test-token\r\nIdempotency-Key: k\r\n"
                     "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                     + QByteArray::number(body.size(), 16) + "\r\n" + body + "\r\n0\r\n\r\n"),
        201);
}

void TestHttpLimits::survivesCutsInTheMiddle()
{
    RunningCatalog catalog;
    const QByteArray request = "POST /v1/titles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer test-token\r\n"
                               "Idempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n"
                               R"({"id":"t","name":"N"})";
    for (qsizetype length = 1; length < request.size(); length += 7) {
        RawConnection connection(catalog.url());
        connection.send(request.first(length));
        connection.cut();
    }
    QTRY_VERIFY_WITH_TIMEOUT(catalog.service().connectionCount() <= 1, kPatienceMs);
    QCOMPARE(catalog.ask("GET", "/v1/titles/t").status, 404);
    QCOMPARE(RawConnection(catalog.url()).statusOf(request), 201);
}

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "tst_http_limits.moc"
