#include "core/base/sha256.h"
#include "core/base/unique_fd.h"
#include "core/media/engine/probe.h"
#include "core/transcode/engine/transcoder.h"
#include "core/transcode/segment_store.h"
#include "decoded_track.h"
#include "support/generated_clip.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QtTest>
#include <fcntl.h>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::transcode;
using namespace Qt::StringLiterals;

namespace {

Ladder smallLadder()
{
    return {.name = u"small"_s,
        .segmentSeconds = 1,
        .preset = u"ultrafast"_s,
        .renditions = {{.name = u"high"_s, .shortSide = 180, .crf = 20, .maxRate = 2'000'000, .bufferSize = 1'000'000},
            {.name = u"low"_s, .shortSide = 96, .crf = 24, .maxRate = 500'000, .bufferSize = 250'000}},
        .audio = LadderAudio {.codec = AudioCodec::Aac, .bitRate = 64'000, .channels = 2}};
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A sink that stops the run before it opens its n-th output.
class StoppingSink : public OutputSink {
public:
    StoppingSink(OutputSink& inner, int outputs)
        : m_inner(inner)
        , m_left(outputs)
    {
    }
    Result<int> open(const OutputKey& key) override
    {
        if (m_left-- <= 0)
            return Error {ErrorCode::Io, u"stopped"_s, "stopped"};
        return m_inner.open(key);
    }
    Result<void> finish(const FinishedOutput& output) override { return m_inner.finish(output); }

private:
    OutputSink& m_inner;
    int m_left;
};

struct Run {
    QTemporaryDir folder;
    QString clipPath = folder.filePath(u"clip.mp4"_s);
    QString out = folder.filePath(u"out"_s);
    UniqueFd input;
    TranscodeRequest request;
    Plan plan;

    [[nodiscard]] bool open(const GeneratedClip& clip)
    {
        if (const auto written = clip.write(clipPath); !written) {
            qWarning("%s", qPrintable(written.error().detail));
            return false;
        }
        return openFile();
    }
    [[nodiscard]] bool openFile()
    {
        const Ladder ladder = smallLadder();
        input = UniqueFd(::open(QFile::encodeName(clipPath).constData(), O_RDONLY | O_CLOEXEC));
        const auto facts = media::engine::probe(input.get());
        if (!facts) {
            qWarning("%s", qPrintable(facts.error().detail));
            return false;
        }
        request = {.ladder = ladder, .source = sourceFactsOf(*facts), .encoder = u"auto"_s, .finished = {}};
        const auto planned = makePlan(request.source, ladder);
        if (planned)
            plan = *planned;
        return bool(planned);
    }
    [[nodiscard]] Result<TranscodeResult> run(
        int outputs = -1, const CancelToken& cancel = {}, const ProgressSink& progress = {})
    {
        auto store = SegmentStore::open(out, plan, "source", u"libx264"_s);
        if (!store)
            return store.error();
        request.finished = store->finished();
        if (outputs < 0)
            return engine::runTranscode(input.get(), request, *store, {.qualityInterval = 2}, cancel, progress);
        StoppingSink sink(*store, outputs);
        return engine::runTranscode(input.get(), request, sink, {}, cancel, progress);
    }
    [[nodiscard]] DecodedTrack decoded(const QString& track) const
    {
        QByteArray bytes = contentOf(out + u'/' + track + u"/init.mp4"_s);
        for (const QString& name : QDir(out + u'/' + track).entryList({u"seg_*.m4s"_s}, QDir::Files, QDir::Name))
            bytes += contentOf(out + u'/' + track + u'/' + name);
        return decodeTrack(bytes);
    }
    /// Relative name and hash of every file but the journal.
    [[nodiscard]] QMap<QString, QByteArray> files() const
    {
        QMap<QString, QByteArray> found;
        QDirIterator it(out, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            if (!path.endsWith(u"journal.jsonl"_s))
                found.insert(QDir(out).relativeFilePath(path), sha256Hex(contentOf(path)));
        }
        return found;
    }
};

GeneratedClip soundClip()
{
    GeneratedClip clip;
    clip.frames = 60;
    clip.audioTracks = 1;
    return clip;
}

} // namespace

class TestTranscoder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFrameComesBackInEveryRung();
    void soundIsAsLongAsThePicture_data();
    void soundIsAsLongAsThePicture();
    void rungsHaveTheirSizes_data();
    void rungsHaveTheirSizes();
    void variableRateKeepsItsTimes();
    void oneFrameMakesOneSegment();
    void soundAloneHasNoPicture();
    void stoppedAnywhereGivesTheSameBytes();
    void manifestsDeclareWhatWasMeasured();
    void cancelLeavesNoMaster();
    void progressReachesItsTotal();
    void refusesHighDynamicRange();
    void refusesWhatIsNoMedia();
};

void TestTranscoder::everyFrameComesBackInEveryRung()
{
    Run run;
    QVERIFY(run.open(soundClip()));
    const auto result = run.run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->frames, 60);
    QCOMPARE(result->segmentsEncoded, 9);
    for (const QString& track : {u"video/high"_s, u"video/low"_s}) {
        const DecodedTrack decoded = run.decoded(track);
        QVERIFY(decoded.ok);
        QCOMPARE(decoded.pictureTimes.size(), 60);
        for (int i = 0; i < 60; ++i) {
            QVERIFY2(std::abs(decoded.pictureTimes[i] - i / 25.0) < 1e-6, qPrintable(track));
            if (track.endsWith(u"high"_s)) // the low rung's squares are too small to read
                QCOMPARE(decoded.numbers[i], i);
        }
        QCOMPARE(decoded.keyTimes, (QList<double> {0, 1, 2}));
    }
    for (const RenditionResult& rendition : result->renditions) {
        QVERIFY(rendition.measuredFrames > 0);
        QVERIFY(rendition.ssim > 0.9);
        QVERIFY(rendition.psnr > 30);
    }
}

void TestTranscoder::soundIsAsLongAsThePicture_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<int>("sampleRate");
    QTest::addColumn<int>("channels");
    QTest::addColumn<double>("length");
    QTest::newRow("equal") << 2.4 << 48'000 << 2 << 2.4;
    QTest::newRow("mono at 44.1 kHz") << 2.4 << 44'100 << 1 << 2.4;
    QTest::newRow("shorter: silence to the end") << 1.0 << 48'000 << 2 << 2.4;
    QTest::newRow("longer: the last picture stays") << 4.0 << 48'000 << 2 << 4.0;
}

