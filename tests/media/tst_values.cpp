#include "clip_file.h"
#include "core/base/json.h"
#include "core/media/engine/probe.h"
#include "core/media/engine/sniff.h"
#include "core/media/facts.h"
#include "core/media/frame.h"
#include "core/media/frame_index.h"

#include <QJsonArray>
#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::media;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

FrameIndex sampleIndex()
{
    return FrameIndex({1, 90'000}, {48'003, 90'000},
        {{.pts = 48'003, .duration = 3003, .key = true}, {.pts = 51'006, .duration = 3003, .key = false},
            {.pts = 54'009, .duration = 90'000, .key = false}, {.pts = 144'009, .duration = 3003, .key = true},
            {.pts = 147'012, .duration = 3003, .key = false}});
}

MediaFacts probed(const GeneratedClip& clip, const QString& name)
{
    const ClipFile file(clip, name);
    auto facts = engine::probe(file.fd());
    return facts ? std::move(*facts) : MediaFacts {};
}

bool hasProblem(const MediaFacts& facts, const char* code)
{
    return std::any_of(
        facts.problems.begin(), facts.problems.end(), [code](const auto& problem) { return problem.code == code; });
}

} // namespace

class TestValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void indexAnswersTimesAndFrames()
    {
        const FrameIndex index = sampleIndex();
        QCOMPARE(index.timeOf(0), (Rational {0, 1}));
        QCOMPARE(index.timeOf(1), (Rational {1001, 30'000}));
        QCOMPARE(index.durationOf(2), (Rational {1, 1}));
        QCOMPARE(index.frameAt(-1.0), 0);
        QCOMPARE(index.frameAt(0.0333), 0);
        QCOMPARE(index.frameAt(1001.0 / 30'000), 1);
        QCOMPARE(index.frameAt(0.9), 2);
        QCOMPARE(index.frameAt(1e300), 4);
        for (qint64 n = 0; n < index.count(); ++n) {
            QCOMPARE(index.frameAt(index.timeOf(n)), n);
            QCOMPARE(index.frameAt(index.timeOf(n).toDouble()), n);
        }
        QCOMPARE(index.keyBefore(2), 0);
        QCOMPARE(index.keyBefore(4), 3);
        QCOMPARE(index.keyBefore(400), 3);
        QCOMPARE(index.keyAfter(0), 3);
        QCOMPARE(index.keyAfter(3), -1);
        QCOMPARE(index.frameWithPts(54'009), 2);
        QCOMPARE(index.frameWithPts(54'010), -1);
        QVERIFY(!index.isConstantRate());
        QCOMPARE(FrameIndex().frameAt(1.0), -1);
    }

    void indexSurvivesItsBytes()
    {
        const FrameIndex index = sampleIndex();
        const auto back = FrameIndex::fromBytes(index.toBytes());
        QVERIFY(back);
        QVERIFY(*back == index);
        QVERIFY(*FrameIndex::fromBytes(FrameIndex().toBytes()) == FrameIndex());
    }

    void indexRefusesBadBytes()
    {
        const QByteArray good = sampleIndex().toBytes();
        for (qsizetype size = 0; size < good.size(); ++size)
            QVERIFY(!FrameIndex::fromBytes(good.first(size)));
        QVERIFY(!FrameIndex::fromBytes(good + 'x'));
        // Any damage gives an error or an index that keeps its promises (the constructor asserts them).
        for (unsigned seed = 0; seed < 20'000; ++seed) {
            std::mt19937 random(seed);
            QByteArray bytes = good;
            bytes[qsizetype(random() % std::size_t(bytes.size()))] = char(random());
            bytes[qsizetype(random() % std::size_t(bytes.size()))] = char(random());
            const auto index = FrameIndex::fromBytes(bytes);
            for (qint64 n = 1; index && n < index->count(); ++n)
                QVERIFY(index->at(n).pts > index->at(n - 1).pts && index->at(n).duration >= 0);
        }
    }

    void factsSurviveTheirJson()
    {
        const MediaFacts facts
            = probed({.rotationDegrees = 90, .sarNum = 4, .sarDen = 3, .tagBt709 = true, .audioTracks = 2}, u"a.mp4"_s);
        QCOMPARE(facts.video.size(), std::size_t(1));
        const QJsonObject json = toJson(facts);
        QCOMPARE(json.value(u"container"_s), u"mov"_s);
        QCOMPARE(json.value(u"duration"_s).toDouble(), 2.0);
        const auto back = factsFromJson(json);
        QVERIFY2(back, qPrintable(back ? QString() : back.error().detail));
        QCOMPARE(toJson(*back), json);
        QCOMPARE(back->bestVideo, 0);
        QCOMPARE(back->bestAudio, 0);
    }

    void factsRefuseWhatAWorkerMustNotSay_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("negative size") << u"width"_s << QJsonValue(-1);
        QTest::newRow("huge size") << u"height"_s << QJsonValue(1e9);
        QTest::newRow("fraction of a pixel") << u"width"_s << QJsonValue(1.5);
        QTest::newRow("odd turn") << u"rotation"_s << QJsonValue(45);
        QTest::newRow("zero denominator") << u"average_rate"_s << QJsonValue(u"1/0"_s);
        QTest::newRow("zero aspect") << u"sample_aspect"_s << QJsonValue(u"0/1"_s);
        QTest::newRow("no fraction") << u"real_rate"_s << QJsonValue(u"25"_s);
        QTest::newRow("unknown word") << u"field_order"_s << QJsonValue(u"sideways"_s);
        QTest::newRow("unknown member") << u"surprise"_s << QJsonValue(1);
        QTest::newRow("long text") << u"codec"_s << QJsonValue(QString(100'000, u'x'));
        QTest::newRow("wrong type") << u"codec"_s << QJsonValue(7);
        QTest::newRow("endless") << u"duration"_s << QJsonValue(1e300);
        QTest::newRow("unknown stream") << u"type"_s << QJsonValue(u"smell"_s);
    }
    void factsRefuseWhatAWorkerMustNotSay()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QJsonObject json = toJson(probed({.frames = 5}, u"a.mp4"_s));
        QVERIFY(factsFromJson(json));
        QJsonArray streams = json.value(u"streams"_s).toArray();
        QJsonObject stream = streams[0].toObject();
        stream.insert(member, value);
        streams[0] = stream;
        json.insert(u"streams"_s, streams);
        const auto facts = factsFromJson(json);
        QVERIFY(!facts);
    }

    void probeMeasures()
    {
        const MediaFacts facts = probed({.frames = 60, .audioTracks = 1, .audioSeconds = 1.0}, u"a.mkv"_s);
        const VideoStream* video = facts.programmeVideo();
        QVERIFY(video != nullptr);
        QCOMPARE(video->codec, u"h264"_s);
        QCOMPARE(video->frameCount, 60);
        QCOMPARE(video->averageRate, (Rational {25, 1}));
        QCOMPARE(video->rateKind, RateKind::Constant);
        // AAC in Matroska starts one priming packet (1024 samples) before the picture.
        QVERIFY(std::abs(facts.durationSeconds - 2.4) < 0.025);
        QVERIFY(hasProblem(facts, "length_differs"));
        QCOMPARE(facts.programmeAudio()->layout, u"stereo"_s);
    }

    void probeNamesProblems()
    {
        QVERIFY(hasProblem(probed({.frames = 5, .fastStart = false}, u"a.mp4"_s), "no_fast_start"));
        QVERIFY(!hasProblem(probed({.frames = 5}, u"a.mp4"_s), "no_fast_start"));
        QVERIFY(hasProblem(probed({.width = 1280, .height = 720, .frames = 2}, u"a.mp4"_s), "no_color_tags"));
        QVERIFY(!hasProblem(
            probed({.width = 1280, .height = 720, .frames = 2, .tagBt709 = true}, u"a.mp4"_s), "no_color_tags"));
        QVERIFY(hasProblem(probed({.frameTimesMs = {0, 40, 120, 160, 400, 440}}, u"a.mp4"_s), "variable_frame_rate"));
        QVERIFY(hasProblem(probed({.frameTimesMs = {0, 40, 80, 2000, 2040, 2080}}, u"a.mp4"_s), "timestamp_gap"));
        QVERIFY(hasProblem(probed({.videoCodec = u"mpeg4"_s, .frames = 20}, u"a.avi"_s), "missing_timestamps"));
    }

    void probeOfSoundAlone()
    {
        const MediaFacts facts = probed({.video = false, .audioTracks = 1, .channels = 6}, u"a.m4a"_s);
        QCOMPARE(facts.bestVideo, -1);
        QCOMPARE(facts.programmeAudio()->layout, u"5.1"_s);
        QVERIFY(std::abs(facts.durationSeconds - 2.0) < 0.05);
    }

    void sniffKnowsContainers()
    {
        QCOMPARE(*engine::sniff(QByteArray("\0\0\0\x18"
                                           "ftypisom",
                     12)),
            QByteArray("mov"));
        QCOMPARE(*engine::sniff(QByteArray("RIFF\0\0\0\0WAVEfmt ", 16)), QByteArray("wav"));
        QVERIFY(!engine::sniff(QByteArray("XXXX\0\0\0\0WAVEfmt ", 16)));
        QCOMPARE(*engine::sniff(QByteArray("ID3\x04\0\0\0\0\0\0fLaC", 14)), QByteArray("flac"));
        QCOMPARE(*engine::sniff(QByteArray("\xff\xf1\x50\x80", 4)), QByteArray("aac"));
        QCOMPARE(*engine::sniff(QByteArray("\xff\xfb\x90\x00", 4)), QByteArray("mp3"));
    }

    void fitsWithoutEnlarging()
    {
        QCOMPARE(fitInto({1920, 1080}, {480, 480}), (PictureSize {480, 270}));
        QCOMPARE(fitInto({1080, 1920}, {480, 480}), (PictureSize {270, 480}));
        QCOMPARE(fitInto({100, 50}, {480, 480}), (PictureSize {100, 50}));
        QCOMPARE(fitInto({10'000, 1}, {100, 100}), (PictureSize {100, 1}));
    }

    void untaggedVideoFollowsOneRule()
    {
        QCOMPARE(effectiveMatrix({}, 720), 1);
        QCOMPARE(effectiveMatrix({}, 719), 6);
        QCOMPARE(effectiveMatrix({.matrix = 9}, 100), 9);
        QCOMPARE(effectiveRange({}), ColorRange::Limited);
        QCOMPARE(hdrKindOf({.transfer = 16}), HdrKind::Pq);
        QCOMPARE(hdrKindOf({.transfer = 18}), HdrKind::Hlg);
        QCOMPARE(transferName(18), u"arib-std-b67"_s);
        QCOMPARE(matrixName(77), u"77"_s);
    }
};

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
