#include "core/transcode/h264_level.h"
#include "core/transcode/plan.h"
#include "core/transcode/transcode_request.h"

#include <QSet>
#include <QtTest>

using namespace vidimus;
using namespace vidimus::transcode;
using namespace Qt::StringLiterals;

namespace {

SourceFacts source(int width, int height, double seconds = 10)
{
    return {.durationSeconds = seconds,
        .picture = SourcePicture {.width = width, .height = height, .frameRate = {25, 1}},
        .sound = SourceSound {}};
}

Ladder webTwo()
{
    return *shippedLadder(u"web-two"_s);
}

QString describe(const Plan& plan)
{
    QStringList rungs;
    for (const PlannedRendition& rendition : plan.renditions)
        rungs.append(
            u"%1:%2x%3@%4"_s.arg(rendition.name).arg(rendition.width).arg(rendition.height).arg(rendition.level));
    return rungs.join(u' ');
}

} // namespace

class TestPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rungsFitTheSource_data();
    void rungsFitTheSource();
    void pixelShapeAndRotationComeFirst();
    void matchedRungHasALowerCap();
    void segmentsAreWholeFrames_data();
    void segmentsAreWholeFrames();
    void variableRateUsesTheClock();
    void soundFollowsSourceAndLadder();
    void soundAloneIsCutByItsSamples();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void everyNameIsKnownBeforehandAndUnique();
    void foreignKeysAreRefused_data();
    void foreignKeysAreRefused();
    void levelsFollowTheStandard_data();
    void levelsFollowTheStandard();
    void requestSurvivesJson();
    void gridIsExact();
};

void TestPlan::rungsFitTheSource_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<QString>("rungs");
    QTest::newRow("full HD") << 1920 << 1080 << u"720p:1280x720@31 360p:640x360@30"_s;
    QTest::newRow("as large as the first rung") << 1280 << 720 << u"720p:1280x720@31 360p:640x360@30"_s;
    QTest::newRow("between the rungs") << 854 << 480 << u"480p:854x480@30 360p:640x360@30"_s;
    QTest::newRow("hardly above the last rung") << 700 << 400 << u"360p:630x360@30"_s;
    QTest::newRow("below all rungs") << 320 << 240 << u"240p:320x240@13"_s;
    QTest::newRow("odd and below all rungs") << 321 << 241 << u"240p:320x240@13"_s;
    QTest::newRow("odd width") << 1921 << 1081 << u"720p:1280x720@31 360p:640x360@30"_s;
    QTest::newRow("upright") << 1080 << 1920 << u"720p:720x1280@31 360p:360x640@30"_s;
    QTest::newRow("square") << 1000 << 1000 << u"720p:720x720@31 360p:360x360@21"_s;
    QTest::newRow("very wide") << 4096 << 256 << u"256p:4096x256@40"_s;
    QTest::newRow("two pixels") << 2 << 2 << u"2p:2x2@10"_s;
}

void TestPlan::rungsFitTheSource()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(QString, rungs);
    const auto plan = makePlan(source(width, height), webTwo());
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().detail));
    QCOMPARE(describe(*plan), rungs);
    for (const PlannedRendition& rendition : plan->renditions) {
        QCOMPARE(rendition.width % 2, 0);
        QCOMPARE(rendition.height % 2, 0);
        QVERIFY(std::min(rendition.width, rendition.height) <= std::min(width, height));
    }
}

