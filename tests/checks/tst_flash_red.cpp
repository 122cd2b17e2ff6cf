#include "checks/flash_programme.h"
#include "core/checks/flash_standard.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

const std::vector<double> kAll {kBt1702, kWcag22, kOfcom, kIso9241, kWcag20};

std::vector<CheckOutcome> outcomesOf(const FlashProgramme& programme)
{
    return programme.outcomes(u"red_flash"_s, kAll);
}

/// The same for every standard, then one for each: bt1702, wcag22, ofcom, iso9241-391, wcag20.
std::vector<CheckOutcome> alike(CheckOutcome outcome)
{
    return std::vector<CheckOutcome>(kAll.size(), outcome);
}

FlashProgramme between(const Yuv& before, const Yuv& after, double hertz = 4)
{
    return {.sequence = fullScreenFlash(before, after, changesOfRate(hertz, 1.5, 10, 25))};
}

const Yuv kRed = yuvOf(1, 0, 0);
const Yuv kGreen = yuvOf(0, 1, 0);
const Yuv kBlue = yuvOf(0, 0, 1);
const Yuv kBlack {16, 128, 128};
const Yuv kGrey {110, 128, 128};

} // namespace

/// Flashing of saturated red just below and just above each limit of each standard.
class RedFlashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saturatedRedFlashes_data();
    void saturatedRedFlashes();
    void otherColoursAreNoRedFlash_data();
    void otherColoursAreNoRedFlash();
    void saturationCounts();
    void theDistanceOfColoursCounts();
    void theOldFormulaCountsExcess();
    void theRateCounts_data() { addFrameRates(); }
    void theRateCounts();
    void theAreaCounts();
    void slowChangesCountFromTheirStart();
    void redWithoutFlashingPasses();
    void noiseAtTheLimitIsNoFlash();
    void findingsSayWhere();
};

void RedFlashTest::saturatedRedFlashes_data()
{
    QTest::addColumn<Yuv>("other");
    QTest::newRow("black") << kBlack;
    QTest::newRow("grey") << kGrey;
    QTest::newRow("green") << kGreen;
    QTest::newRow("blue") << kBlue;
    // As bright as red: nothing but the colour flashes.
    QTest::newRow("grey of the same luma") << Yuv {kRed.y, 128, 128};
}

void RedFlashTest::saturatedRedFlashes()
{
    QFETCH(Yuv, other);
    QCOMPARE(outcomesOf(between(other, kRed)), alike(CheckOutcome::Fail));
    QCOMPARE(outcomesOf(between(kRed, other)), alike(CheckOutcome::Fail));
}

void RedFlashTest::otherColoursAreNoRedFlash_data()
{
    QTest::addColumn<Yuv>("one");
    QTest::addColumn<Yuv>("other");
    QTest::newRow("black and white") << kBlack << Yuv {235, 128, 128};
    QTest::newRow("blue and green") << kBlue << kGreen;
    QTest::newRow("black and blue") << kBlack << kBlue;
    QTest::newRow("black and a pale red") << kBlack << yuvOf(1, 0.5, 0.5);
    QTest::newRow("two noises of black") << Yuv {16, 128, 128} << Yuv {17, 127, 130};
}

void RedFlashTest::otherColoursAreNoRedFlash()
{
    QFETCH(Yuv, one);
    QFETCH(Yuv, other);
    QCOMPARE(outcomesOf(between(one, other)), alike(CheckOutcome::Pass));
}

void RedFlashTest::saturationCounts()
{
    // R/(R+G+B) of linear light: 1/(1 + 2 · 0.115) is 0.813, with 0.135 it is 0.787.
    QCOMPARE(outcomesOf(between(kGrey, yuvOfLight(1, 0.115, 0.115))).at(0), CheckOutcome::Fail);
    QCOMPARE(outcomesOf(between(kGrey, yuvOfLight(1, 0.135, 0.135))), alike(CheckOutcome::Pass));
    const auto unsaturated = yuvOfLight(1, 0.135, 0.135);
    QCOMPARE(outcomesOf(between(unsaturated, {16, 128, 128})), alike(CheckOutcome::Pass));
}

void RedFlashTest::theDistanceOfColoursCounts()
{
    // u'v' of pure red is (0.4507, 0.5229). With 35 % of white added it is (0.3132, 0.4926): a distance of 0.141; with
    // 100 % (0.2484, 0.4783): 0.207. By any change of saturation both count.
    const auto near = outcomesOf(between(yuvOfLight(0.9, 0.3, 0.3), kRed));
    QCOMPARE(near,
        (std::vector {
            CheckOutcome::Fail, CheckOutcome::Pass, CheckOutcome::Fail, CheckOutcome::Pass, CheckOutcome::Fail}));
    const auto far = outcomesOf(between(yuvOfLight(0.9, 0.6, 0.6), kRed));
    QCOMPARE(far, alike(CheckOutcome::Fail));
}

