#include "checks/flash_programme.h"
#include "core/checks/flash_standard.h"

#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

constexpr Yuv kBlack {16, 128, 128};
constexpr Yuv kWhite {235, 128, 128};

const std::vector<double> kAll {kBt1702, kWcag22, kOfcom, kIso9241};

std::vector<CheckOutcome> alike(CheckOutcome outcome, std::size_t count = 4)
{
    return std::vector<CheckOutcome>(count, outcome);
}

CheckOutcome outcomeOf(const FlashProgramme& programme, double standard)
{
    return programme.judged(u"flash"_s, standard).outcome;
}

/// 4 Hz for 1.5 s at 25 fps between two greys on the whole screen.
FlashProgramme between(int dark, int bright)
{
    return {.sequence = fullScreenFlash({dark, 128, 128}, {bright, 128, 128}, changesOfRate(4, 1.5, 10, 25))};
}

/// Flashing of one rectangle, black and white.
FlashProgramme inRectangle(int x, int y, int width, int height)
{
    FlashProgramme programme;
    programme.sequence.areas.push_back({x, y, width, height, kBlack, kWhite, changesOfRate(4, 1.5, 10, 25)});
    return programme;
}

/// The frames that a time takes, as far as it goes.
int framesIn(double seconds, const FrameRate& rate)
{
    return static_cast<int>(std::floor(seconds * rate.perSecond() + 1e-9));
}

} // namespace

/// Flashing of luminance just below and just above each limit of each standard.
class FlashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sevenChangesInASecondAreTooMany_data() { addFrameRates(); }
    void sevenChangesInASecondAreTooMany();
    void flashesOfARate_data();
    void flashesOfARate();
    void spacedFlashesAreAccepted_data() { addFrameRates(); }
    void spacedFlashesAreAccepted();
    void timesCountAndNotFrames();
    void theStepCounts_data();
    void theStepCounts();
    void theDarkerImageCounts_data();
    void theDarkerImageCounts();
    void theAreaOfTheScreenCounts_data();
    void theAreaOfTheScreenCounts();
    void anyTenDegreesCount_data();
    void anyTenDegreesCount();
    void oppositePhasesDoNotCancel_data();
    void oppositePhasesDoNotCancel();
    void aChangeMayTakeSeveralFrames_data() { addFrameRates(); }
    void aChangeMayTakeSeveralFrames();
    void brightHdrIsJudgedByContrast_data();
    void brightHdrIsJudgedByContrast();
    void hlgIsShownAtAThousand();
    void fineBalancedPatternsAreNoFlash();
    void longFlashingIsWarnedOf_data();
    void longFlashingIsWarnedOf();
    void findingsSayWhereAndHowMuch();
    void aPictureThatOnlyMovesPasses();
    void oneFrameIsEvaluated();
};

void FlashTest::sevenChangesInASecondAreTooMany()
{
    QFETCH(FrameRate, rate);
    const int second = static_cast<int>(std::lround(rate.perSecond()));
    const auto withChanges = [&](int count, int span) {
        return FlashProgramme {.sequence = fullScreenFlash(kBlack, kWhite, spreadChanges(count, 5, span)),
            .rate = rate,
            .frames = second * 2}
            .outcomes(u"flash"_s, kAll);
    };
    QCOMPARE(withChanges(7, second - 1), alike(CheckOutcome::Fail));
    QCOMPARE(withChanges(7, second), alike(CheckOutcome::Pass)); // the seventh is a second later
    QCOMPARE(withChanges(6, second - 1), alike(CheckOutcome::Pass));
    QCOMPARE(withChanges(6, 5), alike(CheckOutcome::Pass)); // three flashes at once
}

