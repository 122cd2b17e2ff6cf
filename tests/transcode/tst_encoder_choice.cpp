#include "core/transcode/encoder_info.h"
#include "core/transcode/segment_key.h"
#include "core/transcode/transcode_result.h"

#include <QJsonArray>
#include <QSet>
#include <QtTest>

using namespace vidimus;
using namespace vidimus::transcode;
using namespace Qt::StringLiterals;

namespace {

EncoderState state(const QString& id, int preference, bool usable, const QString& why = {})
{
    return {.encoder = {.id = id, .codec = VideoCodec::H264, .device = EncoderDevice::Cpu, .preference = preference},
        .usable = usable,
        .why = why};
}

Plan plan(int width = 1920, int height = 1080)
{
    const SourceFacts source {
        .durationSeconds = 10, .picture = SourcePicture {.width = width, .height = height}, .sound = SourceSound {}};
    return *makePlan(source, *shippedLadder(u"web-two"_s));
}

QByteArray keyOf(
    const Plan& thePlan, const OutputKey& key, const QByteArray& source = "aa", const QString& encoder = u"x"_s)
{
    return segmentKey(source, encoder, thePlan, key);
}

const OutputKey kTop {OutputKind::VideoSegment, 0, 3};
const OutputKey kLow {OutputKind::VideoSegment, 1, 3};
const OutputKey kSound {OutputKind::AudioSegment, 0, 3};

} // namespace

class TestEncoderChoice : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void autoTakesTheBestUsable();
    void aNamedEncoderIsTaken();
    void anUnusableOneFallsBackAndSaysWhy();
    void refusals();
    void segmentKeyChangesWithEverythingThatMatters();
    void segmentKeyIgnoresWhatDoesNotMatter();
    void resultSurvivesJson();
};

void TestEncoderChoice::autoTakesTheBestUsable()
{
    const QList states {state(u"slow"_s, 1, true), state(u"fast"_s, 9, true), state(u"faster"_s, 20, false)};
    const auto choice = chooseEncoder(u"auto"_s, VideoCodec::H264, states);
    QVERIFY(choice);
    QCOMPARE(choice->encoder.id, u"fast"_s);
    QVERIFY(choice->fallbacks.isEmpty());
}

void TestEncoderChoice::aNamedEncoderIsTaken()
{
    const QList states {state(u"slow"_s, 1, true), state(u"fast"_s, 9, true)};
    const auto choice = chooseEncoder(u"slow"_s, VideoCodec::H264, states);
    QVERIFY(choice);
    QCOMPARE(choice->encoder.id, u"slow"_s);
    QVERIFY(choice->fallbacks.isEmpty());
}

void TestEncoderChoice::anUnusableOneFallsBackAndSaysWhy()
{
    const QList states {state(u"slow"_s, 1, true), state(u"card"_s, 9, false, u"Cannot load libcuda.so.1"_s)};
    const auto choice = chooseEncoder(u"card"_s, VideoCodec::H264, states);
    QVERIFY(choice);
    QCOMPARE(choice->encoder.id, u"slow"_s);
    QCOMPARE(choice->fallbacks,
        (QList<EncoderFallback> {{.from = u"card"_s, .to = u"slow"_s, .why = u"Cannot load libcuda.so.1"_s}}));
}

void TestEncoderChoice::refusals()
{
    const QList states {state(u"card"_s, 9, false)};
    const auto none = chooseEncoder(u"auto"_s, VideoCodec::H264, states);
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::Missing);
    const auto unknown = chooseEncoder(u"nothing"_s, VideoCodec::H264, states);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, ErrorCode::NotFound);
    QVERIFY(!knownEncoders().empty());
}

void TestEncoderChoice::segmentKeyChangesWithEverythingThatMatters()
{
    QSet<QByteArray> keys {keyOf(plan(), kTop)};
    const auto isNew = [&keys](const QByteArray& key) {
        const bool fresh = !keys.contains(key);
        keys.insert(key);
        return fresh;
    };
    QVERIFY(isNew(keyOf(plan(), kLow)));
    QVERIFY(isNew(keyOf(plan(), kSound)));
    QVERIFY(isNew(keyOf(plan(), {OutputKind::VideoSegment, 0, 4})));
    QVERIFY(isNew(keyOf(plan(), {OutputKind::VideoInit, 0, 0})));
    QVERIFY(isNew(keyOf(plan(), kTop, "bb")));
    QVERIFY(isNew(keyOf(plan(), kTop, "aa", u"y"_s)));
    QVERIFY(isNew(keyOf(plan(1440, 1080), kTop)));
    Plan changed = plan();
    changed.renditions.front().crf = 22;
    QVERIFY(isNew(keyOf(changed, kTop)));
    changed = plan();
    changed.preset = u"fast"_s;
    QVERIFY(isNew(keyOf(changed, kTop)));
    changed = plan();
    changed.grid.length = {2, 1};
    QVERIFY(isNew(keyOf(changed, kTop)));
    QVERIFY(isNew(keyOf(changed, kSound)));
    changed = plan();
    changed.rotation = 180;
    QVERIFY(isNew(keyOf(changed, kTop)));
    changed = plan();
    changed.sound->bitRate = 64'000;
    QVERIFY(isNew(keyOf(changed, kSound)));
    // A rung is scaled from the one above, so its size matters to those below.
    changed = plan();
    changed.renditions.front().width = 960;
    QVERIFY(isNew(keyOf(changed, kLow)));
}

void TestEncoderChoice::segmentKeyIgnoresWhatDoesNotMatter()
{
    Plan changed = plan();
    changed.ladder = u"other"_s;
    changed.renditions.front().name = u"top"_s;
    changed.segmentCount = 99;
    QCOMPARE(keyOf(changed, kTop), keyOf(plan(), kTop));
    changed = plan();
    changed.renditions.front().crf = 18; // another rung's quality
    QCOMPARE(keyOf(changed, kLow), keyOf(plan(), kLow));
    QCOMPARE(keyOf(changed, kSound), keyOf(plan(), kSound));
    changed = plan();
    changed.sound->bitRate = 64'000;
    QCOMPARE(keyOf(changed, kTop), keyOf(plan(), kTop));
}

void TestEncoderChoice::resultSurvivesJson()
{
    TranscodeResult result {.renditions = {{.name = u"720p"_s,
                                .width = 1280,
                                .height = 720,
                                .codec = u"avc1.64001f"_s,
                                .encoder = u"libx264"_s,
                                .averageBitRate = 1'500'000,
                                .peakBitRate = 2'000'000,
                                .ssim = 0.98,
                                .psnr = 41.5,
                                .measuredFrames = 100}},
        .hls = u"master.m3u8"_s,
        .poster = u"poster.jpg"_s,
        .frames = 250,
        .segmentsEncoded = 6,
        .segmentsReused = 3,
        .duration = 10,
        .seconds = 1.5,
        .fallbacks = {{.from = u"a"_s, .to = u"b"_s, .why = u"c"_s}}};
    const auto again = transcodeResultFromJson(toJson(result));
    QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
    QVERIFY(*again == result);
    const QJsonObject row = toJson(result)["renditions"_L1].toArray()[0].toObject();
    for (const char* member : {"width", "height", "codec", "encoder", "bitrate", "ssim", "psnr"})
        QVERIFY2(row.contains(QLatin1StringView(member)), member);
    auto broken = toJson(result);
    broken.insert(u"frames"_s, -1);
    QVERIFY(!transcodeResultFromJson(broken));
}

QTEST_GUILESS_MAIN(TestEncoderChoice)
#include "tst_encoder_choice.moc"