void TestPlan::pixelShapeAndRotationComeFirst()
{
    auto facts = source(720, 576);
    facts.picture->pixelAspect = {64, 45}; // PAL, wide
    facts.picture->interlaced = true;
    auto plan = makePlan(facts, webTwo());
    QVERIFY(plan);
    QVERIFY(describe(*plan).startsWith(u"576p:1024x576"_s));
    QVERIFY(plan->deinterlace);

    facts = source(1920, 1080);
    facts.picture->rotation = 90;
    facts.picture->mirrored = true;
    plan = makePlan(facts, webTwo());
    QVERIFY(plan);
    QVERIFY(describe(*plan).startsWith(u"720p:720x1280"_s));
    QCOMPARE(plan->rotation, 90);
    QVERIFY(plan->mirrored);

    facts = source(640, 360);
    facts.picture->pixelAspect = {1, 5000}; // no picture has this
    plan = makePlan(facts, webTwo());
    QVERIFY(plan);
    QVERIFY(describe(*plan).startsWith(u"360p:640x360"_s));
}

void TestPlan::matchedRungHasALowerCap()
{
    const auto plan = makePlan(source(854, 480), webTwo());
    QVERIFY(plan);
    QVERIFY(plan->renditions.front().maxRate < webTwo().renditions.front().maxRate);
    QVERIFY(plan->renditions.front().maxRate > webTwo().renditions.back().maxRate);
    QCOMPARE(plan->renditions.back().maxRate, webTwo().renditions.back().maxRate);
}

void TestPlan::segmentsAreWholeFrames_data()
{
    QTest::addColumn<int>("num");
    QTest::addColumn<int>("den");
    QTest::addColumn<int>("framesPerSegment");
    QTest::addColumn<double>("seconds");
    QTest::addColumn<int>("segments");
    QTest::newRow("25") << 25 << 1 << 100 << 10.0 << 3;
    QTest::newRow("exactly two segments") << 25 << 1 << 100 << 8.0 << 2;
    QTest::newRow("film on video") << 24'000 << 1'001 << 96 << 8.008 << 2;
    QTest::newRow("NTSC") << 30'000 << 1'001 << 120 << 9.0 << 3;
    QTest::newRow("one frame") << 25 << 1 << 100 << 0.04 << 1;
    QTest::newRow("unknown duration") << 25 << 1 << 100 << 0.0 << 1;
    QTest::newRow("odd rate") << 12'345 << 1'000 << 49 << 4.0 << 2;
    QTest::newRow("a frame every ten seconds") << 1 << 10 << 1 << 100.0 << 10;
}

void TestPlan::segmentsAreWholeFrames()
{
    QFETCH(int, num);
    QFETCH(int, den);
    QFETCH(int, framesPerSegment);
    QFETCH(double, seconds);
    QFETCH(int, segments);
    auto facts = source(640, 360, seconds);
    facts.picture->frameRate = {num, den};
    const auto plan = makePlan(facts, webTwo());
    QVERIFY(plan);
    QVERIFY(plan->grid.length == (Rational {std::int64_t {framesPerSegment} * den, num}));
    QCOMPARE(plan->segmentCount, segments);
    // Every frame begins at a whole tick, and each segment holds the same number of frames.
    const std::int64_t perFrame = std::int64_t {plan->grid.timescale} * den;
    QCOMPARE(perFrame % num, 0);
    for (int frame = 0; frame < framesPerSegment * 3; ++frame)
        QCOMPARE(plan->grid.segmentAt(frame * perFrame / num), frame / framesPerSegment);
}

