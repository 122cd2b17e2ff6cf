#include "checks/synthetic_programme.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

unsigned hashed(int x, int y)
{
    unsigned value = unsigned(x) * 374'761'393U + unsigned(y) * 668'265'263U;
    value = (value ^ (value >> 13)) * 1'274'126'177U;
    return value ^ (value >> 16);
}

/// Large soft shapes of their own for each shot, which wander.
int scene(int shot, int frame, int x, int y)
{
    const int cell = int(hashed((x + 2 * frame) / 24 + shot * 1000, y / 24 + shot * 77) % 140);
    return 50 + cell;
}

Profile alone(const QString& check)
{
    return *onlyChecks(defaultProfile(), {check});
}

std::vector<TrackItem> shotsOf(const SyntheticProgramme& programme, const QString& kind)
{
    std::vector<TrackItem> items = programme.judged(u"shots"_s, alone(u"shots"_s)).track;
    std::erase_if(items, [&](const TrackItem& item) { return item.kind != kind; });
    return items;
}

QStringList detailsOf(const CheckResult& result)
{
    QStringList details;
    for (const Finding& finding : result.findings)
        details.append(finding.detail);
    return details;
}

SyntheticProgramme moving(int frames)
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = frames};
    programme.luma = [](int frame, int x, int y) { return scene(0, frame, x, y); };
    return programme;
}

} // namespace

/// Levels, shots, bars, logos and tags on pictures that are made to the pixel.
class TestContentChecks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void levelsAreJudgedAtTheirCodes_data();
    void levelsAreJudgedAtTheirCodes();
    void levelsAreJudgedAtTheirArea_data();
    void levelsAreJudgedAtTheirArea();
    void crushedBlacksAreToldAndBarsAreNot();
    void cutsAreAtTheirFrames();
    void whatIsNoCutIsNone();
    void fadesAndDissolvesAreWhereTheyAre();
    void barsAndPatternsAreFound_data();
    void barsAndPatternsAreFound();
    void aLogoStaysWhereItIs();
    void tagsAreHeldAgainstWhatIsThere_data();
    void tagsAreHeldAgainstWhatIsThere();
};

void TestContentChecks::levelsAreJudgedAtTheirCodes_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("fails");
    QTest::newRow("lowest allowed") << 5 << false;
    QTest::newRow("below") << 4 << true;
    QTest::newRow("highest allowed") << 246 << false;
    QTest::newRow("above") << 247 << true;
}

void TestContentChecks::levelsAreJudgedAtTheirCodes()
{
    QFETCH(int, code);
    QFETCH(bool, fails);
    SyntheticProgramme programme = moving(50);
    programme.luma = [=](int frame, int x, int y) {
        return frame >= 10 && frame < 30 && x >= 40 && x < 120 && y >= 60 && y < 120 ? code : scene(0, frame, x, y);
    };
    const CheckResult result = programme.judged(u"levels"_s, alone(u"levels"_s));
    QCOMPARE(detailsOf(result).contains(u"outside_range"_s), fails);
    if (!fails)
        return;
    const Finding& finding = result.findings.front();
    QCOMPARE(finding.firstFrame, qint64(10));
    QCOMPARE(finding.lastFrame, qint64(29));
    // 80 × 60 of 320 × 180 pixels.
    QVERIFY(std::abs(finding.measured.at(u"outside_share"_s) - 1.0 / 12) < 0.005);
    QVERIFY(finding.region);
    QVERIFY(std::abs(finding.region->x - 40) <= 3 && std::abs(finding.region->y - 60) <= 3);
    QVERIFY(std::abs(finding.region->width - 80) <= 6 && std::abs(finding.region->height - 60) <= 6);
}

void TestContentChecks::levelsAreJudgedAtTheirArea_data()
{
    QTest::addColumn<int>("side");
    QTest::addColumn<bool>("fails");
    QTest::newRow("less than one in a hundred") << 22 << false; // 484 of 57,600 pixels
    QTest::newRow("more") << 28 << true; // 784
}

void TestContentChecks::levelsAreJudgedAtTheirArea()
{
    QFETCH(int, side);
    QFETCH(bool, fails);
    SyntheticProgramme programme = moving(25);
    programme.luma = [=](int frame, int x, int y) {
        return x >= 100 && x < 100 + side && y >= 50 && y < 50 + side ? 253 : scene(0, frame, x, y);
    };
    QCOMPARE(detailsOf(programme.judged(u"levels"_s, alone(u"levels"_s))).contains(u"outside_range"_s), fails);
}

