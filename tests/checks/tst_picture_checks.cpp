#include "checks/synthetic_programme.h"
#include "core/checks/check_descriptor.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kBlack = 16;

/// A picture that moves: no frame repeats another, no line is dark.
int moving(int frame, int x, int y)
{
    return 60 + (frame * 13 + x * 5 + y * 3) % 150;
}

bool isWithin(int frame, int first, int last)
{
    return frame >= first && frame <= last;
}

/// Frames 10..first of every rate the product promises.
void addRates()
{
    QTest::addColumn<int>("num");
    QTest::addColumn<int>("den");
    for (const auto& [num, den] : {std::pair(24, 1), {25, 1}, {30000, 1001}, {50, 1}, {60000, 1001}, {60, 1}})
        QTest::addRow("%d/%d", num, den) << num << den;
}

} // namespace

class PictureChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void blackIsFoundAtItsExactFrames_data() { addRates(); }
    void blackIsFoundAtItsExactFrames();
    void blackCountsPixelsAndCodesExactly_data();
    void blackCountsPixelsAndCodesExactly();
    void freezeBeginsWithTheRepeatedFrame_data() { addRates(); }
    void freezeBeginsWithTheRepeatedFrame();
    void freezeIsJudgedAtItsLimit_data();
    void freezeIsJudgedAtItsLimit();
    void slowDriftIsNoFreeze();
    void aPulseDoesNotEndAFreeze();
    void blackIsNotReportedAsFreezeToo();
    void aFreezeThatFadesToBlackIsBoth();
    void twoStillsInARowAreTwoFreezes();
    void variableRateUsesTimes();
    void barsAreFound_data();
    void barsAreFound();
    void areaChangeIsAtItsFrame();
    void subtitlesInTheBarsChangeNothing();
    void aDarkSceneIsNoBar();
    void aShortInsertIsNoChange();
    void oneFrameIsEvaluated();
    void bottomUpPicturesReadTheSame();
    void damagedFramesAreNeverPassed();
    void missingTailIsDamage();
};

void PictureChecksTest::blackIsFoundAtItsExactFrames()
{
    QFETCH(int, num);
    QFETCH(int, den);
    const int length = (2 * num + den - 1) / den; // the fewest frames that last two seconds
    SyntheticProgramme programme {.fpsNum = num, .fpsDen = den, .frames = length + 40};
    const auto blackFor = [](int count) {
        return
            [count](int frame, int x, int y) { return isWithin(frame, 20, 19 + count) ? kBlack : moving(frame, x, y); };
    };
    programme.luma = blackFor(length);
    const CheckResult found = programme.judged(u"black"_s);
    QCOMPARE(found.outcome, CheckOutcome::Fail);
    QCOMPARE(found.findings.size(), 1u);
    QCOMPARE(found.findings[0].firstFrame, 20);
    QCOMPARE(found.findings[0].lastFrame, 19 + length);
    QCOMPARE(found.findings[0].start, 20.0 * den / num);
    QCOMPARE(found.findings[0].end, (20.0 + length) * den / num);
    QCOMPARE(found.findings[0].measured.at(u"dark_share"_s), 1.0);
    programme.luma = blackFor(length - 1);
    QCOMPARE(programme.judged(u"black"_s).outcome, CheckOutcome::Pass);
}

void PictureChecksTest::blackCountsPixelsAndCodesExactly_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("fullRange");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("brightPixels"); // of 100 × 50
    QTest::addColumn<CheckOutcome>("outcome");
    // 10 % of 16–235 is code 37; of 0–255 code 25; of 64–940 code 151.
    QTest::newRow("limited 37") << 8 << false << 37 << 0 << CheckOutcome::Fail;
    QTest::newRow("limited 38") << 8 << false << 38 << 0 << CheckOutcome::Pass;
    QTest::newRow("full 25") << 8 << true << 25 << 0 << CheckOutcome::Fail;
    QTest::newRow("full 26") << 8 << true << 26 << 0 << CheckOutcome::Pass;
    QTest::newRow("10 bit 151") << 10 << false << 151 << 0 << CheckOutcome::Fail;
    QTest::newRow("10 bit 152") << 10 << false << 152 << 0 << CheckOutcome::Pass;
    QTest::newRow("2 % bright") << 8 << false << 16 << 100 << CheckOutcome::Fail;
    QTest::newRow("over 2 % bright") << 8 << false << 16 << 101 << CheckOutcome::Pass;
}

