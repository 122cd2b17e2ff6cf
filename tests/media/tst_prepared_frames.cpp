#include "clip_file.h"
#include "core/media/engine/indexed_decoder.h"

#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::media;
using namespace vidimus::media::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kFrameBytes = 150'000; // a decoded 320×180 picture with the decoder's margins, at most

std::unique_ptr<IndexedDecoder> decoderFor(const ClipFile& file, qint64 cacheBytes = IndexedDecoder::kCacheBytes)
{
    auto decoder = IndexedDecoder::open(file.fd(), {}, {}, cacheBytes);
    return decoder ? std::move(*decoder) : nullptr;
}

/// Idle work until there is none left; false when there is no end to it.
bool prepareAll(IndexedDecoder& decoder, IndexedDecoder::Prepare what)
{
    for (int packets = 0; packets < 20'000; ++packets) {
        if (!decoder.prepare(what))
            return true;
    }
    return false;
}

std::vector<QByteArray> inOrder(const ClipFile& file)
{
    const auto decoder = decoderFor(file);
    std::vector<QByteArray> pictures;
    for (qint64 number = 0; decoder && number < decoder->index().count(); ++number) {
        const auto picture = decoder->frame(number, {});
        pictures.push_back(picture ? picture->bytes : QByteArray());
    }
    return pictures;
}

} // namespace

