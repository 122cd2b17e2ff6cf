#include "catalog/chaos_server.h"
#include "core/catalog/catalog_client.h"
#include "core/catalog/curl_transport.h"

#include <QElapsedTimer>
#include <QTest>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::ChaosServer;
using test::httpAnswer;
using Script = test::ChaosServer::Script;

Q_DECLARE_METATYPE(test::ChaosServer::Script)

namespace {

/// Promise R17 with its numbers made small; far from each other, so that it is seen which one acted.
constexpr HttpTimeouts kShort {
    .connect = Milliseconds {1'000}, .firstByte = Milliseconds {400}, .stall = Milliseconds {1'000}};

HttpRequest requestTo(const QByteArray& url)
{
    HttpRequest request;
    request.url = url;
    request.maxBodyBytes = 1 << 20;
    return request;
}

} // namespace

/// Promise R17 against a server that does everything wrong: each call ends, in time, with an error that says what to
/// do next, and memory stays small.
class TestChaos : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFaultEndsInAnError_data();
    void everyFaultEndsInAnError();
    void aRefusedConnectionIsUnavailable();
    void aSlowButSteadyAnswerIsTaken();
    void successesThatAreNoneAreRefused_data();
    void successesThatAreNoneAreRefused();
    void redirectsAreNotFollowed_data();
    void redirectsAreNotFollowed();
    void addressesOfOtherHostsAreNotAsked();
    void otherProtocolsAreRefused_data();
    void otherProtocolsAreRefused();
    void questionsAreRepeatedAndChangesAreNot_data();
    void questionsAreRepeatedAndChangesAreNot();
    void cancelEndsAWait();
    void aConnectionIsUsedAgainAfterAFault();
};

