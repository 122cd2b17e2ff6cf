#include "clip_file.h"
#include "core/media/engine/pass.h"

#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::media;
using namespace vidimus::media::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

class Recorder : public FrameSink {
public:
    std::vector<PictureWish> wished {{}};
    AudioWish sound = AudioWish::None;
    qint64 failAt = -1;

    std::vector<qint64> numbers;
    std::vector<int> painted; ///< the number seen in the last wish's picture
    std::vector<double> times;
    std::vector<PictureSize> sizes;
    std::vector<DamagedRange> damage;
    std::vector<const std::byte*> planes;
    std::vector<std::vector<float>> samples;
    std::vector<double> soundStarts;
    int begins = 0;
    int ends = 0;

    std::vector<PictureWish> wishes(const MediaFacts&) const override { return wished; }
    AudioWish audioWish() const override { return sound; }
    Result<void> begin(const PassStart& start) override
    {
        ++begins;
        samples.resize(start.facts.audio.size());
        return {};
    }
    Result<void> picture(const PictureSet& set) override
    {
        const FrameView& view = set.views.back();
        if (view.number == failAt)
            return Error {ErrorCode::DiskFull, u"full"_s, {}};
        numbers.push_back(view.number);
        times.push_back(view.time.toDouble());
        sizes.push_back({view.width, view.height});
        planes.push_back(view.planes[0].data);
        const int step = view.format == PixelFormat::Bgra ? 4 : bytesPerSampleOf(view.format);
        if (step != 2)
            painted.push_back(
                readFrameNumber(view.planes[0].row8(0), view.planes[0].strideBytes, view.width, view.height, step));
        return {};
    }
    Result<void> audio(const AudioView& view) override
    {
        if (samples[std::size_t(view.stream)].empty())
            soundStarts.push_back(view.time.toDouble());
        samples[std::size_t(view.stream)].insert(
            samples[std::size_t(view.stream)].end(), view.samples.begin(), view.samples.end());
        return {};
    }
    Result<void> damaged(const DamagedRange& range) override
    {
        damage.push_back(range);
        return {};
    }
    Result<void> end() override
    {
        ++ends;
        return {};
    }
};

Result<PassSummary> pass(int fd, std::vector<FrameSink*> sinks, const PassOptions& options = {},
    const CancelToken& cancel = {}, const ProgressSink& progress = {})
{
    auto input = Input::open(fd);
    if (!input)
        return std::move(input).error();
    return runPass(**input, sinks, options, cancel, progress);
}

} // namespace