void TestPlan::variableRateUsesTheClock()
{
    auto facts = source(640, 360, 11.9);
    facts.picture->variableRate = true;
    facts.picture->frameRate = {17'113, 991};
    const auto plan = makePlan(facts, webTwo());
    QVERIFY(plan);
    QVERIFY(plan->grid.length == (Rational {4, 1}));
    QVERIFY(plan->grid.tolerance.isZero());
    QVERIFY(!plan->constantRate);
    QCOMPARE(plan->segmentCount, 3);
}

void TestPlan::soundFollowsSourceAndLadder()
{
    auto facts = source(640, 360);
    facts.sound = SourceSound {.sampleRate = 22'050, .channels = 1};
    auto plan = makePlan(facts, webTwo());
    QVERIFY(plan && plan->sound);
    QCOMPARE(plan->sound->sampleRate, 44'100);
    QCOMPARE(plan->sound->channels, 1);
    facts.sound = SourceSound {.sampleRate = 96'000, .channels = 6};
    plan = makePlan(facts, webTwo());
    QVERIFY(plan && plan->sound);
    QCOMPARE(plan->sound->sampleRate, 48'000);
    QCOMPARE(plan->sound->channels, 2);
    facts.sound.reset();
    plan = makePlan(facts, webTwo());
    QVERIFY(plan);
    QVERIFY(!plan->sound);
    Ladder silent = webTwo();
    silent.audio.reset();
    plan = makePlan(source(640, 360), silent);
    QVERIFY(plan);
    QVERIFY(!plan->sound);
}

void TestPlan::soundAloneIsCutByItsSamples()
{
    SourceFacts facts {.durationSeconds = 9, .picture = {}, .sound = SourceSound {.sampleRate = 44'100, .channels = 2}};
    const auto plan = makePlan(facts, webTwo());
    QVERIFY(plan);
    QVERIFY(plan->renditions.empty());
    QCOMPARE(plan->grid.timescale, 44'100);
    QCOMPARE(plan->segmentCount, 3);
    const QList<OutputKey> keys = expectedOutputs(*plan);
    QVERIFY(!keys.contains(OutputKey {OutputKind::Poster, 0, 0}));
    QCOMPARE(outputFolders(*plan), QStringList {u"audio"_s});
}

void TestPlan::refusesWhatCannotBe_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("no width") << 0 << 360 << 1.0 << QByteArray("picture_size");
    QTest::newRow("negative") << -640 << 360 << 1.0 << QByteArray("picture_size");
    QTest::newRow("huge") << 70'000 << 70'000 << 1.0 << QByteArray("picture_size");
    QTest::newRow("years") << 640 << 360 << 1e9 << QByteArray("too_long");
    QTest::newRow("not a number") << 640 << 360 << std::numeric_limits<double>::infinity() << QByteArray("too_long");
}

void TestPlan::refusesWhatCannotBe()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(double, seconds);
    QFETCH(QByteArray, reason);
    const auto plan = makePlan(source(width, height, seconds), webTwo());
    QVERIFY(!plan);
    QCOMPARE(plan.error().reason, reason);
    const auto nothing = makePlan({}, webTwo());
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().reason, QByteArray("no_streams"));
}

void TestPlan::everyNameIsKnownBeforehandAndUnique()
{
    const auto plan = makePlan(source(1920, 1080, 9), webTwo());
    QVERIFY(plan);
    QStringList names;
    for (const OutputKey& key : expectedOutputs(*plan)) {
        QVERIFY(isOutputOf(*plan, key));
        names.append(outputPath(*plan, key));
    }
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    QCOMPARE(names.size(), 2 * (1 + 3 + 1) + (1 + 3 + 1) + 2);
    QVERIFY(names.contains(u"video/720p/init.mp4"_s));
    QVERIFY(names.contains(u"video/360p/seg_00003.m4s"_s));
    QVERIFY(names.contains(u"audio/seg_00001.m4s"_s));
    QVERIFY(names.contains(u"poster.jpg"_s));
    QCOMPARE(names.last(), u"master.m3u8"_s);
    QCOMPARE(outputFolders(*plan), (QStringList {u"video"_s, u"video/720p"_s, u"video/360p"_s, u"audio"_s}));
}

void TestPlan::foreignKeysAreRefused_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("rendition");
    QTest::addColumn<int>("segment");
    QTest::newRow("rung that is not there") << int(OutputKind::VideoSegment) << 2 << 0;
    QTest::newRow("negative rung") << int(OutputKind::VideoInit) << -1 << 0;
    QTest::newRow("negative segment") << int(OutputKind::VideoSegment) << 0 << -1;
    QTest::newRow("far segment") << int(OutputKind::VideoSegment) << 0 << kMaxSegments;
    QTest::newRow("second master") << int(OutputKind::MasterPlaylist) << 0 << 1;
    QTest::newRow("sound of a silent plan") << int(OutputKind::AudioSegment) << 0 << 0;
    QTest::newRow("kind that is none") << 99 << 0 << 0;
}

void TestPlan::foreignKeysAreRefused()
{
    QFETCH(int, kind);
    QFETCH(int, rendition);
    QFETCH(int, segment);
    auto facts = source(1920, 1080);
    facts.sound.reset();
    const auto plan = makePlan(facts, webTwo());
    QVERIFY(plan);
    QVERIFY(!isOutputOf(*plan, {static_cast<OutputKind>(kind), rendition, segment}));
}

void TestPlan::levelsFollowTheStandard_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("level");
    QTest::newRow("QCIF") << 176 << 144 << 15 << 60'000 << 10;
    QTest::newRow("360p30") << 640 << 360 << 30 << 1'000'000 << 30;
    QTest::newRow("720p30") << 1280 << 720 << 30 << 3'000'000 << 31;
    QTest::newRow("720p60") << 1280 << 720 << 60 << 3'000'000 << 32;
    QTest::newRow("1080p30") << 1920 << 1080 << 30 << 6'000'000 << 40;
    QTest::newRow("1080p60") << 1920 << 1080 << 60 << 6'000'000 << 42;
    QTest::newRow("1080p30 at a high rate") << 1920 << 1080 << 30 << 40'000'000 << 41;
    QTest::newRow("2160p30") << 3840 << 2160 << 30 << 20'000'000 << 51;
    QTest::newRow("beyond all") << 16'384 << 16'384 << 60 << 20'000'000 << 0;
}

void TestPlan::levelsFollowTheStandard()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, rate);
    QFETCH(int, bits);
    QFETCH(int, level);
    QCOMPARE(h264LevelFor(width, height, {rate, 1}, H264Profile::Main, bits, bits), level);
}

void TestPlan::requestSurvivesJson()
{
    auto facts = source(1920, 1080);
    facts.picture->mirrored = true;
    facts.picture->highDynamicRange = true;
    TranscodeRequest request {.ladder = webTwo(), .source = facts, .encoder = u"libx264"_s, .finished = {}};
    request.finished.append({.key = {OutputKind::VideoSegment, 1, 4},
        .bytes = 77,
        .sha256 = QByteArray(64, 'a'),
        .startTicks = 5,
        .durationTicks = 6,
        .samples = 7,
        .measuredFrames = 2,
        .ssimSum = 1.5,
        .squaredErrorSum = 8.25});
    const auto again = transcodeRequestFromJson(toJson(request));
    QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
    QVERIFY(*again == request);
    auto broken = toJson(request);
    broken.insert(u"extra"_s, 1);
    QVERIFY(!transcodeRequestFromJson(broken));
    request.finished.front().sha256 = "../../x";
    QVERIFY(!transcodeRequestFromJson(toJson(request)));
}

void TestPlan::gridIsExact()
{
    const SegmentGrid grid {.timescale = 30'000, .length = {120'120, 30'000}, .tolerance = {1'001, 120'000}};
    QCOMPARE(grid.startOf(0), 0);
    QCOMPARE(grid.startOf(1'000'000), 120'120'000'000);
    QCOMPARE(grid.segmentAt(120'119), 1); // a rounded time
    QCOMPARE(grid.segmentAt(119'119), 0); // the frame before
    QCOMPARE(grid.segmentAt(-5'000), 0);
    QCOMPARE(scaleRounded(-7, 1, 2), -3);
    QCOMPARE(scaleRounded(7, 1, 2), 4);
    QCOMPARE(scaleRounded(std::int64_t {1} << 60, 1'000'000, 1'000'000), std::int64_t {1} << 60);
}

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