void TestChaos::everyFaultEndsInAnError_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorCode>("code");
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const auto row = [](const char* name, ErrorCode code, Script script) { QTest::newRow(name) << script << code; };
    row("never a byte", ErrorCode::TimedOut, [](ChaosServer::Peer& peer) { peer.holdUntilEnd(); });
    row("half a head, then nothing", ErrorCode::TimedOut, [head](ChaosServer::Peer& peer) {
        peer.send(head);
        peer.holdUntilEnd();
    });
    row("a dripping head", ErrorCode::TimedOut, [head](ChaosServer::Peer& peer) {
        peer.send(head + "X: ");
        peer.drip(QByteArray(1000, 'x'), 150ms);
    });
    row("a dripping body", ErrorCode::TimedOut, [head](ChaosServer::Peer& peer) {
        peer.send(head + "Content-Length: 1000\r\n\r\n");
        peer.drip(QByteArray(1000, ' '), 150ms);
    });
    row("a body that stops", ErrorCode::TimedOut, [head](ChaosServer::Peer& peer) {
        peer.send(head + "Content-Length: 1000\r\n\r\n{\"a\":");
        peer.holdUntilEnd();
    });
    row("endless heads", ErrorCode::LimitExceeded, [head](ChaosServer::Peer& peer) {
        peer.send(head);
        while (peer.send("X-Again: " + QByteArray(1000, 'x') + "\r\n")) { }
    });
    row("one endless line", ErrorCode::LimitExceeded, [head](ChaosServer::Peer& peer) {
        peer.send(head + "X: ");
        while (peer.send(QByteArray(10'000, 'x'))) { }
    });
    row("ten gigabytes announced and sent", ErrorCode::LimitExceeded, [head](ChaosServer::Peer& peer) {
        peer.send(head + "Content-Length: 10000000000\r\n\r\n");
        while (peer.send(QByteArray(65'536, ' '))) { }
    });
    row("an endless body in chunks", ErrorCode::LimitExceeded, [head](ChaosServer::Peer& peer) {
        peer.send(head + "Transfer-Encoding: chunked\r\n\r\n");
        while (peer.send("10000\r\n" + QByteArray(65'536, ' ') + "\r\n")) { }
    });
    row("a cut body", ErrorCode::Unavailable,
        [head](ChaosServer::Peer& peer) { peer.send(head + "Content-Length: 1000\r\n\r\n{\"a\":"); });
    row("a cut chunk", ErrorCode::Unavailable,
        [head](ChaosServer::Peer& peer) { peer.send(head + "Transfer-Encoding: chunked\r\n\r\n100\r\n{"); });
    row("a chunk of no length", ErrorCode::Unavailable,
        [head](ChaosServer::Peer& peer) { peer.send(head + "Transfer-Encoding: chunked\r\n\r\nmany\r\n{"); });
    row("a closed door", ErrorCode::Unavailable, [](ChaosServer::Peer&) { });
    row("a reset", ErrorCode::Unavailable, [](ChaosServer::Peer& peer) { peer.reset(); });
    row("another protocol", ErrorCode::Unavailable,
        [](ChaosServer::Peer& peer) { peer.send("SSH-2.0-OpenSSH_9.2\r\n"); });
    row("HTTP of the first days", ErrorCode::Unavailable, [](ChaosServer::Peer& peer) { peer.send("<html>hello"); });
    row("endless interim answers", ErrorCode::LimitExceeded, [](ChaosServer::Peer& peer) {
        while (peer.send("HTTP/1.1 100 Continue\r\nX: " + QByteArray(500, 'x') + "\r\n\r\n")) { }
    });
}

void TestChaos::everyFaultEndsInAnError()
{
    QFETCH(Script, script);
    QFETCH(ErrorCode, code);
    ChaosServer server([script](ChaosServer::Peer& peer) {
        peer.readRequest();
        script(peer);
    });
    CurlTransport transport(kShort);
    QElapsedTimer timer;
    timer.start();
    const auto response = transport.perform(requestTo(server.url() + "/version"));
    QVERIFY2(!response, response ? QByteArray::number(response->status) : "");
    QVERIFY2(response.error().code == code,
        errorCodeName(response.error().code) + (": " + response.error().detail.toLatin1()));
    QVERIFY(!response.error().detail.contains(u"token"_s));
    QVERIFY2(timer.elapsed() < 20'000, "a bound that only a hang passes");
}

void TestChaos::aRefusedConnectionIsUnavailable()
{
    CurlTransport transport(kShort);
    const auto response = transport.perform(requestTo(test::deadUrl() + "/version"));
    QVERIFY(!response);
    QCOMPARE(response.error().code, ErrorCode::Unavailable);
    QCOMPARE(response.error().reason, "no_connection");
}

void TestChaos::aSlowButSteadyAnswerIsTaken()
{
    // Two and a half seconds in all, longer than every limit, but it moves.
    const QByteArray body = "{\"name\":\"" + QByteArray(5'000, 'x') + "\"}";
    ChaosServer server([&body](ChaosServer::Peer& peer) {
        peer.readRequest();
        const QByteArray answer = httpAnswer("200 OK", body);
        for (qsizetype at = 0; at < answer.size(); at += 500) {
            peer.send(answer.mid(at, 500));
            std::this_thread::sleep_for(200ms);
        }
    });
    CurlTransport transport(kShort);
    CatalogClient client(transport, {server.url(), {}});
    const auto version = client.version();
    QVERIFY2(version, version ? "" : qPrintable(version.error().detail));
    QCOMPARE(version->value("name"_L1).toString().size(), 5'000);
}

void TestChaos::successesThatAreNoneAreRefused_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray json = R"({"id":"film","version":1,"name":"N","rights":{}})";
    QTest::newRow("a page of a hotel") << httpAnswer("200 OK", "<html>sign in</html>", "Content-Type: text/html\r\n");
    QTest::newRow("JSON by another name") << httpAnswer("200 OK", json, "Content-Type: text/plain\r\n");
    QTest::newRow("no type") << httpAnswer("200 OK", json, {});
    QTest::newRow("a list") << httpAnswer("200 OK", "[1]");
    QTest::newRow("half an object") << httpAnswer("200 OK", json.first(json.size() / 2));
    QTest::newRow("nothing") << httpAnswer("200 OK", {});
    QTest::newRow("no version") << httpAnswer("200 OK", R"({"id":"film","name":"N","rights":{}})");
    QTest::newRow("a version in words") << httpAnswer(
        "200 OK", R"({"id":"film","version":"1","name":"N","rights":{}})");
    QTest::newRow("rights that are none") << httpAnswer("200 OK", R"({"id":"film","version":1,"name":"N","rights":3})");
    QTest::newRow("not UTF-8") << httpAnswer(
        "200 OK", "{\"id\":\"\xff\xfe\",\"version\":1,\"name\":\"N\",\"rights\":{}}");
    QTest::newRow("packed though not asked")
        << httpAnswer("200 OK", QByteArray::fromHex("1f8b08000000000000ffaa562a4acd01000000ffff"),
               "Content-Type: application/json\r\nContent-Encoding: gzip\r\n");
    QTest::newRow("nested beyond reason") << httpAnswer("200 OK", QByteArray(100'000, '[').prepend("{\"id\":"));
}

void TestChaos::successesThatAreNoneAreRefused()
{
    QFETCH(QByteArray, answer);
    ChaosServer server([&answer](ChaosServer::Peer& peer) {
        peer.readRequest();
        peer.send(answer);
    });
    CurlTransport transport(kShort);
    CatalogClient client(transport, {server.url(), "secret-token"});
    const auto title = client.title(TitleId(u"film"_s));
    QVERIFY(!title);
    QCOMPARE(title.error().code, ErrorCode::Corrupt);
    QCOMPARE(title.error().reason, "wrong_schema");
}

void TestChaos::redirectsAreNotFollowed_data()
{
    QTest::addColumn<QByteArray>("status");
    for (const char* status : {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"})
        QTest::newRow(status) << QByteArray(status);
}

void TestChaos::redirectsAreNotFollowed()
{
    QFETCH(QByteArray, status);
    ChaosServer thief([](ChaosServer::Peer& peer) {
        peer.readRequest();
        peer.send(httpAnswer("200 OK", "{}"));
    });
    ChaosServer server([&](ChaosServer::Peer& peer) {
        peer.readRequest();
        peer.send(httpAnswer(status, {}, "Location: " + thief.url() + "/version\r\n"));
    });
    CurlTransport transport(kShort);
    CatalogClient client(transport, {server.url(), "secret-token"});
    QVERIFY(!client.version());
    const auto changed = client.change("POST", "/v1/titles", {}, "key");
    QVERIFY(changed && !changed->isSuccess());
    QVERIFY(!client.hasObject(QByteArray(64, 'a')));
    QCOMPARE(thief.connections(), 0);
}

void TestChaos::addressesOfOtherHostsAreNotAsked()
{
    ChaosServer thief([](ChaosServer::Peer& peer) { peer.readRequest(); });
    ChaosServer server([](ChaosServer::Peer& peer) { peer.readRequest(); });
    CurlTransport transport(kShort);
    CatalogClient client(transport, {server.url(), "secret-token"});
    for (const QByteArray& address : {thief.url() + "/media/p1/master.m3u8", server.url() + "@evil/x",
             server.url() + ".evil.example/x", QByteArray("media/p1"), QByteArray("file:///etc/passwd")}) {
        const auto fetched = client.fetch(address, 1000);
        QVERIFY2(!fetched, address);
        QCOMPARE(fetched.error().reason, "other_host");
    }
    QCOMPARE(thief.connections(), 0);
    QCOMPARE(server.connections(), 0);
}

void TestChaos::otherProtocolsAreRefused_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("file") << QByteArray("file:///etc/hostname");
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/x");
    QTest::newRow("gopher") << QByteArray("gopher://127.0.0.1/x");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no host") << QByteArray("http://");
}

void TestChaos::otherProtocolsAreRefused()
{
    QFETCH(QByteArray, url);
    CurlTransport transport(kShort);
    const auto response = transport.perform(requestTo(url));
    QVERIFY(!response);
    QCOMPARE(response.error().code, ErrorCode::Invalid);
}

void TestChaos::questionsAreRepeatedAndChangesAreNot_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<int>("asked");
    QTest::newRow("busy") << QByteArray("503 Busy") << 3;
    QTest::newRow("too many") << QByteArray("429 Slow Down") << 3;
    QTest::newRow("broken") << QByteArray("500 Oops") << 3;
    QTest::newRow("not there") << QByteArray("404 None") << 1;
    QTest::newRow("not you") << QByteArray("401 Who") << 1;
    QTest::newRow("not allowed") << QByteArray("403 No") << 1;
}

void TestChaos::questionsAreRepeatedAndChangesAreNot()
{
    QFETCH(QByteArray, status);
    QFETCH(int, asked);
    std::atomic<int> questions = 0;
    std::atomic<int> changes = 0;
    ChaosServer server([&](ChaosServer::Peer& peer) {
        ++(peer.readRequest().startsWith("GET") ? questions : changes);
        peer.send(httpAnswer(status, "{}", "Content-Type: application/problem+json\r\nConnection: close\r\n"));
    });
    CurlTransport transport(kShort);
    CatalogClient client(transport, {server.url(), "secret-token"});
    QVERIFY(!client.version());
    QCOMPARE(questions, asked);
    QVERIFY(client.change("POST", "/v1/titles", {}, "key"));
    QCOMPARE(changes, 1);
}

void TestChaos::cancelEndsAWait()
{
    ChaosServer server([](ChaosServer::Peer& peer) { peer.holdUntilEnd(); });
    CurlTransport transport; // with the long limits of the product
    const CancelSource cancel;
    HttpRequest request = requestTo(server.url());
    request.cancel = cancel.token();
    std::jthread person([&cancel] {
        std::this_thread::sleep_for(100ms);
        cancel.cancel();
    });
    const auto response = transport.perform(request);
    QVERIFY(!response);
    QCOMPARE(response.error().code, ErrorCode::Canceled);
}

void TestChaos::aConnectionIsUsedAgainAfterAFault()
{
    std::atomic<int> turn = 0;
    ChaosServer server([&turn](ChaosServer::Peer& peer) {
        peer.readRequest();
        if (turn++ == 0) {
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf");
            return;
        }
        peer.send(httpAnswer("200 OK", "{\"n\":1}"));
        peer.readRequest();
        peer.send(httpAnswer("200 OK", "{\"n\":2}"));
    });
    CurlTransport transport(kShort);
    QVERIFY(!transport.perform(requestTo(server.url())));
    QCOMPARE(transport.perform(requestTo(server.url()))->body, "{\"n\":1}");
    QCOMPARE(transport.perform(requestTo(server.url()))->body, "{\"n\":2}");
    QCOMPARE(server.connections(), 2);
}

QTEST_GUILESS_MAIN(TestChaos)
#include "tst_chaos.moc"