void TestContentChecks::crushedBlacksAreToldAndBarsAreNot()
{
    SyntheticProgramme programme = moving(100);
    programme.luma = [](int frame, int x, int y) { return std::max(16, scene(0, frame, x, y) - 80); };
    QVERIFY(detailsOf(programme.judged(u"levels"_s, alone(u"levels"_s))).contains(u"crushed_blacks"_s));
    // As much black, but beside the picture.
    programme.luma = [](int frame, int x, int y) { return x < 64 || x >= 256 ? 16 : scene(0, frame, x, y); };
    QVERIFY(!detailsOf(programme.judged(u"levels"_s, alone(u"levels"_s))).contains(u"crushed_blacks"_s));
}

void TestContentChecks::cutsAreAtTheirFrames()
{
    SyntheticProgramme programme = moving(120);
    programme.luma = [](int frame, int x, int y) { return scene(frame < 40 ? 0 : frame < 77 ? 1 : 2, frame, x, y); };
    const auto cuts = shotsOf(programme, u"cut"_s);
    QCOMPARE(cuts.size(), std::size_t(2));
    QCOMPARE(cuts[0].firstFrame, qint64(40));
    QCOMPARE(cuts[1].firstFrame, qint64(77));
}

void TestContentChecks::whatIsNoCutIsNone()
{
    // A camera's flash, two frames long.
    SyntheticProgramme flash = moving(80);
    flash.luma = [](int frame, int x, int y) {
        return std::min(235, scene(0, frame, x, y) + (frame == 40 || frame == 41 ? 110 : 0));
    };
    QVERIFY(shotsOf(flash, u"cut"_s).empty());
    QCOMPARE(shotsOf(flash, u"camera_flash"_s).size(), std::size_t(1));
    QCOMPARE(shotsOf(flash, u"camera_flash"_s)[0].firstFrame, qint64(40));
    // The light is switched off: the same things, darker.
    SyntheticProgramme light = moving(80);
    light.luma = [](int frame, int x, int y) {
        const int code = scene(0, frame, x, y);
        return frame < 40 ? code : 16 + (code - 16) * 6 / 10;
    };
    QVERIFY(shotsOf(light, u"cut"_s).empty());
}

void TestContentChecks::fadesAndDissolvesAreWhereTheyAre()
{
    // Frames 31 to 53 differ from both ends.
    const auto endsWhereItShould = [](const TrackItem& item) {
        return std::abs(item.firstFrame - 31) <= 2 && std::abs(item.lastFrame - 53) <= 2;
    };
    SyntheticProgramme fade = moving(90);
    fade.luma = [](int frame, int x, int y) {
        const int left = std::clamp(54 - frame, 0, 24); // of 24
        return 16 + (scene(0, 0, x, y) - 16) * left / 24;
    };
    const auto fades = shotsOf(fade, u"fade_out"_s);
    QCOMPARE(fades.size(), std::size_t(1));
    QVERIFY2(endsWhereItShould(fades[0]), qPrintable(u"%1 to %2"_s.arg(fades[0].firstFrame).arg(fades[0].lastFrame)));
    SyntheticProgramme dissolve = moving(90);
    dissolve.luma = [](int frame, int x, int y) {
        const int share = std::clamp(frame - 30, 0, 24);
        return (scene(0, 0, x, y) * (24 - share) + scene(5, 0, x, y) * share) / 24;
    };
    const auto dissolves = shotsOf(dissolve, u"dissolve"_s);
    QCOMPARE(dissolves.size(), std::size_t(1));
    QVERIFY2(endsWhereItShould(dissolves[0]),
        qPrintable(u"%1 to %2"_s.arg(dissolves[0].firstFrame).arg(dissolves[0].lastFrame)));
    QVERIFY(shotsOf(dissolve, u"cut"_s).empty());
}

void TestContentChecks::barsAndPatternsAreFound_data()
{
    QTest::addColumn<int>("look");
    QTest::addColumn<QString>("detail");
    QTest::newRow("bars") << 0 << u"colour_bars"_s;
    QTest::newRow("ramp") << 1 << u"test_pattern"_s;
    QTest::newRow("grey") << 2 << u"flat_colour"_s;
    QTest::newRow("a soft sky") << 3 << QString();
    QTest::newRow("film") << 4 << QString();
}