void FlashTest::flashesOfARate_data()
{
    QTest::addColumn<FrameRate>("rate");
    QTest::addColumn<double>("hertz");
    QTest::addColumn<CheckOutcome>("outcome");
    for (const FrameRate rate : {FrameRate {24, 1}, {25, 1}, {30000, 1001}, {50, 1}, {60000, 1001}, {60, 1}}) {
        QTest::addRow("%d/%d 3 Hz", rate.num, rate.den) << rate << 3.0 << CheckOutcome::Pass;
        QTest::addRow("%d/%d 4 Hz", rate.num, rate.den) << rate << 4.0 << CheckOutcome::Fail;
        QTest::addRow("%d/%d 12 Hz", rate.num, rate.den) << rate << 12.0 << CheckOutcome::Fail;
    }
}

void FlashTest::flashesOfARate()
{
    QFETCH(FrameRate, rate);
    QFETCH(double, hertz);
    const FlashProgramme programme {
        .sequence = fullScreenFlash(kBlack, kWhite, changesOfRate(hertz, 3, 7, rate.perSecond())),
        .rate = rate,
        .frames = framesIn(4, rate)};
    QTEST(outcomeOf(programme, kBt1702), "outcome");
}

void FlashTest::spacedFlashesAreAccepted()
{
    QFETCH(FrameRate, rate);
    const int second = static_cast<int>(std::lround(rate.perSecond()));
    const double spacing = second % 25 == 0 ? kFlashSpacing50 : kFlashSpacing60;
    // A thousandth is the precision of time stamps.
    const int enough = static_cast<int>(std::ceil((spacing - 0.001) * rate.perSecond() - 1e-9));
    const auto withLeadingEdges = [&](int apart) {
        const std::vector<int> changes {0, 1, apart, 1 + apart, 2 * apart, 1 + 2 * apart, second - 1};
        std::vector<int> late;
        for (const int change : changes)
            late.push_back(change + 6);
        return FlashProgramme {.sequence = fullScreenFlash(kBlack, kWhite, late), .rate = rate, .frames = second * 2};
    };
    QCOMPARE(outcomeOf(withLeadingEdges(enough), kBt1702), CheckOutcome::Pass);
    QCOMPARE(outcomeOf(withLeadingEdges(enough - 1), kBt1702), CheckOutcome::Fail);
}

void FlashTest::timesCountAndNotFrames()
{
    // The same frames, first shown in 0.96 s, then in 1.2 s.
    FlashProgramme programme {.sequence = fullScreenFlash(kBlack, kWhite, spreadChanges(7, 6, 24)), .frames = 40};
    const auto shownFor = [&](qint64 frameMs) {
        programme.timesMs.clear();
        for (int frame = 0; frame <= programme.frames; ++frame)
            programme.timesMs.push_back(frame * frameMs + (frame % 2) * 7);
        return outcomeOf(programme, kBt1702);
    };
    QCOMPARE(shownFor(40), CheckOutcome::Fail);
    QCOMPARE(shownFor(50), CheckOutcome::Pass);
}

void FlashTest::theStepCounts_data()
{
    QTest::addColumn<double>("standard");
    QTest::addColumn<int>("dark");
    QTest::addColumn<int>("bright"); // the first code that counts
    // 200 · ((99 - 16) / 219)^2.4 = 19.5 cd/m², with 100: 20.0.
    QTest::newRow("bt1702 from black") << kBt1702 << 16 << 100;
    // 38.4 cd/m²; 147: 58.3, 148: 59.2.
    QTest::newRow("bt1702 from grey") << kBt1702 << 126 << 148;
    // 413.435 · (0.002745 · 255 V + 0.0189623)^2.2: black 0.07, 89: 19.97, 90: 20.4 cd/m².
    QTest::newRow("ofcom from black") << kOfcom << 16 << 90;
    // ((76/219 + 0.055) / 1.055)^2.4 = 0.0986, with 77/219: 0.1013.
    QTest::newRow("wcag22 from black") << kWcag22 << 16 << 93;
    QTest::newRow("iso from black") << kIso9241 << 16 << 93;
}