void PictureChecksTest::blackCountsPixelsAndCodesExactly()
{
    QFETCH(int, bits);
    QFETCH(bool, fullRange);
    QFETCH(int, code);
    QFETCH(int, brightPixels);
    SyntheticProgramme programme {.width = 100, .height = 50, .frames = 60, .bits = bits, .fullRange = fullRange};
    programme.luma = [=](int, int x, int y) { return y * 100 + x < brightPixels ? 200 << (bits - 8) : code; };
    QTEST(programme.judged(u"black"_s).outcome, "outcome");
}

void PictureChecksTest::freezeBeginsWithTheRepeatedFrame()
{
    QFETCH(int, num);
    QFETCH(int, den);
    const int length = (2 * num + den - 1) / den;
    SyntheticProgramme programme {.fpsNum = num, .fpsDen = den, .frames = length + 40};
    const auto frozenFor = [](int count) {
        return [count](int frame, int x, int y) { return moving(isWithin(frame, 20, 19 + count) ? 20 : frame, x, y); };
    };
    programme.luma = frozenFor(length);
    const CheckResult found = programme.judged(u"freeze"_s);
    QCOMPARE(found.findings.size(), 1u);
    QCOMPARE(found.findings[0].firstFrame, 20);
    QCOMPARE(found.findings[0].lastFrame, 19 + length);
    programme.luma = frozenFor(length - 1);
    QCOMPARE(programme.judged(u"freeze"_s).outcome, CheckOutcome::Pass);
}

void PictureChecksTest::freezeIsJudgedAtItsLimit_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("changed"); // pixels of 100 × 50 that differ by step from frame to frame
    QTest::addColumn<int>("step");
    QTest::addColumn<CheckOutcome>("outcome");
    // 0.001 of 256 over 5000 pixels is a sum of 1280; of 1024 it is 5120.
    QTest::newRow("at the limit") << 8 << 1280 << 1 << CheckOutcome::Fail;
    QTest::newRow("just over") << 8 << 1290 << 1 << CheckOutcome::Pass;
    QTest::newRow("at the limit, 10 bit") << 10 << 2560 << 2 << CheckOutcome::Fail;
    QTest::newRow("just over, 10 bit") << 10 << 2570 << 2 << CheckOutcome::Pass;
}

void PictureChecksTest::freezeIsJudgedAtItsLimit()
{
    QFETCH(int, bits);
    QFETCH(int, changed);
    QFETCH(int, step);
    SyntheticProgramme programme {.width = 100, .height = 50, .frames = 80, .bits = bits};
    // Each frame lifts another set of pixels, so that any two of three neighbours differ by the same.
    programme.luma = [=](int frame, int x, int y) {
        const int pixel = y * 100 + x;
        const int set = frame % 3 * changed / 2;
        return (100 << (bits - 8)) + (pixel >= set && pixel < set + changed / 2 ? step : 0);
    };
    QTEST(programme.judged(u"freeze"_s).outcome, "outcome");
}

void PictureChecksTest::slowDriftIsNoFreeze()
{
    // Neighbours differ by less than the limit, but the picture does change: measured against a reference it moves.
    SyntheticProgramme programme {.width = 100, .height = 50, .frames = 150};
    programme.luma = [](int frame, int x, int y) { return 60 + (frame * 500 + y * 100 + x) / 5000; };
    QCOMPARE(programme.judged(u"freeze"_s).outcome, CheckOutcome::Pass);
}

void PictureChecksTest::aPulseDoesNotEndAFreeze()
{
    SyntheticProgramme programme {.width = 100, .height = 50, .frames = 75};
    // Frame 37 alone differs by 2.5 times the limit.
    programme.luma = [](int frame, int x, int y) { return 100 + (frame == 37 && y * 100 + x < 3200 ? 1 : 0); };
    const CheckResult result = programme.judged(u"freeze"_s);
    QCOMPARE(result.findings.size(), 1u);
    QCOMPARE(result.findings[0].firstFrame, 0);
    QCOMPARE(result.findings[0].lastFrame, 74);
}

void PictureChecksTest::blackIsNotReportedAsFreezeToo()
{
    SyntheticProgramme programme {.frames = 150};
    programme.luma = [](int frame, int x, int y) { return isWithin(frame, 30, 109) ? kBlack : moving(frame, x, y); };
    const Report report = judge(programme.measure(), defaultProfile());
    QCOMPARE(report.checks[0].findings.size(), 1u);
    QCOMPARE(report.checks[1].id, u"freeze"_s);
    QCOMPARE(report.checks[1].outcome, CheckOutcome::Pass);
}