void TestContentChecks::barsAndPatternsAreFound()
{
    QFETCH(int, look);
    QFETCH(QString, detail);
    SyntheticProgramme programme = moving(75);
    programme.luma = [=](int frame, int x, int y) {
        if (frame < 25 || look == 4)
            return scene(0, frame, x, y);
        // Luma of 75 % bars, BT.709.
        constexpr std::array kBars {180, 168, 145, 133, 63, 51, 28, 16};
        if (look == 0)
            return kBars[std::size_t(x / 40)];
        return look == 1 ? 16 + x * 218 / 320 : look == 2 ? 126 : 150 + x / 16;
    };
    const CheckResult result = programme.judged(u"bars_slate"_s, alone(u"bars_slate"_s));
    QCOMPARE(detailsOf(result), detail.isEmpty() ? QStringList {} : QStringList {detail});
    if (!detail.isEmpty()) {
        QCOMPARE(result.findings[0].firstFrame, qint64(25));
        QCOMPARE(result.findings[0].lastFrame, qint64(74));
    }
}

void TestContentChecks::aLogoStaysWhereItIs()
{
    SyntheticProgramme programme = moving(400);
    const auto isLogo
        = [](int x, int y) { return x >= 260 && x < 300 && y >= 16 && y < 40 && (x / 5 + y / 6) % 2 == 0; };
    programme.luma = [=](int frame, int x, int y) {
        return isLogo(x, y) ? 225 : int(hashed(x / 12 + frame * 31, y / 12 + frame * 17) % 120) + 40;
    };
    const CheckResult found = programme.judged(u"static_logo"_s, alone(u"static_logo"_s));
    QCOMPARE(detailsOf(found), QStringList {u"logo"_s});
    QVERIFY(found.findings[0].region);
    const Region region = *found.findings[0].region;
    QVERIFY(region.x <= 264 && region.x >= 244 && region.x + region.width >= 292 && region.x + region.width <= 316);
    QVERIFY(region.y <= 20 && region.y + region.height >= 36 && region.y + region.height <= 56);
    // One that jumps about is none.
    programme.luma = [=](int frame, int x, int y) {
        return isLogo(x + (frame / 10) * 13 % 120, y)
            ? 225
            : int(hashed(x / 12 + frame * 31, y / 12 + frame * 17) % 120) + 40;
    };
    QCOMPARE(detailsOf(programme.judged(u"static_logo"_s, alone(u"static_logo"_s))), QStringList {});
}

void TestContentChecks::tagsAreHeldAgainstWhatIsThere_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("matrix");
    QTest::addColumn<bool>("beyondRange");
    QTest::addColumn<QString>("detail");
    QTest::newRow("as it should be") << 1280 << 720 << 1 << false << QString();
    QTest::newRow("matrix of small pictures") << 1280 << 720 << 6 << false << u"wrong_matrix"_s;
    QTest::newRow("the same where it belongs") << 720 << 540 << 6 << false << QString();
    QTest::newRow("full range without saying so") << 640 << 360 << 1 << true << u"range_looks_full"_s;
    QTest::newRow("odd") << 641 << 361 << 1 << false << u"odd_size"_s;
    QTest::newRow("shape of nothing") << 1280 << 360 << 1 << false << u"unusual_aspect"_s;
}

void TestContentChecks::tagsAreHeldAgainstWhatIsThere()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, matrix);
    QFETCH(bool, beyondRange);
    QFETCH(QString, detail);
    SyntheticProgramme programme {.width = width, .height = height, .fpsNum = 2, .frames = 12};
    programme.luma = [=](int, int x, int) { return beyondRange ? x % 256 : 40 + x % 180; };
    programme.adjustFacts = [=](media::MediaFacts& facts) {
        facts.video[0].color = {.primaries = 1, .transfer = 1, .matrix = matrix};
        facts.video[0].displayWidth = width;
        facts.video[0].displayHeight = height;
        facts.video[0].bitDepth = 8;
    };
    QStringList details = detailsOf(programme.judged(u"colour_tags"_s, alone(u"colour_tags"_s)));
    details.removeAll(u"tags_change"_s); // these pictures carry no tags of their own
    QCOMPARE(details, detail.isEmpty() ? QStringList {} : QStringList {detail});
}

QTEST_GUILESS_MAIN(TestContentChecks)
#include "tst_content_checks.moc"
