#include "clip_file.h"
#include "core/media/engine/indexed_decoder.h"

#include <QTest>
#include <cmath>
#include <random>

using namespace vidimus;
using namespace vidimus::media;
using namespace vidimus::media::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<IndexedDecoder> decoderFor(const ClipFile& file, qint64 cacheBytes = 1)
{
    auto decoder = IndexedDecoder::open(file.fd(), {}, {}, cacheBytes);
    return decoder ? std::move(*decoder) : nullptr;
}

int numberIn(const PictureBuffer& picture)
{
    return readFrameNumber(picture.row(0), picture.strideBytes, picture.width, picture.height, 4);
}

} // namespace

class TestIndexedDecoder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFrameIsTheOneOfASequentialDecode_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<GeneratedClip>("clip");
        QTest::newRow("h264 mp4, gop 48") << u"a.mp4"_s << GeneratedClip {.frames = 120};
        QTest::newRow("h264 mkv, gop 24") << u"a.mkv"_s << GeneratedClip {.frames = 100, .gop = 24, .bFrames = 3};
        QTest::newRow("h264 open gop ts")
            << u"a.ts"_s << GeneratedClip {.frames = 100, .gop = 20, .openGop = true, .audioTracks = 1};
        QTest::newRow("h264 open gop mp4") << u"a.mp4"_s << GeneratedClip {.frames = 100, .gop = 20, .openGop = true};
        QTest::newRow("h264 interlaced mp4")
            << u"a.mp4"_s << GeneratedClip {.frames = 60, .gop = 24, .interlaced = true};
        QTest::newRow("h264 flv") << u"a.flv"_s << GeneratedClip {.frames = 60, .gop = 24};
        QTest::newRow("10 bit") << u"a.mp4"_s
                                << GeneratedClip {.frames = 60, .gop = 24, .pixelFormat = u"yuv420p10le"_s};
        QTest::newRow("mpeg4 mkv") << u"a.mkv"_s << GeneratedClip {.videoCodec = u"mpeg4"_s, .frames = 60, .gop = 12};
        QTest::newRow("mpeg4 avi, counted")
            << u"a.avi"_s << GeneratedClip {.videoCodec = u"mpeg4"_s, .frames = 40, .gop = 12};
        QTest::newRow("mpeg2 interlaced open gop ts")
            << u"a.ts"_s
            << GeneratedClip {
                   .videoCodec = u"mpeg2video"_s, .frames = 60, .gop = 12, .openGop = true, .interlaced = true};
        QTest::newRow("mpeg2 program stream")
            << u"a.mpg"_s << GeneratedClip {.videoCodec = u"mpeg2video"_s, .frames = 60, .gop = 12};
        QTest::newRow("vp9 webm") << u"a.webm"_s
                                  << GeneratedClip {.videoCodec = u"libvpx-vp9"_s, .frames = 40, .gop = 16};
        QTest::newRow("intra only") << u"a.mkv"_s << GeneratedClip {.videoCodec = u"ffv1"_s, .frames = 30, .gop = 1};
        QTest::newRow("variable rate") << u"a.mp4"_s
                                       << GeneratedClip {.gop = 10,
                                              .frameTimesMs = {0, 40, 120, 160, 400, 440, 480, 520, 1000, 1040, 1043,
                                                  1200, 1240, 1900, 1940, 2000, 2040}};
        QTest::newRow("a width that fills no whole stride")
            << u"a.mp4"_s << GeneratedClip {.width = 180, .height = 320, .frames = 30, .gop = 12};
        QTest::newRow("one frame") << u"a.mp4"_s << GeneratedClip {.frames = 1};
    }
    void everyFrameIsTheOneOfASequentialDecode()
    {
        QFETCH(QString, name);
        QFETCH(GeneratedClip, clip);
        const ClipFile file(clip, name);
        QVERIFY(file.fd() >= 0);
        const auto sequential = decoderFor(file);
        QVERIFY(sequential);
        const auto frames = clip.frameTimesMs.empty() ? clip.frames : static_cast<int>(clip.frameTimesMs.size());
        QCOMPARE(sequential->index().count(), frames);
        std::vector<QByteArray> expected;
        for (int n = 0; n < frames; ++n) {
            const auto picture = sequential->frame(n, {});
            QVERIFY2(picture, qPrintable(picture ? QString() : picture.error().detail));
            QCOMPARE(picture->number, n);
            QCOMPARE(numberIn(*picture), n);
            expected.push_back(picture->bytes);
        }
        // Anywhere, in any order, with one decoder and a cache too small to help.
        std::vector<int> order;
        for (int n = 0; n < frames; ++n)
            order.push_back(n);
        std::shuffle(order.begin(), order.end(), std::mt19937(7)); // a fixed order, the same on every run
        for (int n = frames - 1; n >= std::max(0, frames - 30); --n)
            order.push_back(n);
        const auto random = decoderFor(file);
        for (const int n : order) {
            const auto picture = random->frame(n, {});
            QVERIFY2(picture, qPrintable(picture ? QString() : picture.error().detail));
            QCOMPARE(numberIn(*picture), n);
            QVERIFY2(picture->bytes == expected[std::size_t(n)], qPrintable(u"frame %1"_s.arg(n)));
        }
    }

    void timesOfAVariableRateAreExact()
    {
        const ClipFile file(GeneratedClip {.frameTimesMs = {0, 40, 120, 160, 400, 440}}, u"a.mp4"_s);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder);
        QCOMPARE(decoder->facts().programmeVideo()->rateKind, RateKind::Variable);
        QCOMPARE(decoder->index().timeOf(3), (Rational {160, 1000}));
        QCOMPARE(decoder->index().frameAt(0.399), 3);
        QCOMPARE(decoder->index().frameAt(0.4), 4);
    }

    void rotationAndSampleAspectAreApplied_data()
    {
        QTest::addColumn<int>("degrees");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        // Where the coded top left corner goes, in quarters of the shown picture.
        QTest::addColumn<bool>("right");
        QTest::addColumn<bool>("bottom");
        QTest::newRow("none") << 0 << 360 << 180 << false << false;
        QTest::newRow("90 clockwise") << 90 << 180 << 360 << true << false;
        QTest::newRow("180") << 180 << 360 << 180 << true << true;
        QTest::newRow("270 clockwise") << 270 << 180 << 360 << false << true;
    }
    void rotationAndSampleAspectAreApplied()
    {
        QFETCH(int, degrees);
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(bool, right);
        QFETCH(bool, bottom);
        GeneratedClip clip {
            .width = 240, .height = 180, .frames = 2, .rotationDegrees = degrees, .sarNum = 3, .sarDen = 2};
        clip.painter
            = [](const Canvas& canvas, int) { canvas.rectangle(0, 0, canvas.width / 2, canvas.height / 2, 235); };
        const ClipFile file(clip, u"a.mp4"_s);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder);
        QCOMPARE(decoder->facts().programmeVideo()->orientation.clockwiseDegrees, degrees);
        const auto picture = decoder->frame(0, {});
        QVERIFY(picture);
        QCOMPARE(picture->width, width);
        QCOMPARE(picture->height, height);
        for (const bool atRight : {false, true}) {
            for (const bool atBottom : {false, true}) {
                const int x = picture->width * (atRight ? 3 : 1) / 4;
                const int y = picture->height * (atBottom ? 3 : 1) / 4;
                const bool white = picture->row(y)[x * 4] > 128;
                QCOMPARE(white, atRight == right && atBottom == bottom);
            }
        }
        const auto small = decoder->frame(1, {90, 90});
        QVERIFY(small);
        QCOMPARE(std::max(small->width, small->height), 90);
        QCOMPARE(std::min(small->width, small->height), 45);
    }

    void refusesFramesThatAreNotThere()
    {
        const ClipFile file(GeneratedClip {.frames = 3}, u"a.mp4"_s);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder->frame(2, {}));
        for (const qint64 number : {-1, 3, 1000}) {
            const auto picture = decoder->frame(number, {});
            QVERIFY(!picture);
            QCOMPARE(picture.error().code, ErrorCode::Invalid);
        }
    }

    void aCanceledFrameCanBeAskedAgain()
    {
        const ClipFile file(GeneratedClip {.frames = 60}, u"a.mp4"_s);
        const auto decoder = decoderFor(file);
        const CancelSource source;
        source.cancel();
        const auto canceled = decoder->frame(30, {}, source.token());
        QVERIFY(!canceled);
        QCOMPARE(canceled.error().code, ErrorCode::Canceled);
        const auto picture = decoder->frame(30, {});
        QVERIFY(picture);
        QCOMPARE(numberIn(*picture), 30);
    }

    void soundFromAnySampleIsTheSame_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("codec");
        QTest::addColumn<int>("rate");
        QTest::newRow("aac mp4") << u"a.mp4"_s << u"aac"_s << 48000;
        QTest::newRow("flac mkv") << u"a.mkv"_s << u"flac"_s << 48000;
        QTest::newRow("pcm wav 44.1") << u"a.wav"_s << u"pcm_s16le"_s << 44100;
    }
    void soundFromAnySampleIsTheSame()
    {
        QFETCH(QString, name);
        QFETCH(QString, codec);
        QFETCH(int, rate);
        GeneratedClip clip {.frames = 100, .audioTracks = 1, .audioCodec = codec, .channels = 1, .sampleRate = rate};
        clip.video = !name.endsWith(u"wav"_s);
        clip.audioSeconds = 4;
        clip.tone = [rate](int, std::int64_t index) {
            const double t = double(index) / rate;
            return float(0.4 * std::sin(2 * M_PI * (200 + 100 * t) * t));
        };
        const ClipFile file(clip, name);
        const auto decoder = decoderFor(file);
        QVERIFY(decoder);
        const auto whole = decoder->audio(0, 48000 * 5);
        QVERIFY(whole);
        QVERIFY(std::abs(qint64(whole->size() / 2) - 192000) < 1100);
        const double level = std::abs((*whole)[2 * 48000] - 0.0);
        QVERIFY(level <= 1.0);
        for (const qint64 from : {150000, 20000, 96000, 100, 47999}) {
            const auto part = decoder->audio(from, 4800);
            QVERIFY(part);
            QCOMPARE(part->size(), std::size_t(9600));
            double worst = 0;
            for (std::size_t n = 0; n < part->size(); ++n)
                worst = std::max(worst, double(std::abs((*part)[n] - (*whole)[std::size_t(from) * 2 + n])));
            QVERIFY2(worst < 0.03, qPrintable(u"from %1: %2"_s.arg(from).arg(worst)));
        }
        const auto beyond = decoder->audio(48000 * 100, 100);
        QVERIFY(beyond && beyond->empty());
    }

    void pictureAndSoundDoNotDisturbEachOther()
    {
        const ClipFile file(GeneratedClip {.frames = 75, .gop = 25, .audioTracks = 1}, u"a.mp4"_s);
        const auto decoder = decoderFor(file);
        for (int n = 0; n < 75; ++n) {
            const auto picture = decoder->frame(n, {320, 180});
            QVERIFY(picture);
            QCOMPARE(numberIn(*picture), n);
            const auto sound = decoder->audio(n * 1920, 1920);
            QVERIFY(sound);
            QCOMPARE(sound->size(), std::size_t(3840));
        }
    }

    void aFileWithoutSoundGivesSilence()
    {
        const ClipFile file(GeneratedClip {}, u"a.mp4"_s);
        const auto sound = decoderFor(file)->audio(0, 1000);
        QVERIFY(sound);
        QCOMPARE(*sound, std::vector<float>(2000, 0.0F));
    }
};

QTEST_GUILESS_MAIN(TestIndexedDecoder)
#include "tst_indexed_decoder.moc"