void TestTranscoder::soundIsAsLongAsThePicture()
{
    QFETCH(double, seconds);
    QFETCH(int, sampleRate);
    QFETCH(int, channels);
    QFETCH(double, length);
    GeneratedClip clip = soundClip();
    clip.audioSeconds = seconds;
    clip.sampleRate = sampleRate;
    clip.channels = channels;
    clip.tone = sine(440, 0.25, sampleRate);
    Run run;
    QVERIFY(run.open(clip));
    const auto result = run.run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QVERIFY(std::abs(result->duration - length) < 0.05);
    const DecodedTrack sound = run.decoded(u"audio"_s);
    QVERIFY(sound.ok);
    QCOMPARE(sound.sampleRate, sampleRate);
    QCOMPARE(sound.channels, channels);
    const double soundSeconds = double(sound.soundSamples) / sampleRate;
    QVERIFY(std::abs(soundSeconds - result->duration) <= 1'024.0 / sampleRate);
    QVERIFY(sound.soundEnergy > 0.25 * 0.25 / 2 * 0.3);
}

void TestTranscoder::rungsHaveTheirSizes_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("rotation");
    QTest::addColumn<int>("sar");
    QTest::addColumn<bool>("interlaced");
    QTest::addColumn<QString>("high");
    QTest::addColumn<QString>("low");
    QTest::newRow("as it is") << 320 << 180 << 0 << 1 << false << u"320x180"_s << u"170x96"_s;
    QTest::newRow("larger") << 480 << 360 << 0 << 1 << false << u"240x180"_s << u"128x96"_s;
    QTest::newRow("turned") << 320 << 180 << 90 << 1 << false << u"180x320"_s << u"96x170"_s;
    QTest::newRow("wide pixels") << 160 << 180 << 0 << 2 << false << u"320x180"_s << u"170x96"_s;
    QTest::newRow("fields") << 320 << 192 << 0 << 1 << true << u"300x180"_s << u"160x96"_s;
}

