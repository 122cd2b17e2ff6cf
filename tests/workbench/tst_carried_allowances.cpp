#include "core/workbench/allowances.h"
#include "core/workbench/carried_allowances.h"
#include "core/workbench/review.h"
#include "support/generated_clip.h"
#include "tests/support/patience.h"
#include "workbench_room.h"

#include <QTest>
#include <algorithm>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;
using namespace Qt::StringLiterals;

namespace {

constexpr int kFrames = 500; // 20 s
constexpr int kBlackFrom = 250;
constexpr int kBlackTo = 325;

/// Rectangles that differ from second to second, with three seconds of black.
void paintScenes(const Canvas& canvas, int frame)
{
    if (frame >= kBlackFrom && frame < kBlackTo)
        return;
    const int scene = frame / 25;
    canvas.fill(60 + scene * 7 % 90);
    for (int i = 0; i < 12; ++i) {
        const int at = (scene * 37 + i * 53) % 300;
        canvas.rectangle(at, (scene * 29 + i * 41) % 170, 20 + (i * scene) % 60, 12 + (i * 7) % 40,
            40 + (scene * 61 + i * 89) % 180);
    }
}

QString written(const WorkbenchRoom& room, const QString& name, std::int64_t quality, bool otherScenes = false)
{
    GeneratedClip clip;
    clip.frames = kFrames;
    clip.quality = quality;
    clip.painter = otherScenes ? Painter([](const Canvas& canvas, int frame) {
        if (frame < kBlackFrom || frame >= kBlackTo)
            paintScenes(canvas, frame + 25 * 1000);
    })
                               : Painter(paintScenes);
    const QString path = room.path(name);
    return clip.write(path) ? path : QString();
}

const checks::CheckResult& blackOf(const checks::Report& report)
{
    return *std::ranges::find(report.checks, u"black"_s, &checks::CheckResult::id);
}

checks::Report standing(WorkbenchRoom& room, const AssetId& asset)
{
    const auto item = reviewItem(room.workspace(), asset);
    return item && item->report ? *item->report : checks::Report {};
}

AllowRequest tunnel(const AssetId& asset, const QString& check = u"black"_s)
{
    return {
        .asset = asset, .checkId = check, .detail = {}, .from = {}, .to = {}, .reason = u"a tunnel"_s, .expires = {}};
}

} // namespace

/// What is allowed in an original holds in a re-encode of it, found by its pictures.
class CarriedAllowancesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRangeIsMovedAlongTheSegment_data();
    void aRangeIsMovedAlongTheSegment();
    void aReEncodeHasWhatWasAllowedBefore();
    void whatIsAllowedLaterReachesTheReEncode();
    void soundIsAskedAboutAgain();
    void otherPicturesHaveNothingOfIt();
};

void CarriedAllowancesTest::aRangeIsMovedAlongTheSegment_data()
{
    QTest::addColumn<QList<int>>("segment"); // a start, a end, b start, b end in milliseconds
    QTest::addColumn<double>("start");
    QTest::addColumn<double>("end");
    QTest::addColumn<double>("movedStart"); // below 0: not carried
    QTest::addColumn<double>("movedEnd");
    QTest::newRow("the same time") << QList<int> {0, 20000, 0, 20000} << 10.0 << 13.0 << 9.75 << 13.25;
    QTest::newRow("later") << QList<int> {5000, 25000, 0, 20000} << 10.0 << 13.0 << 14.75 << 18.25;
    QTest::newRow("faster") << QList<int> {0, 10000, 0, 20000} << 10.0 << 14.0 << 4.75 << 7.25;
    QTest::newRow("at the start") << QList<int> {0, 20000, 0, 20000} << 0.0 << 1.0 << 0.0 << 1.25;
    QTest::newRow("to the end") << QList<int> {0, 19000, 0, 19000} << 18.0 << 20.0 << 17.75 << 20.25;
    QTest::newRow("before the segment") << QList<int> {0, 20000, 10000, 30000} << 2.0 << 12.0 << -1.0 << -1.0;
    QTest::newRow("beyond the segment") << QList<int> {0, 20000, 0, 20000} << 15.0 << 25.0 << -1.0 << -1.0;
    QTest::newRow("no segment") << QList<int> {0, 0, 5000, 5000} << 5.0 << 5.0 << -1.0 << -1.0;
}

void CarriedAllowancesTest::aRangeIsMovedAlongTheSegment()
{
    QFETCH(QList<int>, segment);
    QFETCH(double, start);
    QFETCH(double, end);
    QFETCH(double, movedStart);
    QFETCH(double, movedEnd);
    checks::Allowance allowance;
    allowance.start = start;
    allowance.end = end;
    allowance.reason = u"a tunnel"_s;
    const auto moved = carryOver(allowance,
        {Milliseconds(segment[0]), Milliseconds(segment[1]), Milliseconds(segment[2]), Milliseconds(segment[3]), 4});
    QCOMPARE(moved.has_value(), movedStart >= 0);
    if (!moved)
        return;
    QCOMPARE(moved->start, movedStart);
    QCOMPARE(moved->end, movedEnd);
    QCOMPARE(moved->reason, u"a tunnel"_s);
}

