#include "clip_file.h"
#include "core/media/engine/indexed_decoder.h"
#include "core/media/engine/pass.h"
#include "core/media/engine/probe.h"

#include <QTest>
#include <QtEndian>
#include <cstdio>
#include <random>
#include <sys/stat.h>

using namespace vidimus;
using namespace vidimus::media;
using namespace vidimus::media::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray randomBytes(std::size_t size, unsigned seed)
{
    std::mt19937 random(seed);
    QByteArray bytes(qsizetype(size), '\0');
    std::generate(bytes.begin(), bytes.end(), [&] { return char(random()); });
    return bytes;
}

// A PNG that is only its header (PNG, 3rd edition, 11.2.1).
QByteArray pngHeader(quint32 width, quint32 height)
{
    QByteArray bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    std::array<char, 8> size {};
    qToBigEndian(width, size.data());
    qToBigEndian(height, size.data() + 4);
    bytes.append(size.data(), 8).append("\x08\x02\0\0\0\0\0\0\0", 9);
    return bytes.append(QByteArray(4096, '\x11'));
}

struct Ignore : FrameSink {
    std::vector<PictureWish> wishes(const MediaFacts&) const override { return {{}}; }
    AudioWish audioWish() const override { return AudioWish::All; }
};

} // namespace