void TestTranscoder::rungsHaveTheirSizes()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, rotation);
    QFETCH(int, sar);
    QFETCH(bool, interlaced);
    QFETCH(QString, high);
    QFETCH(QString, low);
    GeneratedClip clip;
    clip.frames = 30;
    clip.width = width;
    clip.height = height;
    clip.rotationDegrees = rotation;
    clip.sarNum = sar;
    clip.interlaced = interlaced;
    Run run;
    QVERIFY(run.open(clip));
    const auto result = run.run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(run.plan.deinterlace, interlaced);
    const DecodedTrack highTrack = run.decoded(u"video/high"_s);
    const DecodedTrack lowTrack = run.decoded(u"video/low"_s);
    QCOMPARE(u"%1x%2"_s.arg(highTrack.width).arg(highTrack.height), high);
    QCOMPARE(u"%1x%2"_s.arg(lowTrack.width).arg(lowTrack.height), low);
    QCOMPARE(highTrack.pictureTimes.size(), 30);
    QCOMPARE(lowTrack.pictureTimes, highTrack.pictureTimes);
    QVERIFY(!run.plan.sound);
    QVERIFY(!QFileInfo::exists(run.out + u"/audio"_s));
}

void TestTranscoder::variableRateKeepsItsTimes()
{
    GeneratedClip clip;
    clip.frameTimesMs = {0, 40, 80, 300, 340, 700, 1'001, 1'040, 1'900, 4'200, 4'240};
    clip.frames = static_cast<int>(clip.frameTimesMs.size());
    Run run;
    QVERIFY(run.open(clip));
    QVERIFY(!run.plan.constantRate);
    const auto result = run.run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    const DecodedTrack track = run.decoded(u"video/high"_s);
    // The picture of 1.9 s stands until 4.2 s and is shown again where a segment begins.
    QList<double> expected;
    for (const std::int64_t time : clip.frameTimesMs)
        expected.append(double(time) / 1'000);
    expected.insert(9, 2);
    expected.insert(10, 3);
    QCOMPARE(track.pictureTimes.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i)
        QVERIFY(std::abs(track.pictureTimes[i] - expected[i]) < 0.002);
    QCOMPARE(track.numbers, (QList<int> {0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 9, 10}));
    QCOMPARE(track.keyTimes.size(), 5);
}

void TestTranscoder::oneFrameMakesOneSegment()
{
    GeneratedClip clip;
    clip.frames = 1;
    Run run;
    QVERIFY(run.open(clip));
    const auto result = run.run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->frames, 1);
    QCOMPARE(run.decoded(u"video/low"_s).pictureTimes.size(), 1);
    QVERIFY(run.files().contains(u"poster.jpg"_s));
}

void TestTranscoder::soundAloneHasNoPicture()
{
    GeneratedClip clip;
    clip.video = false;
    clip.audioTracks = 1;
    clip.audioSeconds = 2.5;
    Run run;
    QVERIFY(run.open(clip));
    const auto result = run.run();
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    QCOMPARE(result->frames, 0);
    QVERIFY(result->poster.isEmpty());
    QVERIFY(run.decoded(u"audio"_s).soundEnergy > 0.01);
    QVERIFY(contentOf(run.out + u"/master.m3u8"_s).contains("audio/index.m3u8"));
}

void TestTranscoder::stoppedAnywhereGivesTheSameBytes()
{
    Run whole;
    QVERIFY(whole.open(soundClip()));
    QVERIFY(whole.run());
    const auto expected = whole.files();
    const auto outputs = static_cast<int>(expected.size());
    QVERIFY(outputs > 12);
    for (int stop = 0; stop < outputs; ++stop) {
        Run run;
        run.clipPath = whole.clipPath;
        QVERIFY(run.openFile());
        const auto stopped = run.run(stop);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().reason, QByteArray("stopped"));
        const auto partial = run.files();
        QCOMPARE(partial.size(), stop);
        QVERIFY(!partial.contains(u"master.m3u8"_s));
        for (auto it = partial.begin(); it != partial.end(); ++it)
            QCOMPARE(it.value(), expected.value(it.key()));
        const auto resumed = run.run();
        QVERIFY2(resumed, resumed ? "" : qPrintable(resumed.error().detail));
        const auto files = run.files();
        QCOMPARE(files.keys(), expected.keys());
        for (auto it = files.begin(); it != files.end(); ++it)
            QVERIFY2(it.value() == expected.value(it.key()), qPrintable(it.key()));
        QCOMPARE(resumed->segmentsEncoded + resumed->segmentsReused, 9);
    }
}

