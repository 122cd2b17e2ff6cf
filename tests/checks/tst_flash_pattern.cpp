#include "checks/synthetic_programme.h"
#include "core/checks/engine/pattern_stripes.h"

#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 320;
constexpr int kHeight = 180;
constexpr int kDark = 16;
constexpr int kLight = 200;

const Profile& patternAlone()
{
    static const Profile profile = *onlyChecks(defaultProfile(), {u"pattern"_s});
    return profile;
}

/// Stripes of a number of pairs across the width, moved by some part of a pair.
int vertical(int x, double pairs, double shift = 0)
{
    const double phase = x * pairs / kWidth + shift;
    return phase - std::floor(phase) < 0.5 ? kLight : kDark;
}

CheckResult judged(int frames, std::function<int(int, int, int)> luma)
{
    SyntheticProgramme programme {.width = kWidth, .height = kHeight, .frames = frames};
    programme.luma = std::move(luma);
    return programme.judged(u"pattern"_s, patternAlone());
}

} // namespace

/// Striped patterns just below and just above each limit of the consensus.
class PatternTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stillStripesCount_data();
    void stillStripesCount();
    void movingStripesCount_data();
    void movingStripesCount();
    void theAreaCounts_data();
    void theAreaCounts();
    void theLightStripesCount();
    void theTimeCounts();
    void otherPicturesAreNoPattern_data();
    void otherPicturesAreNoPattern();
    void runsAreRegular();
    void findingsSayWhere();
};

void PatternTest::stillStripesCount_data()
{
    QTest::addColumn<QString>("direction");
    QTest::addColumn<int>("pairs");
    QTest::addColumn<CheckOutcome>("outcome");
    for (const char* direction : {"vertical", "horizontal"}) {
        QTest::addRow("%s 7", direction) << QString::fromLatin1(direction) << 7 << CheckOutcome::Pass;
        QTest::addRow("%s 8", direction) << QString::fromLatin1(direction) << 8 << CheckOutcome::Fail;
        QTest::addRow("%s 30", direction) << QString::fromLatin1(direction) << 30 << CheckOutcome::Fail;
    }
    // Nine pairs along the rows and five along the columns: fourteen across.
    QTest::addRow("oblique") << u"oblique"_s << 9 << CheckOutcome::Fail;
}

void PatternTest::stillStripesCount()
{
    QFETCH(QString, direction);
    QFETCH(int, pairs);
    const auto result = judged(25, [&](int, int x, int y) {
        if (direction == "horizontal"_L1)
            return vertical(y, double(pairs) * kWidth / kHeight);
        return direction == "oblique"_L1 ? vertical(x + y, pairs) : vertical(x, pairs);
    });
    QTEST(result.outcome, "outcome");
    if (result.outcome == CheckOutcome::Fail)
        QCOMPARE(result.findings.at(0).detail, u"stripes"_s);
}

void PatternTest::movingStripesCount_data()
{
    QTest::addColumn<QString>("motion");
    QTest::addColumn<int>("pairs");
    QTest::addColumn<QString>("detail"); // empty: passes
    QTest::newRow("reversing 5") << u"reverse"_s << 5 << u"moving_stripes"_s;
    QTest::newRow("reversing 4") << u"reverse"_s << 4 << QString();
    QTest::newRow("oscillating 5") << u"oscillate"_s << 5 << u"moving_stripes"_s;
    QTest::newRow("flashing 6") << u"flash"_s << 6 << u"moving_stripes"_s;
    QTest::newRow("drifting 6") << u"drift"_s << 6 << QString();
    QTest::newRow("drifting 9") << u"drift"_s << 9 << u"stripes"_s;
}

void PatternTest::movingStripesCount()
{
    QFETCH(QString, motion);
    QFETCH(int, pairs);
    QFETCH(QString, detail);
    const auto result = judged(50, [&](int frame, int x, int) {
        if (motion == "reverse"_L1)
            return vertical(x, pairs, frame / 4 % 2 * 0.5);
        if (motion == "oscillate"_L1)
            return vertical(x, pairs, 0.2 * std::sin(frame * 0.6));
        if (motion == "flash"_L1)
            return frame / 3 % 2 == 0 ? vertical(x, pairs) : kDark;
        return vertical(x, pairs, frame * 0.05);
    });
    QCOMPARE(result.outcome, detail.isEmpty() ? CheckOutcome::Pass : CheckOutcome::Fail);
    if (!detail.isEmpty())
        QCOMPARE(result.findings.at(0).detail, detail);
}