class TestHostileInput : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesWithAReason_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("empty") << QByteArray() << QByteArray("empty_file");
        QTest::newRow("zeros") << QByteArray(100'000, '\0') << QByteArray("not_media");
        QTest::newRow("text") << QByteArray("Hello, this is a letter.\n") << QByteArray("not_media");
        QTest::newRow("utf-16 text") << QByteArray("\xff\xfe#\0E\0X\0T\0", 10) << QByteArray("not_media");
        QTest::newRow("asf") << QByteArray("\x30\x26\xb2\x75\x8e\x66\xcf\x11\0\0\0\0", 12)
                             << QByteArray("format_not_supported");
        QTest::newRow("huge png") << pngHeader(65'535, 65'535) << QByteArray("too_many_pixels");
        QTest::newRow("png over the cap") << pngHeader(16'000, 16'000) << QByteArray("too_many_pixels");
    }
    void refusesWithAReason()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, reason);
        const ClipFile file(bytes, u"clip.mp4"_s);
        const auto facts = probe(file.fd());
        QVERIFY(!facts);
        QCOMPARE(facts.error().reason, reason);
        QVERIFY(!facts.error().detail.isEmpty());
    }

    void neverReadsAFileThatAPlaylistNames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isPlaylist");
        QTest::newRow("hls") << u"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n%1\n#EXT-X-ENDLIST\n"_s << true;
        QTest::newRow("hls with bom") << u"\uFEFF#EXTM3U\n#EXTINF:5,\n%1\n"_s << true;
        QTest::newRow("hls after blank lines") << u"\n\n #EXTM3U\n#EXTINF:5,\n%1\n"_s << true;
        QTest::newRow("ffconcat") << u"ffconcat version 1.0\nfile '%1'\n"_s << true;
        QTest::newRow("concat script") << u"file '%1'\n"_s << true;
        QTest::newRow("sdp") << u"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n"_s
                             << true;
        QTest::newRow("dash") << u"<?xml version=\"1.0\"?><MPD><BaseURL>file://%1</BaseURL></MPD>"_s << true;
        QTest::newRow("xspf") << u"<?xml version=\"1.0\"?><playlist><location>%1</location></playlist>"_s << true;
        QTest::newRow("pls") << u"[playlist]\nFile1=%1\n"_s << true;
        QTest::newRow("asx") << u"<asx version=\"3.0\"><entry><ref href=\"%1\"/></entry></asx>"_s << true;
        QTest::newRow("ffmetadata") << u";FFMETADATA1\ntitle=x\n"_s << true;
        QTest::newRow("imitated box") << u"1234ftyp\n#EXTM3U\n%1\n"_s << false;
        QTest::newRow("path alone") << u"%1\n"_s << false;
    }
    void neverReadsAFileThatAPlaylistNames()
    {
        QFETCH(QString, text);
        QFETCH(bool, isPlaylist);
        const ClipFile canary(GeneratedClip {.frames = 5}, u"canary.ts"_s);
        // Access times are not kept on every file system; a FIFO shows an open for certain: it would block for ever.
        const QString fifo = canary.path() + u".fifo"_s;
        QCOMPARE(::mkfifo(fifo.toUtf8().constData(), 0600), 0);
        for (const QString& path : {canary.path(), fifo}) {
            const ClipFile file(text.contains(u"%1"_s) ? text.arg(path).toUtf8() : text.toUtf8(), u"clip.mp4"_s);
            const auto facts = probe(file.fd());
            QVERIFY(!facts);
            QCOMPARE(facts.error().reason, QByteArray(isPlaylist ? "playlist_refused" : "not_media"));
        }
    }

    void saysThatTheIndexOfACutRecordingIsMissing()
    {
        GeneratedClip clip;
        clip.fastStart = false;
        const ClipFile whole(clip, u"a.mp4"_s);
        const ClipFile file(whole.bytes().first(whole.bytes().size() / 2), u"b.mp4"_s);
        const auto facts = probe(file.fd());
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, ErrorCode::Corrupt);
        QCOMPARE(facts.error().reason, QByteArray("moov_missing"));
    }

    void tellsOfAFileThatEndsEarly()
    {
        const ClipFile whole(GeneratedClip {}, u"a.mp4"_s);
        const ClipFile file(whole.bytes().first(whole.bytes().size() * 2 / 3), u"b.mp4"_s);
        const auto facts = probe(file.fd());
        QVERIFY(facts);
        const auto truncated = std::find_if(facts->problems.begin(), facts->problems.end(),
            [](const MediaProblem& problem) { return problem.code == "truncated"; });
        QVERIFY(truncated != facts->problems.end());
    }

    void refusesTooManyStreams()
    {
        const ClipFile file(GeneratedClip {.frames = 2, .audioTracks = 9}, u"a.mkv"_s);
        const auto facts = probe(file.fd(), {.maxStreams = 8});
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, ErrorCode::LimitExceeded);
        QCOMPARE(facts.error().reason, QByteArray("too_many_streams"));
        QVERIFY(probe(file.fd(), {.maxStreams = 10}));
    }

    void refusesWhatIsTooLongOrTooLarge()
    {
        const ClipFile file(GeneratedClip {}, u"a.mp4"_s);
        QCOMPARE(probe(file.fd(), {.maxDurationSeconds = 1}).error().reason, QByteArray("too_long"));
        QCOMPARE(probe(file.fd(), {.maxBytes = 1000}).error().reason, QByteArray("too_large"));
        QCOMPARE(probe(file.fd(), {.maxPixels = 1000}).error().reason, QByteArray("too_many_pixels"));
        QCOMPARE(probe(-1).error().code, ErrorCode::Io);
    }

    void survivesNoise()
    {
        for (unsigned seed = 0; seed < 200; ++seed) {
            const ClipFile file(randomBytes(8192, seed), u"clip.mp4"_s);
            const auto facts = probe(file.fd());
            QVERIFY(!facts || facts->video.size() + facts->audio.size() > 0);
        }
    }

    void survivesDamagedFiles_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("codec");
        QTest::newRow("mp4") << u"a.mp4"_s << u"libx264"_s;
        QTest::newRow("mkv") << u"a.mkv"_s << u"libx264"_s;
        QTest::newRow("ts") << u"a.ts"_s << u"mpeg2video"_s;
        QTest::newRow("avi") << u"a.avi"_s << u"mpeg4"_s;
        QTest::newRow("flv") << u"a.flv"_s << u"libx264"_s;
        QTest::newRow("mpg") << u"a.mpg"_s << u"mpeg2video"_s;
    }
    void survivesDamagedFiles()
    {
        QFETCH(QString, name);
        QFETCH(QString, codec);
        const GeneratedClip clip {.videoCodec = codec,
            .width = 96,
            .height = 64,
            .frames = 20,
            .gop = 8,
            .audioTracks = 1,
            .audioCodec = name.endsWith(u"flv"_s) ? u"aac"_s : u"mp2"_s};
        const ClipFile whole(clip, name);
        QVERIFY(whole.fd() >= 0);
        const QByteArray good = whole.bytes();
        for (unsigned seed = 0; seed < 40; ++seed) {
            std::mt19937 random(seed);
            QByteArray bytes = good;
            for (unsigned n = 0; n < 1 + seed; ++n)
                bytes[qsizetype(random() % std::size_t(bytes.size()))] = char(random());
            const ClipFile file(bytes, name);
            Ignore sink;
            FrameSink* sinks[] = {&sink};
            auto input = Input::open(file.fd());
            if (!input)
                continue;
            const auto summary = runPass(**input, sinks);
            if (!summary)
                QVERIFY(!summary.error().detail.isEmpty());
            const auto decoder = IndexedDecoder::open(file.fd());
            if (!decoder)
                continue;
            const qint64 count = (*decoder)->index().count();
            for (const qint64 number : {count - 1, count / 2, qint64(0)}) {
                const auto picture = (*decoder)->frame(number, {64, 64});
                if (picture)
                    QCOMPARE(picture->number, number);
            }
            static_cast<void>((*decoder)->audio(10'000, 4800));
        }
    }
};

QTEST_GUILESS_MAIN(TestHostileInput)
#include "tst_hostile_input.moc"