void TestTranscoder::manifestsDeclareWhatWasMeasured()
{
    Run run;
    QVERIFY(run.open(soundClip()));
    const auto result = run.run();
    QVERIFY(result);
    const QByteArray master = contentOf(run.out + u"/master.m3u8"_s);
    QVERIFY(master.contains("CODECS=\"" + result->renditions.front().codec.toLatin1() + ",mp4a.40.2\""));
    QVERIFY(master.contains("RESOLUTION=320x180,FRAME-RATE=25.000"));
    const QByteArray playlist = contentOf(run.out + u"/video/high/index.m3u8"_s);
    QCOMPARE(playlist.count("#EXTINF:1.000000,"), 2);
    // The last picture stands until the sound ends, which is a whole number of AAC frames.
    const double last = playlist.mid(playlist.lastIndexOf("#EXTINF:") + 8).split(',').first().toDouble();
    QVERIFY(std::abs(2 + last - result->duration) < 1e-5);
    QVERIFY(last >= 0.4 && last < 0.4 + 0.04);
    qint64 bytes = 0;
    for (const QFileInfo& file : QDir(run.out + u"/video/high"_s).entryInfoList({u"seg_*"_s}))
        bytes += file.size();
    QVERIFY(std::abs(result->renditions.front().averageBitRate - double(bytes) * 8 / result->duration) <= 1);
    const QByteArray poster = contentOf(run.out + u"/poster.jpg"_s);
    QVERIFY(poster.startsWith(QByteArray::fromHex("ffd8ff")) && poster.endsWith(QByteArray::fromHex("ffd9")));
}

void TestTranscoder::cancelLeavesNoMaster()
{
    Run run;
    QVERIFY(run.open(soundClip()));
    CancelSource cancel;
    cancel.cancel();
    const auto result = run.run(-1, cancel.token());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Canceled);
    QVERIFY(!run.files().contains(u"master.m3u8"_s));
}

void TestTranscoder::progressReachesItsTotal()
{
    Run run;
    QVERIFY(run.open(soundClip()));
    Progress last;
    int calls = 0;
    const ProgressSink sink = [&](const Progress& progress) {
        QVERIFY(progress.done > last.done);
        last = progress;
        ++calls;
    };
    QVERIFY(run.run(-1, {}, sink));
    QCOMPARE(calls, 9);
    QCOMPARE(last.done, last.total);
}

void TestTranscoder::refusesHighDynamicRange()
{
    GeneratedClip clip;
    Run run;
    QVERIFY(run.open(clip));
    run.request.source.picture->highDynamicRange = true;
    const auto result = run.run();
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Unsupported);
    QCOMPARE(result.error().reason, QByteArray("hdr_source"));
}

void TestTranscoder::refusesWhatIsNoMedia()
{
    Run run;
    QVERIFY(run.open(GeneratedClip {}));
    QFile noise(run.folder.filePath(u"noise"_s));
    QVERIFY(noise.open(QIODevice::ReadWrite));
    noise.write(QByteArray(5'000, 'x'));
    noise.flush();
    run.input = UniqueFd(::open(QFile::encodeName(noise.fileName()).constData(), O_RDONLY | O_CLOEXEC));
    const auto result = run.run();
    QVERIFY(!result);
    QVERIFY(run.files().isEmpty());
}

QTEST_GUILESS_MAIN(TestTranscoder)
#include "tst_transcoder.moc"