void FlashTest::theStepCounts()
{
    QFETCH(double, standard);
    QFETCH(int, dark);
    QFETCH(int, bright);
    QCOMPARE(outcomeOf(between(dark, bright), standard), CheckOutcome::Fail);
    QCOMPARE(outcomeOf(between(dark, bright - 1), standard), CheckOutcome::Pass);
}

void FlashTest::theDarkerImageCounts_data()
{
    QTest::addColumn<double>("standard");
    QTest::addColumn<int>("dark"); // the last code that counts
    // 200 · ((215 - 16) / 219)^2.4 = 159 cd/m², with 216: 160.9.
    QTest::newRow("bt1702") << kBt1702 << 215;
    // 0.8 is a signal of 0.9063: 214.5.
    QTest::newRow("wcag22") << kWcag22 << 214;
    QTest::newRow("iso") << kIso9241 << 214;
    // 160.3 cd/m² at 631 of 700 mV: 213.4.
    QTest::newRow("ofcom") << kOfcom << 213;
}

void FlashTest::theDarkerImageCounts()
{
    QFETCH(double, standard);
    QFETCH(int, dark);
    QCOMPARE(outcomeOf(between(dark, 235), standard), CheckOutcome::Fail);
    QCOMPARE(outcomeOf(between(dark + 1, 235), standard), CheckOutcome::Pass);
}

void FlashTest::theAreaOfTheScreenCounts_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("a quarter") << 320 << 180 << CheckOutcome::Pass;
    QTest::newRow("more than a quarter") << 322 << 180 << CheckOutcome::Fail;
    QTest::newRow("a strip") << 640 << 90 << CheckOutcome::Pass;
    QTest::newRow("a wider strip") << 640 << 92 << CheckOutcome::Fail;
}

void FlashTest::theAreaOfTheScreenCounts()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(CheckOutcome, outcome);
    for (const FlashProgramme& programme :
        {inRectangle(0, 0, width, height), inRectangle(640 - width, 360 - height, width, height)})
        QCOMPARE(programme.outcomes(u"flash"_s, {kBt1702, kOfcom}), alike(outcome, 2));
}

void FlashTest::anyTenDegreesCount_data()
{
    QTest::addColumn<int>("x");
    QTest::addColumn<int>("y");
    // 341 × 256 of 1024 × 768 is 213 × 160 here; a quarter of it 8,525 pixels, 92.3 × 92.3.
    QTest::newRow("corner") << 0 << 0;
    QTest::newRow("middle") << 274 << 134;
    QTest::newRow("odd cells") << 122 << 86;
    QTest::newRow("far corner") << 640 - 94 << 360 - 94;
}

void FlashTest::anyTenDegreesCount()
{
    QFETCH(int, x);
    QFETCH(int, y);
    const auto larger = inRectangle(x, y, 94, 94).outcomes(u"flash"_s, kAll);
    QCOMPARE(larger, (std::vector {CheckOutcome::Pass, CheckOutcome::Fail, CheckOutcome::Pass, CheckOutcome::Fail}));
    QCOMPARE(inRectangle(x, y, 92, 92).outcomes(u"flash"_s, kAll), alike(CheckOutcome::Pass));
    // The same area, but too far apart for one window.
    FlashProgramme apart = inRectangle(0, 0, 94, 48);
    apart.sequence.areas.push_back(apart.sequence.areas[0]);
    apart.sequence.areas[1].x = 500;
    apart.sequence.areas[1].y = 300;
    QCOMPARE(outcomeOf(apart, kWcag22), CheckOutcome::Pass);
}

void FlashTest::oppositePhasesDoNotCancel_data()
{
    QTest::addColumn<int>("side"); // of the squares of the board, in pixels
    QTest::newRow("halves") << 320;
    QTest::newRow("squares of 40") << 40;
    QTest::newRow("squares of 8") << 8;
}