void PictureChecksTest::aFreezeThatFadesToBlackIsBoth()
{
    SyntheticProgramme programme {.frames = 200};
    programme.luma = [](int frame, int x, int y) {
        return frame < 100 ? moving(isWithin(frame, 20, 99) ? 20 : frame, x, y) : kBlack;
    };
    const Report report = judge(programme.measure(), defaultProfile());
    QCOMPARE(report.checks[0].findings.at(0).firstFrame, 100);
    QCOMPARE(report.checks[1].findings.size(), 1u);
    QCOMPARE(report.checks[1].findings.at(0).firstFrame, 20);
    QCOMPARE(report.checks[1].findings.at(0).lastFrame, 99);
}

void PictureChecksTest::twoStillsInARowAreTwoFreezes()
{
    SyntheticProgramme programme {.frames = 120};
    programme.luma = [](int frame, int x, int y) { return moving(frame < 60 ? 3 : 8, x, y); };
    const CheckResult result = programme.judged(u"freeze"_s);
    QCOMPARE(result.findings.size(), 2u);
    QCOMPARE(result.findings[0].lastFrame, 59);
    QCOMPARE(result.findings[1].firstFrame, 60);
}

void PictureChecksTest::variableRateUsesTimes()
{
    // Ten frames of black, but shown for 250 ms each.
    SyntheticProgramme programme {.frames = 40};
    qint64 time = 0;
    for (int frame = 0; frame <= 40; ++frame) {
        programme.timesMs.push_back(time);
        time += isWithin(frame, 10, 19) ? 250 : 40;
    }
    programme.luma = [](int frame, int x, int y) { return isWithin(frame, 10, 19) ? kBlack : moving(frame, x, y); };
    const CheckResult result = programme.judged(u"black"_s);
    QCOMPARE(result.findings.size(), 1u);
    QCOMPARE(result.findings[0].start, 0.4);
    QCOMPARE(result.findings[0].end, 2.9);
    QCOMPARE(result.findings[0].lastFrame, 19);
}

void PictureChecksTest::barsAreFound_data()
{
    QTest::addColumn<int>("top");
    QTest::addColumn<int>("left");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QString>("detail");
    QTest::newRow("none") << 0 << 0 << 8 << QString();
    QTest::newRow("letterbox") << 22 << 0 << 8 << u"letterbox"_s;
    QTest::newRow("pillarbox") << 0 << 40 << 8 << u"pillarbox"_s;
    QTest::newRow("windowbox") << 22 << 40 << 8 << u"windowbox"_s;
    QTest::newRow("letterbox in 10 bit") << 22 << 0 << 10 << u"letterbox"_s;
    QTest::newRow("blanking of two lines") << 2 << 0 << 8 << QString();
}

void PictureChecksTest::barsAreFound()
{
    QFETCH(int, top);
    QFETCH(int, left);
    QFETCH(int, bits);
    QFETCH(QString, detail);
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 50, .bits = bits};
    programme.luma = [=](int frame, int x, int y) {
        const bool bar = y < top || y >= 180 - top || x < left || x >= 320 - left;
        return (bar ? kBlack + (x + y) % 3 : moving(frame, x, y)) << (bits - 8);
    };
    const CheckResult result = programme.judged(u"letterbox"_s);
    QCOMPARE(result.findings.size(), detail.isEmpty() ? 0u : 1u);
    if (!detail.isEmpty()) {
        QCOMPARE(result.findings[0].detail, detail);
        QCOMPARE(result.findings[0].region, (Region {left, top, 320 - 2 * left, 180 - 2 * top}));
    }
}

void PictureChecksTest::areaChangeIsAtItsFrame()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 150};
    programme.luma = [](int frame, int x, int y) {
        const bool bars = isWithin(frame, 50, 99);
        return bars && (y < 22 || y >= 158) ? kBlack : moving(frame, x, y);
    };
    const CheckResult result = programme.judged(u"letterbox"_s);
    QCOMPARE(result.findings.size(), 2u);
    QCOMPARE(result.findings[0].detail, u"active_area_change"_s);
    QCOMPARE(result.findings[0].firstFrame, 50);
    QCOMPARE(result.findings[0].lastFrame, 99);
    QCOMPARE(result.findings[0].region, (Region {0, 22, 320, 136}));
    QCOMPARE(result.findings[1].firstFrame, 100);
    QCOMPARE(result.findings[1].region, (Region {0, 0, 320, 180}));
}