void PatternTest::theAreaCounts_data()
{
    QTest::addColumn<int>("height"); // of a part with stripes of 16 pixels, 160 wide
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("22 %") << 80 << CheckOutcome::Pass;
    QTest::newRow("28 %") << 100 << CheckOutcome::Fail;
}

void PatternTest::theAreaCounts()
{
    QFETCH(int, height);
    const auto result = judged(25, [&](int, int x, int y) {
        const bool inside = x >= 80 && x < 240 && y >= 40 && y < 40 + height;
        return inside ? ((x - 80) / 8 % 2 == 0 ? kLight : kDark) : kDark;
    });
    QTEST(result.outcome, "outcome");
}

void PatternTest::theLightStripesCount()
{
    // 200 · ((code - 16) / 219)^2.4: 136 is 47.2 cd/m², 142 is 53.1.
    const auto withLight = [](int light) {
        return judged(25, [=](int, int x, int) { return vertical(x, 12) == kLight ? light : kDark; }).outcome;
    };
    QCOMPARE(withLight(136), CheckOutcome::Pass);
    QCOMPARE(withLight(142), CheckOutcome::Fail);
}

void PatternTest::theTimeCounts()
{
    const auto shownFor = [](int count) {
        return judged(50, [=](int frame, int x, int) {
            return frame >= 10 && frame < 10 + count ? vertical(x, 12) : 100;
        }).outcome;
    };
    QCOMPARE(shownFor(9), CheckOutcome::Pass); // 0.36 s
    QCOMPARE(shownFor(16), CheckOutcome::Fail); // 0.64 s
}

void PatternTest::otherPicturesAreNoPattern_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("flat") << 0;
    QTest::newRow("ramp") << 1;
    QTest::newRow("noise") << 2;
    QTest::newRow("stripes of many widths") << 3;
    QTest::newRow("faint stripes") << 4;
}

void PatternTest::otherPicturesAreNoPattern()
{
    QFETCH(int, kind);
    const auto result = judged(25, [kind](int frame, int x, int y) {
        switch (kind) {
        case 1:
            return 16 + x * 200 / kWidth;
        case 2: {
            auto hash = static_cast<unsigned>(x / 4) * 374761393U + static_cast<unsigned>(y / 4) * 668265263U
                + static_cast<unsigned>(frame);
            hash = (hash ^ (hash >> 13U)) * 1274126177U;
            return 16 + static_cast<int>((hash ^ (hash >> 16U)) & 0xFFU) * 200 / 255;
        }
        case 3:
            return static_cast<int>(std::sqrt(x * 8.0)) % 2 == 0 || x % 37 < 9 || x % 61 < 17 ? kLight : kDark;
        case 4:
            return vertical(x, 12) == kLight ? 140 : 134;
        default:
            return 120;
        }
    });
    QCOMPARE(result.outcome, CheckOutcome::Pass);
}

void PatternTest::runsAreRegular()
{
    using engine::findStripeRuns;
    std::vector<float> line;
    for (int stripe = 0; stripe < 10; ++stripe)
        line.insert(line.end(), 10, stripe % 2 == 0 ? 100.0F : 10.0F);
    std::vector<engine::StripeRun> runs;
    findStripeRuns(line, 3, runs);
    QCOMPARE(runs.size(), 1u);
    QCOMPARE(runs[0].pairs, 5);
    QCOMPARE(runs[0].first, 0);
    QCOMPARE(runs[0].last, 99);
    QCOMPARE(runs[0].period, 20.0);
    findStripeRuns(std::vector<float>(100, 80.0F), 3, runs);
    QVERIFY(runs.empty());
    findStripeRuns({}, 3, runs);
    QVERIFY(runs.empty());
}

void PatternTest::findingsSayWhere()
{
    const auto result = judged(50, [](int frame, int x, int y) {
        const bool inside = frame >= 10 && frame < 40 && x >= 64 && x < 256 && y >= 36 && y < 144;
        return inside ? vertical(x, 20) : kDark;
    });
    QCOMPARE(result.findings.size(), 1u);
    const Finding& finding = result.findings[0];
    QVERIFY(std::abs(finding.firstFrame - 10) <= 2);
    QVERIFY(std::abs(finding.lastFrame - 39) <= 2);
    QVERIFY(finding.region.has_value());
    QVERIFY(std::abs(finding.region->x - 64) <= 12 && std::abs(finding.region->width - 192) <= 24);
    QVERIFY(std::abs(finding.region->y - 36) <= 3 && std::abs(finding.region->height - 108) <= 6);
    QVERIFY(finding.measured.at(u"stripe_pairs"_s) >= 11);
}

QTEST_GUILESS_MAIN(PatternTest)
#include "tst_flash_pattern.moc"