void RedFlashTest::theOldFormulaCountsExcess()
{
    // (R−G−B) · 320 of a dark red with R = 0.059 is 18.9, with 0.068 21.8; against black.
    const auto below = outcomesOf(between(kBlack, yuvOfLight(0.059, 0, 0)));
    QCOMPARE(below.at(4), CheckOutcome::Pass);
    QCOMPARE(below.at(1), CheckOutcome::Fail);
    QCOMPARE(outcomesOf(between(kBlack, yuvOfLight(0.068, 0, 0))).at(4), CheckOutcome::Fail);
}

void RedFlashTest::theRateCounts()
{
    QFETCH(FrameRate, rate);
    const int second = static_cast<int>(std::lround(rate.perSecond()));
    const auto withChanges = [&](int count, int span) {
        return outcomesOf({.sequence = fullScreenFlash(kBlack, kRed, spreadChanges(count, 5, span)),
            .rate = rate,
            .frames = second * 2});
    };
    QCOMPARE(withChanges(7, second - 1), alike(CheckOutcome::Fail));
    QCOMPARE(withChanges(7, second), alike(CheckOutcome::Pass));
    QCOMPARE(withChanges(6, second - 1), alike(CheckOutcome::Pass));
}

void RedFlashTest::theAreaCounts()
{
    const auto inRectangle = [](int x, int y, int width, int height) {
        FlashProgramme programme;
        programme.sequence.areas.push_back({x, y, width, height, kBlack, kRed, changesOfRate(4, 1.5, 10, 25)});
        return outcomesOf(programme);
    };
    QCOMPARE(inRectangle(100, 40, 324, 180), alike(CheckOutcome::Fail));
    const auto quarter = inRectangle(100, 40, 320, 180);
    QCOMPARE(quarter.at(0), CheckOutcome::Pass);
    QCOMPARE(quarter.at(2), CheckOutcome::Pass);
    const auto tenDegrees = inRectangle(300, 100, 96, 96);
    QCOMPARE(tenDegrees,
        (std::vector {
            CheckOutcome::Pass, CheckOutcome::Fail, CheckOutcome::Pass, CheckOutcome::Fail, CheckOutcome::Fail}));
    QCOMPARE(inRectangle(300, 100, 92, 90), alike(CheckOutcome::Pass));
}

void RedFlashTest::slowChangesCountFromTheirStart()
{
    FlashProgramme programme {
        .sequence = fullScreenFlash(kGrey, kRed, changesOfRate(4, 1.5, 10, 60)), .rate = {60, 1}, .frames = 130};
    programme.sequence.areas[0].rampFrames = 6;
    QCOMPARE(outcomesOf(programme), alike(CheckOutcome::Fail));
}

void RedFlashTest::redWithoutFlashingPasses()
{
    FlashProgramme still;
    still.sequence.ground = kRed;
    QCOMPARE(outcomesOf(still), alike(CheckOutcome::Pass));
    QCOMPARE(outcomesOf(between(kBlack, kRed, 1)), alike(CheckOutcome::Pass));
    // A red whose brightness flashes stays a saturated red: it is a luminance flash, no change of colour.
    const auto dimmed = outcomesOf(between(yuvOfLight(0.5, 0, 0), kRed));
    QCOMPARE(dimmed.at(0), CheckOutcome::Pass);
    QCOMPARE(dimmed.at(1), CheckOutcome::Pass);
}

void RedFlashTest::noiseAtTheLimitIsNoFlash()
{
    QCOMPARE(
        outcomesOf(between(yuvOfLight(1, 0.122, 0.122), yuvOfLight(1, 0.128, 0.128), 10)), alike(CheckOutcome::Pass));
}

void RedFlashTest::findingsSayWhere()
{
    FlashProgramme programme;
    programme.sequence.areas.push_back({200, 60, 360, 240, kGrey, kRed, changesOfRate(4, 1.5, 10, 25)});
    programme.frames = 90;
    const CheckResult result = programme.judged(u"red_flash"_s, kWcag22);
    QCOMPARE(result.findings.size(), 1u);
    QCOMPARE(result.findings[0].detail, u"red_flash"_s);
    QCOMPARE(result.findings[0].firstFrame, 10);
    QCOMPARE(result.findings[0].lastFrame, 45);
    QCOMPARE(result.findings[0].region, (std::optional<Region>({200, 60, 360, 240})));
    const double step = result.findings[0].measured.at(u"colour_step_uv"_s);
    QVERIFY2(std::abs(step - 0.2587) < 0.003, QByteArray::number(step)); // white to the red primary
}

QTEST_GUILESS_MAIN(RedFlashTest)
#include "tst_flash_red.moc"
