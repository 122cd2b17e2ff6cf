#include "core/catalog/catalog_client.h"
#include "core/catalog/curl_transport.h"
#include "program_room.h"

#include <QJsonArray>
#include <QTest>
#include <QUrl>
#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;

/// The whole path from an upload to a title that is live, as one command.
class TestDemo : public QObject {
    Q_OBJECT

private:
    static void allowDemoMedia(ProgramRoom& room)
    {
        room.setVariable(u"VIDIMUS_DEMO_MEDIA"_s, QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media"_s);
    }
    /// Every address of a playlist, and what its EXT-X-MAP names.
    static QList<QByteArray> addressesIn(const QByteArray& playlist, const QByteArray& url)
    {
        const QUrl base(QString::fromUtf8(url));
        QList<QByteArray> found;
        for (const QByteArray& line : playlist.split('\n')) {
            QByteArray name = line.trimmed();
            if (name.startsWith("#EXT-X-MAP:"))
                name = name.mid(name.indexOf("URI=\"") + 5).split('"').first();
            if (!name.isEmpty() && !name.startsWith('#'))
                found.append(base.resolved(QUrl(QString::fromUtf8(name))).toEncoded());
        }
        return found;
    }
    static bool isListening(quint16 port)
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool answers = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
        ::close(fd);
        return answers;
    }
    static bool allGoneWithin(int milliseconds)
    {
        return QTest::qWaitFor([] { return ProgramRoom::descendants().isEmpty(); }, milliseconds);
    }

private Q_SLOTS:
    void runsFromUploadToLiveAndLeavesNothingBehind();
    void servesUntilInterrupted();
    void stepThatCannotWorkIsNamedAndEndsTheDemo();
};

void TestDemo::runsFromUploadToLiveAndLeavesNothingBehind()
{
    ProgramRoom room;
    allowDemoMedia(room);
    for (int round = 0; round < 2; ++round) {
        const Ended ended = room.run({u"demo"_s, u"--headless"_s, u"--exit"_s}, true, std::chrono::seconds(300));
        QVERIFY2(ended.exitCode == 0, ended.err.constData());
        const QJsonObject json = ended.json();
        QCOMPARE(json[u"schema"].toString(), u"vidimus.demo/1"_s);
        QVERIFY(json[u"live_url"].toString().startsWith(u"http://127.0.0.1:"));
        QStringList names;
        for (const QJsonValue& step : json[u"steps"].toArray()) {
            names.append(step[u"name"].toString());
            QVERIFY(step[u"seconds"].toDouble() >= 0);
            QVERIFY(!step[u"result"].toString().isEmpty());
        }
        QCOMPARE(names,
            (QStringList {u"workspace"_s, u"ingest"_s, u"probe"_s, u"check"_s, u"decide"_s, u"transcode"_s, u"rights"_s,
                u"publish"_s, u"sync"_s, u"live"_s, u"availability"_s, u"play"_s}));
        QVERIFY(allGoneWithin(5000));
    }
    QCOMPARE(room.run({u"audit"_s, u"verify"_s}).exitCode, 0);
    QCOMPARE(room.run({u"outbox"_s}).json()[u"operations"].toArray().size(), 0);
}

void TestDemo::servesUntilInterrupted()
{
    ProgramRoom room;
    allowDemoMedia(room);
    const auto server = room.start({u"demo"_s, u"--headless"_s});
    QByteArray line;
    QVERIFY(QTest::qWaitFor(
        [&] {
            line += server->readAllStandardOutput();
            return line.endsWith('\n') || server->state() == QProcess::NotRunning;
        },
        240'000));
    const QJsonObject json = Ended {.out = line}.json();
    QVERIFY2(!json.isEmpty(), server->readAllStandardError().constData());
    const QUrl live(json[u"live_url"].toString());
    const QByteArray base = "http://127.0.0.1:" + QByteArray::number(live.port());

    catalog::CurlTransport transport;
    catalog::CatalogClient visitor(transport, {base, {}}); // with no token, as anyone may
    catalog::AvailabilityQuery query {.title = TitleId(json[u"title"].toString()),
        .country = u"DE"_s,
        .site = u"web"_s,
        .offer = u"svod_base"_s,
        .at = std::nullopt};
    const auto allowed = visitor.availability(query);
    QVERIFY2(allowed, allowed ? "" : qPrintable(allowed.error().detail));
    QVERIFY(allowed->available);
    QCOMPARE(allowed->hlsUrl, live.toEncoded());

    constexpr qint64 kMaxBytes = 64LL << 20;
    const auto master = visitor.fetch(allowed->hlsUrl, kMaxBytes);
    QVERIFY(master);
    QVERIFY(master->body.startsWith("#EXTM3U"));
    const QList<QByteArray> variants = addressesIn(master->body, allowed->hlsUrl);
    QVERIFY(variants.size() >= 2);
    for (const QByteArray& variant : variants) {
        const auto playlist = visitor.fetch(variant, kMaxBytes);
        QVERIFY(playlist);
        QCOMPARE(playlist->status, 200);
        QVERIFY(playlist->body.contains("#EXT-X-ENDLIST"));
        const QList<QByteArray> segments = addressesIn(playlist->body, variant);
        QVERIFY(segments.size() >= 3);
        for (const QByteArray& segment : segments) {
            const auto piece = visitor.fetch(segment, kMaxBytes);
            QVERIFY(piece);
            QCOMPARE(piece->status, 200);
            QVERIFY(piece->body.size() > 100);
        }
    }
    // It holds the workspace, and answers other commands as a studio does.
    for (const QStringList& words : {QStringList {u"queue"_s}, {u"publication"_s, json[u"title"].toString()},
             {u"jobs"_s, u"run"_s}, {u"doctor"_s}}) {
        const Ended ended = room.run(words);
        QVERIFY2(ended.exitCode == 0, (words.join(u' ').toUtf8() + ": " + ended.out + ended.err).constData());
    }
    QCOMPARE(room.run({u"publication"_s, json[u"title"].toString()}).json()[u"live_url"].toString(), live.toString());
    query.country = u"JP"_s;
    const auto denied = visitor.availability(query);
    QVERIFY(denied);
    QVERIFY(!denied->available);
    QCOMPARE(denied->reason, QByteArray("TERRITORY"));
    QVERIFY(denied->hlsUrl.isEmpty());

    QVERIFY(!ProgramRoom::descendants(u"vidimus-catalogd"_s).isEmpty());
    QVERIFY(isListening(static_cast<quint16>(live.port())));
    kill(static_cast<pid_t>(server->processId()), SIGINT);
    QVERIFY(server->waitForFinished(10'000));
    QCOMPARE(server->exitStatus(), QProcess::NormalExit);
    QCOMPARE(server->exitCode(), 0);
    QVERIFY(allGoneWithin(5000));
    QVERIFY(!isListening(static_cast<quint16>(live.port())));
}

void TestDemo::stepThatCannotWorkIsNamedAndEndsTheDemo()
{
    ProgramRoom room;
    room.setVariable(u"VIDIMUS_DEMO_MEDIA"_s, room.path(u"nothing"_s));
    const Ended ended = room.run({u"demo"_s, u"--headless"_s, u"--exit"_s});
    QCOMPARE(ended.exitCode, 6);
    const QJsonArray steps = ended.json()[u"steps"].toArray();
    QCOMPARE(steps.size(), 2);
    QCOMPARE(steps.last()[u"name"].toString(), u"ingest"_s);
    QVERIFY(!ended.json()[u"error"].toObject().isEmpty());
    QVERIFY(allGoneWithin(5000));
}

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