class TestPass : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void handsOverEveryFrameOnceInOrder_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("codec");
        QTest::addColumn<bool>("interlaced");
        QTest::newRow("h264 mp4") << u"a.mp4"_s << u"libx264"_s << false;
        QTest::newRow("h264 mkv") << u"a.mkv"_s << u"libx264"_s << false;
        QTest::newRow("h264 ts") << u"a.ts"_s << u"libx264"_s << false;
        QTest::newRow("h264 flv") << u"a.flv"_s << u"libx264"_s << false;
        QTest::newRow("mpeg4 avi without times") << u"a.avi"_s << u"mpeg4"_s << false;
        QTest::newRow("mpeg4 mkv") << u"a.mkv"_s << u"mpeg4"_s << false;
        QTest::newRow("mpeg2 program stream") << u"a.mpg"_s << u"mpeg2video"_s << false;
        QTest::newRow("mpeg2 interlaced ts") << u"a.ts"_s << u"mpeg2video"_s << true;
        QTest::newRow("ffv1 mkv") << u"a.mkv"_s << u"ffv1"_s << false;
    }
    void handsOverEveryFrameOnceInOrder()
    {
        QFETCH(QString, name);
        QFETCH(QString, codec);
        QFETCH(bool, interlaced);
        GeneratedClip clip;
        clip.videoCodec = codec;
        clip.interlaced = interlaced;
        clip.frames = 70;
        clip.gop = codec == u"ffv1"_s ? 1 : 24;
        const ClipFile file(clip, name);
        QVERIFY(file.fd() >= 0);
        Recorder sink;
        const auto summary = pass(file.fd(), {&sink});
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QCOMPARE(summary->frames, 70);
        QCOMPARE(summary->damagedFrames, 0);
        QCOMPARE(sink.begins, 1);
        QCOMPARE(sink.ends, 1);
        for (int n = 0; n < 70; ++n) {
            QCOMPARE(sink.numbers[std::size_t(n)], n);
            QCOMPARE(sink.painted[std::size_t(n)], n);
        }
        QVERIFY(std::abs(sink.times[50] - sink.times[0] - 2.0) < 0.002);
    }

    void equalWishesShareOneConversion()
    {
        const ClipFile file(GeneratedClip {.frames = 5}, u"a.mp4"_s);
        Recorder first;
        first.wished = {{.form = PictureWish::Form::Luma, .bounds = {160, 160}}};
        Recorder second;
        second.wished = {{}, {.form = PictureWish::Form::Luma, .bounds = {160, 160}}};
        QVERIFY(pass(file.fd(), {&first, &second}));
        QCOMPARE(first.planes, second.planes);
        QCOMPARE(first.sizes[0], (PictureSize {160, 90}));
        QCOMPARE(first.painted, (std::vector<int> {0, 1, 2, 3, 4}));
    }

    void bgraIsConvertedByTheTags()
    {
        GeneratedClip clip {.frames = 2, .tagBt709 = true};
        // BT.709 limited red: Y 63, Cb 102, Cr 240 (ITU-R BT.709-6, table 4).
        clip.painter = [](const Canvas& canvas, int) { canvas.fill(63, 102, 240); };
        const ClipFile file(clip, u"a.mp4"_s);
        struct Red : Recorder {
            std::array<int, 3> seen {};
            Result<void> picture(const PictureSet& set) override
            {
                const std::uint8_t* pixel = set[0].planes[0].row8(50) + 4 * 50;
                seen = {pixel[2], pixel[1], pixel[0]};
                return {};
            }
        } sink;
        sink.wished = {{.form = PictureWish::Form::Bgra}};
        QVERIFY(pass(file.fd(), {&sink}));
        QVERIFY2(sink.seen[0] >= 250 && sink.seen[1] <= 5 && sink.seen[2] <= 5,
            qPrintable(u"%1 %2 %3"_s.arg(sink.seen[0]).arg(sink.seen[1]).arg(sink.seen[2])));
    }

    void soundArrivesWholeAndAtItsPlace_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("codec");
        QTest::newRow("aac mp4") << u"a.mp4"_s << u"aac"_s;
        QTest::newRow("flac mkv") << u"a.mkv"_s << u"flac"_s;
        QTest::newRow("mp2 ts") << u"a.ts"_s << u"mp2"_s;
    }
    void soundArrivesWholeAndAtItsPlace()
    {
        QFETCH(QString, name);
        QFETCH(QString, codec);
        GeneratedClip clip {.frames = 50, .audioTracks = 2, .audioCodec = codec};
        // A click at exactly one second.
        clip.tone = [](int, std::int64_t index) { return index >= 48000 && index < 48048 ? 0.8F : 0.0F; };
        const ClipFile file(clip, name);
        QVERIFY(file.fd() >= 0);
        Recorder best;
        best.wished.clear();
        best.sound = AudioWish::Best;
        Recorder all;
        all.wished.clear();
        all.sound = AudioWish::All;
        const auto summary = pass(file.fd(), {&best, &all});
        QVERIFY(summary);
        QCOMPARE(summary->frames, 0);
        QCOMPARE(all.samples.size(), std::size_t(2));
        QVERIFY(best.samples[1].empty());
        QCOMPARE(best.samples[0], all.samples[0]);
        QVERIFY(std::abs(double(all.samples[1].size()) / 2 - 96000) < 2500);
        const auto loud
            = std::find_if(best.samples[0].begin(), best.samples[0].end(), [](float v) { return v > 0.4F; });
        const double at = best.soundStarts[0] + double(loud - best.samples[0].begin()) / 2 / 48000;
        // MPEG layer II delays by its filter bank (481 samples); the others are exact.
        QVERIFY2(std::abs(at - 1.0) < (codec == u"mp2"_s ? 0.015 : 0.002), qPrintable(QString::number(at)));
    }

    void aRangeIsTheSameFramesAndTheSoundOfTheirTime()
    {
        const ClipFile file(
            GeneratedClip {.frames = 120, .gop = 25, .audioTracks = 1, .audioCodec = u"flac"_s}, u"a.mkv"_s);
        Recorder sink;
        sink.sound = AudioWish::Best;
        const auto summary = pass(file.fd(), {&sink}, {.firstFrame = 40, .endFrame = 90});
        QVERIFY(summary);
        QCOMPARE(summary->frames, 50);
        QCOMPARE(sink.numbers.front(), 40);
        QCOMPARE(sink.painted.front(), 40);
        QCOMPARE(sink.painted.back(), 89);
        QCOMPARE(sink.samples[0].size(), std::size_t(2 * 48000 * 2));
        QVERIFY(std::abs(sink.soundStarts[0] - 1.6) < 1e-4);
    }

    void damageIsToldNotSkipped()
    {
        const GeneratedClip clip {.frames = 60, .gop = 12, .bFrames = 0};
        const ClipFile whole(clip, u"a.ts"_s);
        QByteArray bytes = whole.bytes();
        const qsizetype middle = bytes.size() / 2 / 188 * 188;
        bytes.remove(middle, 188 * 12);
        const ClipFile file(bytes, u"b.ts"_s);
        Recorder sink;
        const auto summary = pass(file.fd(), {&sink});
        QVERIFY(summary);
        QVERIFY(!sink.damage.empty());
        QVERIFY(summary->damagedFrames > 0);
        QVERIFY(sink.damage[0].picture);
        QVERIFY(sink.damage[0].endFrame > sink.damage[0].firstFrame);
        // Each frame of the index was either handed over or told as damaged.
        std::vector<bool> known(std::size_t(summary->facts.programmeVideo()->frameCount), false);
        for (const qint64 n : sink.numbers)
            known[std::size_t(n)] = true;
        for (const DamagedRange& range : sink.damage) {
            for (qint64 n = range.firstFrame; n < range.endFrame; ++n)
                known[std::size_t(n)] = true;
        }
        QVERIFY(std::all_of(known.begin(), known.end(), [](bool value) { return value; }));
    }

    void saysThatItGoesOnBeforeThePictureWhereItStopped()
    {
        const ClipFile file(
            GeneratedClip {.width = 64, .height = 36, .frames = 1500, .gop = 250, .audioTracks = 1}, u"a.mp4"_s);
        Recorder sink;
        sink.sound = AudioWish::Best;
        int reading = 0; // told while there was no picture
        int decoding = 0;
        PassOptions options;
        options.resumeAt = 1400;
        const auto summary = pass(file.fd(), {&sink}, options, {}, [&](const Progress& progress) {
            if (!sink.numbers.empty())
                return;
            reading += progress.total == 0;
            decoding += progress.total == 1500 && progress.done == 1400;
        });
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
        QCOMPARE(sink.numbers.front(), 1400);
        QVERIFY(reading >= 3);
        QVERIFY(decoding >= 3);
    }

    void soundThatCannotBeDecodedIsToldWhereItIs()
    {
        const ClipFile whole(GeneratedClip {.video = false, .audioTracks = 1, .audioSeconds = 8}, u"a.m4a"_s);
        QByteArray bytes = whole.bytes();
        const qsizetype damaged = bytes.size() / 4;
        bytes.replace(bytes.size() / 2, damaged, QByteArray(damaged, '\0'));
        const ClipFile file(bytes, u"b.m4a"_s);
        Recorder sink;
        sink.sound = AudioWish::All;
        QVERIFY(pass(file.fd(), {&sink}));
        QVERIFY(sink.damage.size() > 10);
        // Each hole is after the one before, and together they are the part of the file that is gone.
        double total = 0;
        for (std::size_t n = 0; n < sink.damage.size(); ++n) {
            const DamagedRange& range = sink.damage[n];
            QVERIFY(!range.picture);
            QVERIFY(range.endSeconds > range.startSeconds);
            QVERIFY(n == 0 || range.startSeconds > sink.damage[n - 1].endSeconds - 1e-6);
            total += range.endSeconds - range.startSeconds;
        }
        QVERIFY2(total > 1.5 && total < 2.5, qPrintable(QString::number(total)));
        QVERIFY(std::abs(sink.damage.front().startSeconds - 4) < 0.5);
    }

    void onlyChosenPicturesCome_data() { handsOverEveryFrameOnceInOrder_data(); }
    void onlyChosenPicturesCome()
    {
        QFETCH(QString, name);
        QFETCH(QString, codec);
        QFETCH(bool, interlaced);
        GeneratedClip clip;
        clip.videoCodec = codec;
        clip.interlaced = interlaced;
        clip.frames = 70;
        clip.gop = codec == u"ffv1"_s ? 1 : 24;
        const ClipFile file(clip, name);
        for (const std::vector<qint64>& chosen :
            {std::vector<qint64> {}, {0}, {69}, {0, 7, 8, 14, 21, 30, 31, 32, 60}, {1, 2, 3, 68}}) {
            Recorder sink;
            PassOptions options;
            options.choose = [&](const FrameIndex& index) {
                Q_ASSERT(index.count() == 70);
                return chosen;
            };
            const auto summary = pass(file.fd(), {&sink}, options);
            QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().detail));
            QCOMPARE(sink.numbers, chosen);
            QVERIFY(std::ranges::equal(sink.painted, chosen));
            QCOMPARE(summary->frames, qint64(chosen.size()));
            QVERIFY(sink.damage.empty());
            QCOMPARE(sink.ends, 1);
        }
    }

    void inPlaceOfADamagedPictureTheNextWholeOneComes()
    {
        const GeneratedClip clip {.frames = 60, .gop = 12, .bFrames = 0};
        const ClipFile whole(clip, u"a.ts"_s);
        QByteArray bytes = whole.bytes();
        bytes.remove(bytes.size() / 2 / 188 * 188, 188 * 12);
        const ClipFile file(bytes, u"b.ts"_s);
        Recorder all;
        QVERIFY(pass(file.fd(), {&all}, {.threads = 1}));
        QVERIFY(!all.damage.empty());
        const qint64 broken = all.damage[0].firstFrame;
        Recorder sink;
        PassOptions options;
        options.threads = 1;
        options.choose = [&](const FrameIndex&) { return std::vector<qint64> {0, broken, broken + 1, 59}; };
        QVERIFY(pass(file.fd(), {&sink}, options));
        QVERIFY(sink.numbers.size() >= 2 && sink.numbers.size() <= 4);
        QCOMPARE(sink.numbers.front(), 0);
        QVERIFY(sink.numbers[1] > broken);
        for (std::size_t n = 1; n < sink.numbers.size(); ++n)
            QVERIFY(sink.numbers[n] > sink.numbers[n - 1]);
    }

    void aSinksErrorStopsThePass()
    {
        const ClipFile file(GeneratedClip {}, u"a.mp4"_s);
        Recorder sink;
        sink.failAt = 7;
        const auto summary = pass(file.fd(), {&sink});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::DiskFull);
        QCOMPARE(sink.numbers.size(), std::size_t(7));
        QCOMPARE(sink.ends, 0);
    }

    void cancelStopsAndProgressGrows()
    {
        const ClipFile file(GeneratedClip {.frames = 100}, u"a.mp4"_s);
        const CancelSource source;
        Recorder sink;
        double last = 0;
        const auto summary = pass(file.fd(), {&sink}, {}, source.token(), [&](const Progress& progress) {
            QVERIFY(progress.done >= last);
            QCOMPARE(progress.total, 100.0);
            last = progress.done;
            if (progress.done >= 32)
                source.cancel();
        });
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Canceled);
        QVERIFY(sink.numbers.size() < 100);
    }

    void tenBitsComeAsTenBits()
    {
        const ClipFile file(GeneratedClip {.frames = 3, .pixelFormat = u"yuv420p10le"_s}, u"a.mp4"_s);
        struct Deep : Recorder {
            PixelFormat format = PixelFormat::Gray8;
            Result<void> picture(const PictureSet& set) override
            {
                format = set[0].format;
                return Recorder::picture(set);
            }
        } sink;
        sink.wished = {{}, {.form = PictureWish::Form::Luma}};
        QVERIFY(pass(file.fd(), {&sink}));
        QCOMPARE(sink.format, PixelFormat::Yuv420p10);
        QCOMPARE(sink.painted, (std::vector<int> {0, 1, 2}));
    }
};

QTEST_GUILESS_MAIN(TestPass)
#include "tst_pass.moc"