void CarriedAllowancesTest::aReEncodeHasWhatWasAllowedBefore()
{
    WorkbenchRoom room;
    const auto original = ingestFile(room.workspace(), written(room, u"original.mp4"_s, 18));
    QVERIFY2(original, original ? "" : qPrintable(original.error().detail));
    const auto first = checkAsset(room.workspace(), original->id, u"web"_s);
    QVERIFY(first && !blackOf(*first).findings.empty());
    QVERIFY(allowFinding(room.workspace(), tunnel(original->id)));
    const auto copy = ingestFile(room.workspace(), written(room, u"again.mp4"_s, 30));
    QVERIFY(copy && !copy->duplicateOf);
    const auto report = checkAsset(room.workspace(), copy->id, u"web"_s);
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    for (const checks::Report& each : {*report, standing(room, copy->id)}) {
        QVERIFY(!blackOf(each).findings.empty());
        const auto& note = blackOf(each).findings[0].allowed;
        QVERIFY(note && note->carried);
        QCOMPARE(note->reason, u"a tunnel"_s);
        QCOMPARE(note->carried->asset, original->id.toString());
        QCOMPARE(note->carried->name, u"original.mp4"_s);
        QVERIFY(note->carried->distance <= 31);
        QCOMPARE(blackOf(each).outcome, checks::CheckOutcome::Pass);
    }
    // It survives the way through JSON, and says where it comes from.
    const auto again = checks::reportFromJson(checks::toJson(*report));
    QVERIFY(again);
    QCOMPARE(blackOf(*again).findings[0].allowed, blackOf(*report).findings[0].allowed);
}

void CarriedAllowancesTest::whatIsAllowedLaterReachesTheReEncode()
{
    WorkbenchRoom room;
    const auto original = ingestFile(room.workspace(), written(room, u"original.mp4"_s, 18));
    const auto copy = ingestFile(room.workspace(), written(room, u"again.mp4"_s, 30));
    QVERIFY(original && copy);
    for (const AssetId& asset : {original->id, copy->id})
        QVERIFY(checkAsset(room.workspace(), asset, u"web"_s));
    QVERIFY(!blackOf(standing(room, copy->id)).findings[0].allowed);
    const auto allowance = allowFinding(room.workspace(), tunnel(original->id));
    QVERIFY(allowance);
    QVERIFY(blackOf(standing(room, copy->id)).findings[0].allowed);
    QVERIFY(forgetAllowance(room.workspace(), allowance->id));
    QVERIFY(!blackOf(standing(room, copy->id)).findings[0].allowed);
    QVERIFY(blackOf(standing(room, copy->id)).outcome != checks::CheckOutcome::Pass);

    // What holds for a time is carried for that time.
    AllowRequest request = tunnel(original->id);
    request.expires = room.workspace().clock().now() + Milliseconds(1500);
    QVERIFY(allowFinding(room.workspace(), request));
    QTRY_VERIFY_WITH_TIMEOUT(!blackOf(standing(room, copy->id)).findings[0].allowed, kPatienceMs);
}

void CarriedAllowancesTest::soundIsAskedAboutAgain()
{
    WorkbenchRoom room;
    const auto first = room.ingestClip();
    QVERIFY(checkAsset(room.workspace(), first.id, u"broadcast-eu"_s));
    QVERIFY(allowFinding(room.workspace(), tunnel(first.id, u"loudness"_s)));
    // Other bytes, the same picture and sound: what follows the last box of the file is nothing.
    const QString copy = room.path(u"copy.mp4"_s);
    QVERIFY(QFile::copy(clipPath("talking_head_mono.mp4"), copy));
    QFile file(copy);
    QVERIFY(file.open(QIODevice::Append)
        && file.write(QByteArray("\0\0\0\x08"
                                 "free",
               8))
            == 8);
    file.close();
    const auto second = ingestFile(room.workspace(), copy);
    QVERIFY(second && !second->duplicateOf);
    const auto report = checkAsset(room.workspace(), second->id, u"broadcast-eu"_s);
    QVERIFY(report);
    const auto loudness = std::ranges::find(report->checks, u"loudness"_s, &checks::CheckResult::id);
    QVERIFY(!loudness->findings.empty() && !loudness->findings[0].allowed);
}

void CarriedAllowancesTest::otherPicturesHaveNothingOfIt()
{
    WorkbenchRoom room;
    const auto original = ingestFile(room.workspace(), written(room, u"original.mp4"_s, 18));
    const auto other = ingestFile(room.workspace(), written(room, u"other.mp4"_s, 18, true));
    QVERIFY(original && other);
    for (const AssetId& asset : {original->id, other->id})
        QVERIFY(checkAsset(room.workspace(), asset, u"web"_s));
    QVERIFY(allowFinding(room.workspace(), tunnel(original->id)));
    QVERIFY(!blackOf(standing(room, other->id)).findings[0].allowed);
}

QTEST_GUILESS_MAIN(CarriedAllowancesTest)
#include "tst_carried_allowances.moc"