void FlashTest::oppositePhasesDoNotCancel()
{
    QFETCH(int, side);
    FlashProgramme programme;
    const auto changes = changesOfRate(4, 1.5, 10, 25);
    for (int y = 0; y < 360; y += side) {
        for (int x = 0; x < 640; x += side) {
            const bool odd = (x / side + y / side) % 2 == 1;
            programme.sequence.areas.push_back(
                {x, y, side, std::min(side, 360 - y), odd ? kWhite : kBlack, odd ? kBlack : kWhite, changes});
        }
    }
    QCOMPARE(programme.outcomes(u"flash"_s, kAll), alike(CheckOutcome::Fail));
}

void FlashTest::aChangeMayTakeSeveralFrames()
{
    QFETCH(FrameRate, rate);
    // 4 Hz; each change takes half of its period, so one frame changes little.
    FlashProgramme programme {
        .sequence = fullScreenFlash({100, 128, 128}, {160, 128, 128}, changesOfRate(4, 2, 10, rate.perSecond())),
        .rate = rate,
        .frames = framesIn(3, rate)};
    programme.sequence.areas[0].rampFrames = std::max(2, framesIn(0.0625, rate));
    QCOMPARE(outcomeOf(programme, kBt1702), CheckOutcome::Fail);
    programme.sequence.areas[0].after.y = 110; // 24.5 cd/m²: too small a change, however long it is watched
    QCOMPARE(outcomeOf(programme, kBt1702), CheckOutcome::Pass);
}

void FlashTest::brightHdrIsJudgedByContrast_data()
{
    QTest::addColumn<int>("dark");
    QTest::addColumn<int>("bright");
    QTest::addColumn<CheckOutcome>("outcome");
    // PQ at 10 bits, limited range: (code - 64) / 876. 200 cd/m² is 0.5791, 225: 0.5914, 226: 0.5919.
    QTest::newRow("contrast below 1/17") << 571 << 581 << CheckOutcome::Pass;
    QTest::newRow("contrast above 1/17") << 571 << 583 << CheckOutcome::Fail;
    // 100 cd/m² is 0.5081: below 160 the step counts, 20 cd/m² are 0.0187 here.
    QTest::newRow("a small step in the dark") << 509 << 523 << CheckOutcome::Pass;
    QTest::newRow("a step in the dark") << 509 << 527 << CheckOutcome::Fail;
}

void FlashTest::brightHdrIsJudgedByContrast()
{
    QFETCH(int, dark);
    QFETCH(int, bright);
    FlashProgramme programme = between(dark, bright);
    for (Yuv* colour :
        {&programme.sequence.ground, &programme.sequence.areas[0].before, &programme.sequence.areas[0].after})
        colour->u = colour->v = 512;
    programme.bits = 10;
    programme.color = {media::ColorRange::Limited, 9, 16, 9};
    QTEST(outcomeOf(programme, kBt1702), "outcome");
}

void FlashTest::hlgIsShownAtAThousand()
{
    // HLG 0.5 is a scene light of 1/12: 1000 · (1/12)^1.2 = 50.7 cd/m²; 70.7 is a signal of 0.566, code 559.8.
    FlashProgramme programme = between(502, 559);
    for (Yuv* colour :
        {&programme.sequence.ground, &programme.sequence.areas[0].before, &programme.sequence.areas[0].after})
        colour->u = colour->v = 512;
    programme.bits = 10;
    programme.color = {media::ColorRange::Limited, 9, 18, 9};
    QCOMPARE(outcomeOf(programme, kBt1702), CheckOutcome::Pass);
    programme.sequence.areas[0].after.y = 561;
    QCOMPARE(outcomeOf(programme, kBt1702), CheckOutcome::Fail);
}

void FlashTest::fineBalancedPatternsAreNoFlash()
{
    // Squares of one pixel of 640 are 0.05 degrees: they cancel in their cell.
    FlashProgramme programme {.frames = 30};
    programme.sequence.width = 64;
    programme.sequence.height = 644; // two pixels a cell, as at 640 across
    const auto changes = changesOfRate(5, 1, 2, 25);
    for (int y = 0; y < 644; ++y) {
        for (int x = 0; x < 64; ++x) {
            const bool odd = (x + y) % 2 == 1;
            programme.sequence.areas.push_back({x, y, 1, 1, odd ? kWhite : kBlack, odd ? kBlack : kWhite, changes});
        }
    }
    QCOMPARE(outcomeOf(programme, kWcag22), CheckOutcome::Pass);
}