/// What idle time brings: the frames around the one that is looked at, the same as without it, within the bound.
class TestPreparedFrames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsOverTheKeyAreAtHand_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<GeneratedClip>("clip");
        QTest::newRow("B-frames") << u"a.mp4"_s << GeneratedClip {.frames = 100, .gop = 40, .bFrames = 3};
        QTest::newRow("open GOP") << u"a.ts"_s << GeneratedClip {.frames = 100, .gop = 40, .openGop = true};
        QTest::newRow("variable rate") << u"a.mp4"_s
                                       << GeneratedClip {.gop = 10,
                                              .frameTimesMs
                                              = {0, 40, 120, 160, 400, 440, 480, 520, 1000, 1040, 1043, 1200, 1240,
                                                  1900, 1940, 2000, 2040, 2100, 2500, 2540, 2580, 2620, 3000, 3040}};
        QTest::newRow("interlaced") << u"a.mp4"_s << GeneratedClip {.frames = 100, .gop = 40, .interlaced = true};
        QTest::newRow("counted") << u"a.avi"_s << GeneratedClip {.videoCodec = u"mpeg4"_s, .frames = 60, .gop = 12};
        QTest::newRow("vp9") << u"a.webm"_s << GeneratedClip {.videoCodec = u"libvpx-vp9"_s, .frames = 50, .gop = 20};
    }
    void stepsOverTheKeyAreAtHand()
    {
        QFETCH(QString, name);
        QFETCH(GeneratedClip, clip);
        const ClipFile file(clip, name);
        QVERIFY(file.fd() >= 0);
        const auto expected = inOrder(file);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder);
        const qint64 count = decoder->index().count();
        const qint64 key = decoder->index().keyAfter(0) > 0 ? decoder->index().keyAfter(0) : count / 2;
        QVERIFY(decoder->frame(key, {}));
        QVERIFY(prepareAll(*decoder, IndexedDecoder::Prepare::Around));
        for (qint64 number = 0; number < std::min(count, key + 20); ++number)
            QVERIFY2(decoder->isAtHand(number), qPrintable(QString::number(number)));
        for (qint64 number = key; number >= 0; --number) {
            const auto picture = decoder->frame(number, {});
            QVERIFY(picture);
            QVERIFY2(picture->bytes == expected[std::size_t(number)], qPrintable(QString::number(number)));
        }
    }

    void aheadAloneLeavesWhatLiesBefore()
    {
        const ClipFile file(GeneratedClip {.frames = 100, .gop = 50}, u"a.mp4"_s);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder && decoder->frame(50, {}));
        QVERIFY(prepareAll(*decoder, IndexedDecoder::Prepare::Ahead));
        QVERIFY(decoder->isAtHand(51) && decoder->isAtHand(70));
        QVERIFY(!decoder->isAtHand(49));
        QVERIFY(prepareAll(*decoder, IndexedDecoder::Prepare::Around));
        QVERIFY(decoder->isAtHand(49));
        // The reader that goes forward was not disturbed.
        const auto picture = decoder->frame(75, {});
        QVERIFY(picture);
        QCOMPARE(picture->number, 75);
    }

    void theCacheStaysWithinItsBound_data()
    {
        QTest::addColumn<qint64>("cacheBytes");
        QTest::newRow("ten frames") << 10 * kFrameBytes;
        QTest::newRow("forty frames") << 40 * kFrameBytes;
    }
    void theCacheStaysWithinItsBound()
    {
        QFETCH(qint64, cacheBytes);
        const ClipFile file(GeneratedClip {.frames = 200, .gop = 90}, u"a.mp4"_s);
        const auto expected = inOrder(file);
        const auto decoder = decoderFor(file, cacheBytes);
        QVERIFY(decoder);
        std::mt19937 random(3);
        qint64 at = 100;
        for (int i = 0; i < 120; ++i) {
            const int what = int(random() % 10);
            at = what == 0 ? qint64(random() % 200) : std::clamp<qint64>(at + (what < 7 ? -1 : 1), 0, 199);
            const auto picture = decoder->frame(at, {});
            QVERIFY(picture);
            QVERIFY2(picture->bytes == expected[std::size_t(at)], qPrintable(QString::number(at)));
            for (int packets = 0; packets < 40 && decoder->prepare(IndexedDecoder::Prepare::Around); ++packets)
                QVERIFY(decoder->cachedBytes() <= cacheBytes);
            QVERIFY(decoder->cachedBytes() <= cacheBytes);
            QVERIFY(decoder->isAtHand(at));
        }
    }

    void aWalkBackwardsFindsEachFrameAtHand()
    {
        // Longer than the cache, so that it must be filled again and again on the way.
        const ClipFile file(GeneratedClip {.frames = 150, .gop = 150}, u"a.mp4"_s);
        const auto decoder = decoderFor(file, 40 * kFrameBytes);
        QVERIFY(decoder && decoder->frame(149, {}));
        for (qint64 number = 148; number >= 0; --number) {
            QVERIFY(prepareAll(*decoder, IndexedDecoder::Prepare::Around));
            QVERIFY2(decoder->isAtHand(number), qPrintable(QString::number(number)));
            QVERIFY(decoder->frame(number, {}));
        }
    }

    void theFirstPictureOfAJumpComesFromTheWayThere()
    {
        const ClipFile file(GeneratedClip {.frames = 150, .gop = 60}, u"a.mp4"_s);
        const auto expected = inOrder(file);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder);
        for (const qint64 wanted : {110, 55, 149}) {
            const qint64 key = decoder->index().keyBefore(wanted);
            const auto near = decoder->nearFrame(wanted, {});
            QVERIFY(near);
            QVERIFY(near->number >= key && near->number < wanted);
            QVERIFY(near->bytes == expected[std::size_t(near->number)]);
            const auto exact = decoder->frame(wanted, {});
            QVERIFY(exact);
            QCOMPARE(exact->number, wanted);
            QVERIFY(exact->bytes == expected[std::size_t(wanted)]);
        }
        // What is there, or next, is given itself.
        for (const qint64 wanted : {149, 148, 61}) {
            const auto near = decoder->nearFrame(wanted, {});
            QVERIFY(near);
            QCOMPARE(near->number, wanted);
        }
        QVERIFY(!decoder->nearFrame(150, {}));
    }

    void idleWorkEndsOnADamagedFile()
    {
        const ClipFile whole(GeneratedClip {.frames = 100, .gop = 100, .quality = 10}, u"a.mkv"_s);
        QByteArray bytes = whole.bytes();
        std::mt19937 random(5);
        for (qsizetype at = bytes.size() / 3; at < bytes.size() * 2 / 3; at += 97)
            bytes[at] = char(random());
        const ClipFile file(bytes, u"b.mkv"_s);
        const auto decoder = decoderFor(file);
        if (!decoder)
            QSKIP("the damage met the structure of the file");
        for (const qint64 number : {qint64(0), decoder->index().count() - 1, decoder->index().count() / 2}) {
            std::ignore = decoder->frame(number, {});
            QVERIFY(prepareAll(*decoder, IndexedDecoder::Prepare::Around));
        }
    }

    void idleWorkStopsWhenCanceled()
    {
        const ClipFile file(GeneratedClip {.frames = 100, .gop = 50}, u"a.mp4"_s);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder && decoder->frame(60, {}));
        const CancelSource source;
        source.cancel();
        QVERIFY(!decoder->prepare(IndexedDecoder::Prepare::Around, source.token()));
        QVERIFY(!decoder->isAtHand(80));
        QVERIFY(prepareAll(*decoder, IndexedDecoder::Prepare::Around));
        QVERIFY(decoder->isAtHand(80));
    }

    void aFileWithoutPictureHasNothingToPrepare()
    {
        GeneratedClip clip {.video = false, .audioTracks = 1};
        const ClipFile file(clip, u"a.m4a"_s);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder);
        QVERIFY(!decoder->prepare(IndexedDecoder::Prepare::Around));
        QVERIFY(!decoder->isAtHand(0));
        QVERIFY(!decoder->nearFrame(0, {}));
    }
};

QTEST_GUILESS_MAIN(TestPreparedFrames)
#include "tst_prepared_frames.moc"