void PictureChecksTest::subtitlesInTheBarsChangeNothing()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 200};
    programme.luma = [](int frame, int x, int y) {
        const bool text
            = isWithin(frame, 50, 149) && y >= 164 && y < 174 && x > 90 && x < 230 && (x / 3 + y / 2) % 2 == 0;
        return text ? 235 : y < 22 || y >= 158 ? kBlack : moving(frame, x, y);
    };
    const CheckResult result = programme.judged(u"letterbox"_s);
    QCOMPARE(result.findings.size(), 1u);
    QCOMPARE(result.findings[0].detail, u"letterbox"_s);
    QCOMPARE(result.findings[0].lastFrame, 199);
    QCOMPARE(result.findings[0].region, (Region {0, 22, 320, 136}));
}

void PictureChecksTest::aDarkSceneIsNoBar()
{
    // A spot of light that fades into black: dark edges, but no edge of a bar.
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 100};
    programme.luma = [](int frame, int x, int y) {
        if (!isWithin(frame, 30, 80))
            return moving(frame, x, y);
        const double distance = std::hypot((x - 160) / 160.0, (y - 90) / 90.0);
        return kBlack + static_cast<int>(std::max(0.0, 80 * (0.8 - distance)));
    };
    QCOMPARE(programme.judged(u"letterbox"_s).outcome, CheckOutcome::Pass);
}

void PictureChecksTest::aShortInsertIsNoChange()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 100};
    programme.luma = [](int frame, int x, int y) {
        return isWithin(frame, 40, 59) && (y < 22 || y >= 158) ? kBlack : moving(frame, x, y);
    };
    QCOMPARE(programme.judged(u"letterbox"_s).outcome, CheckOutcome::Pass);
}

void PictureChecksTest::oneFrameIsEvaluated()
{
    SyntheticProgramme programme {.frames = 1};
    programme.luma = moving;
    // What a programme without sound, container and HDR has nothing of.
    const QStringList absent {u"no_audio"_s, u"not_hdr"_s, u"nothing_to_compare"_s, u"not_measured"_s};
    for (const CheckResult& result : judge(programme.measure(), defaultProfile()).checks) {
        const CheckDescriptor* descriptor = findDescriptor(result.id);
        const bool applies = descriptor->kind == CheckKind::Picture && !absent.contains(result.cause);
        if (applies)
            QVERIFY2(result.outcome == CheckOutcome::Pass, qPrintable(result.id));
    }
}

void PictureChecksTest::bottomUpPicturesReadTheSame()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 30};
    programme.luma = [](int frame, int x, int y) { return y < 30 ? kBlack : moving(frame, x, y); };
    const Measurements upright = programme.measure();
    programme.bottomUp = true;
    QCOMPARE(programme.measure(), upright);
    QCOMPARE(programme.judged(u"letterbox"_s).findings.at(0).region, (Region {0, 30, 320, 150}));
}

void PictureChecksTest::damagedFramesAreNeverPassed()
{
    SyntheticProgramme programme {.frames = 100};
    programme.luma = moving;
    programme.damagedFrame = [](int frame) { return isWithin(frame, 40, 41); };
    programme.missingFrame = [](int frame) { return isWithin(frame, 42, 44); };
    const Report report = judge(programme.measure(), defaultProfile());
    QCOMPARE(report.checks[0].outcome, CheckOutcome::NotEvaluated);
    QCOMPARE(report.checks[0].cause, u"damaged"_s);
    QCOMPARE(report.checks[1].outcome, CheckOutcome::NotEvaluated);
    const auto found = std::ranges::find(report.checks, u"decode_errors"_s, &CheckResult::id);
    QVERIFY(found != report.checks.end());
    const CheckResult& damage = *found;
    QCOMPARE(damage.outcome, CheckOutcome::Fail);
    QCOMPARE(damage.findings.size(), 1u);
    QCOMPARE(damage.findings[0].firstFrame, 40);
    QCOMPARE(damage.findings[0].lastFrame, 44);
    QCOMPARE(damage.findings[0].start, 1.6);
    QCOMPARE(damage.findings[0].end, 1.8);
    QCOMPARE(verdict(report), CheckOutcome::Fail);
}

void PictureChecksTest::missingTailIsDamage()
{
    SyntheticProgramme programme {.frames = 100};
    programme.luma = moving;
    programme.missingFrame = [](int frame) { return frame >= 90; };
    const CheckResult result = programme.judged(u"decode_errors"_s);
    QCOMPARE(result.findings.at(0).firstFrame, 90);
    QCOMPARE(result.findings.at(0).lastFrame, 99);
    QCOMPARE(result.measured.at(u"damaged_frames"_s), 10.0);
}

QTEST_GUILESS_MAIN(PictureChecksTest)
#include "tst_picture_checks.moc"