void FlashTest::longFlashingIsWarnedOf_data()
{
    QTest::addColumn<double>("hertz");
    QTest::addColumn<double>("seconds");
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("2 Hz for 4.5 s") << 2.0 << 4.5 << CheckOutcome::Pass;
    QTest::newRow("2 Hz for 6 s") << 2.0 << 6.0 << CheckOutcome::Warn;
    QTest::newRow("3 Hz for 6 s") << 3.0 << 6.0 << CheckOutcome::Warn;
    QTest::newRow("1 Hz for 9 s") << 1.0 << 9.0 << CheckOutcome::Pass;
    QTest::newRow("4 Hz for 6 s") << 4.0 << 6.0 << CheckOutcome::Fail;
}

void FlashTest::longFlashingIsWarnedOf()
{
    QFETCH(double, hertz);
    QFETCH(double, seconds);
    const FlashProgramme programme {
        .sequence = fullScreenFlash(kBlack, kWhite, changesOfRate(hertz, seconds, 10, 25)), .frames = 250};
    const CheckResult result = programme.judged(u"flash"_s, kBt1702);
    QTEST(result.outcome, "outcome");
    QVERIFY(result.findings.size() <= 1u);
    if (result.outcome == CheckOutcome::Warn)
        QCOMPARE(result.findings[0].detail, u"prolonged_flashing"_s);
}

void FlashTest::findingsSayWhereAndHowMuch()
{
    FlashProgramme programme = inRectangle(200, 60, 360, 240);
    programme.frames = 100;
    const CheckResult result = programme.judged(u"flash"_s, kBt1702);
    QCOMPARE(result.findings.size(), 1u);
    const Finding& finding = result.findings[0];
    QCOMPARE(finding.detail, u"flash"_s);
    QCOMPARE(finding.severity, Severity::Fail);
    // Twelve changes, an eighth of a second apart from frame 10 on: the last at 11/8 s, its first frame is 45.
    QCOMPARE(finding.firstFrame, 10);
    QCOMPARE(finding.lastFrame, 45);
    QCOMPARE(finding.start, 0.4);
    QCOMPARE(finding.region, (std::optional<Region>({200, 60, 360, 240})));
    QCOMPARE(finding.measured.at(u"flash_count"_s), 6.0);
    QCOMPARE(finding.measured.at(u"flashes_per_s"_s), 4.0);
    QCOMPARE(finding.measured.at(u"area_share"_s), 0.375);
    QCOMPARE(finding.measured.at(u"luminance_step_cd_m2"_s), 200.0);
    const CheckResult relative = programme.judged(u"flash"_s, kWcag22);
    QCOMPARE(relative.findings.at(0).measured.at(u"luminance_step_relative"_s), 1.0);
    QCOMPARE(relative.findings.at(0).measured.at(u"area_share"_s), 1.0);
}

void FlashTest::aPictureThatOnlyMovesPasses()
{
    // A bright bar crosses the picture once a second: each place sees one flash of it.
    FlashProgramme programme {.frames = 75};
    for (int x = 0; x < 640; x += 20) {
        const int first = x * 25 / 640;
        programme.sequence.areas.push_back(
            {x, 0, 20, 360, kBlack, kWhite, {first, first + 5, first + 25, first + 30, first + 50, first + 55}});
    }
    QCOMPARE(programme.outcomes(u"flash"_s, kAll), alike(CheckOutcome::Pass));
}

void FlashTest::oneFrameIsEvaluated()
{
    FlashProgramme programme {.frames = 1};
    QCOMPARE(outcomeOf(programme, kBt1702), CheckOutcome::Pass);
}

QTEST_GUILESS_MAIN(FlashTest)
#include "tst_flash.moc"
