#include "checks/synthetic_programme.h"
#include "core/checks/engine/banding_check.h"
#include "core/checks/engine/blockiness_check.h"
#include "core/checks/engine/interlace_check.h"
#include "core/checks/engine/missing_cadence.h"
#include "core/checks/engine/self_test.h"
#include "core/checks/engine/upscale_check.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::checks::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList kTexture {u"interlace"_s, u"blockiness"_s, u"blur"_s, u"duplicate_frames"_s, u"levels"_s,
    u"banding"_s, u"dropout"_s, u"upscale"_s, u"noise"_s, u"bars_slate"_s, u"static_logo"_s, u"colour_tags"_s,
    u"shots"_s};

int texture(int x, int y)
{
    auto value = static_cast<std::uint32_t>(x) * 374761393U + static_cast<std::uint32_t>(y) * 668265263U;
    value = (value ^ (value >> 13U)) * 1274126177U;
    return static_cast<int>((value ^ (value >> 16U)) & 0x7FU);
}

int wandering(int frame, int x, int y, int step = 3)
{
    return 60 + texture((x + 4096 - frame * step) / 12, y / 9);
}

CheckResult judgedAlone(const SyntheticProgramme& programme, const QString& check, Profile profile = defaultProfile())
{
    return programme.judged(check, *onlyChecks(std::move(profile), {check}));
}

CheckResult judgedAlone(const SelfTestVector& vector, const QString& check)
{
    const auto report = judgeVector(vector, *onlyChecks(defaultProfile(), {check}));
    return report ? report->checks.front() : CheckResult {};
}

/// Even between −amount and amount, another in each frame and place.
int grain(int frame, int x, int y, int amount)
{
    return texture(x + 977 * frame, y + 613 * frame) * (2 * amount) / 127 - amount;
}

using Frames = std::vector<InterlaceCheck::Frame>;

Frames fields(int count, bool saysTopFirst, InterlaceCheck::Order order)
{
    return Frames(static_cast<std::size_t>(count), {50, order, true, saysTopFirst});
}

} // namespace

class TextureChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anySizeAndDepthIsEvaluated_data();
    void anySizeAndDepthIsEvaluated();
    void holesAreNeverPassed();
    void gridIsJudgedAtItsLimit_data();
    void gridIsJudgedAtItsLimit();
    void oneEdgeOnTheGridIsNoBlock();
    void repeatsAreJudgedByTheirPeriod_data();
    void repeatsAreJudgedByTheirPeriod();
    void aHoldIsNoStutter();
    void flashesAreNoMotion();
    void aMissingFrameLeaps();
    void missingFramesInAPatternAreFound_data();
    void missingFramesInAPatternAreFound();
    void leapsOutOfStepAreMotion();
    void stillStripesAreNoFields();
    void grainIsNoCombing();
    void fieldsAreSeenUnderGrain();
    void fieldOrderIsToldFromBothSides_data();
    void fieldOrderIsToldFromBothSides();
    void wrongOrderNeedsAMajority();
    void telecineIsOneStretch();
    void motionInOneDirectionIsNoBlur();
    void noiseIsMeasuredInCodes_data();
    void noiseIsMeasuredInCodes();
    void staircasesNeedThreeTreads_data();
    void staircasesNeedThreeTreads();
    void streakAmongFastMotionIsNotTold();
    void aStarInAStillIsNoStuckPixel();
    void aStuckPixelMayBeSpreadAndBehindTexture();
    void aDotThatFadesIsNoStuckPixel();
    void aSoftSignOverTextureIsNoEnlargement();
    void detailEndsAtTheCliff();
    void detailEndsWhereAFallMeetsTheCodersNoise_data();
    void detailEndsWhereAFallMeetsTheCodersNoise();
};

void TextureChecksTest::anySizeAndDepthIsEvaluated_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("frames");
    QTest::newRow("one pixel") << 1 << 1 << 8 << 3;
    QTest::newRow("one pixel, one frame") << 1 << 1 << 8 << 1;
    QTest::newRow("one column") << 1 << 200 << 8 << 3;
    QTest::newRow("one row") << 300 << 1 << 8 << 3;
    QTest::newRow("odd") << 33 << 17 << 8 << 5;
    QTest::newRow("odd, 10 bit") << 65 << 35 << 10 << 30;
    QTest::newRow("below a block") << 7 << 7 << 8 << 30;
    QTest::newRow("high") << 9 << 700 << 8 << 3;
}

void TextureChecksTest::anySizeAndDepthIsEvaluated()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, bits);
    QFETCH(int, frames);
    SyntheticProgramme programme {.width = width, .height = height, .frames = frames, .bits = bits};
    programme.luma = [=](int frame, int x, int y) { return wandering(frame, x, y) << (bits - 8); };
    const Profile profile = *onlyChecks(defaultProfile(), kTexture);
    const Report report = judge(programme.measure(profile), profile);
    QCOMPARE(report.checks.size(), std::size_t(kTexture.size()));
    for (const CheckResult& result : report.checks)
        QVERIFY2(result.outcome != CheckOutcome::NotEvaluated, qPrintable(result.id + result.cause));
}

void TextureChecksTest::holesAreNeverPassed()
{
    SyntheticProgramme programme {.width = 64, .height = 48, .frames = 60};
    programme.luma = [](int frame, int x, int y) { return wandering(frame, x, y); };
    programme.missingFrame = [](int frame) { return frame == 0 || (frame > 20 && frame < 24) || frame == 59; };
    programme.damagedFrame = [](int frame) { return frame == 40; };
    const Profile profile = *onlyChecks(defaultProfile(), kTexture);
    const Measurements measured = programme.measure(profile);
    for (const auto& [id, check] : measured.checks) {
        for (const auto& [name, series] : check.series)
            QVERIFY2(series.codes.size() == 60u, qPrintable(id + name));
    }
    for (const CheckResult& result : judge(measured, profile).checks)
        QVERIFY2(result.outcome != CheckOutcome::Pass, qPrintable(result.id));
}

void TextureChecksTest::gridIsJudgedAtItsLimit_data()
{
    QTest::addColumn<int>("step"); // between blocks, in codes; inside a block there is none
    QTest::addColumn<int>("size");
    QTest::addColumn<CheckOutcome>("outcome");
    // (step + 2) / 2 against 1.6.
    QTest::newRow("one code") << 1 << 8 << CheckOutcome::Pass;
    QTest::newRow("three codes") << 3 << 8 << CheckOutcome::Fail;
    QTest::newRow("blocks of sixteen, four codes") << 4 << 16 << CheckOutcome::Fail;
    QTest::newRow("blocks of seven are no grid of eight") << 3 << 7 << CheckOutcome::Pass;
}

void TextureChecksTest::gridIsJudgedAtItsLimit()
{
    QFETCH(int, step);
    QFETCH(int, size);
    SyntheticProgramme programme {.width = 224, .height = 112, .frames = 30};
    programme.luma = [=](int, int x, int y) { return 100 + (x / size + y / size) % 2 * step; };
    QTEST(judgedAlone(programme, u"blockiness"_s).outcome, "outcome");
}

void TextureChecksTest::oneEdgeOnTheGridIsNoBlock()
{
    SyntheticProgramme programme {.width = 640, .height = 160, .frames = 30};
    programme.luma = [](int, int x, int y) { return (x >= 320 ? 40 : 200) - (y >= 80 ? 20 : 0); };
    QCOMPARE(judgedAlone(programme, u"blockiness"_s).outcome, CheckOutcome::Pass);
}

void TextureChecksTest::repeatsAreJudgedByTheirPeriod_data()
{
    QTest::addColumn<int>("unique"); // of "shown" frames
    QTest::addColumn<int>("shown");
    QTest::addColumn<int>("period"); // 0: passes
    QTest::newRow("every frame") << 1 << 1 << 0;
    QTest::newRow("24 at 30") << 4 << 5 << 5;
    QTest::newRow("24 at 25") << 24 << 25 << 25;
    QTest::newRow("24 at 60") << 2 << 5 << 5;
    QTest::newRow("on twos") << 1 << 2 << 2;
}

void TextureChecksTest::repeatsAreJudgedByTheirPeriod()
{
    QFETCH(int, unique);
    QFETCH(int, shown);
    QFETCH(int, period);
    SyntheticProgramme programme {.width = 160, .height = 90, .fpsNum = 30, .frames = 200};
    programme.luma = [=](int frame, int x, int y) { return wandering(frame * unique / shown, x, y); };
    const CheckResult result = judgedAlone(programme, u"duplicate_frames"_s);
    QCOMPARE(result.findings.size(), period > 0 ? 1u : 0u);
    if (period > 0) {
        QCOMPARE(result.findings[0].detail, u"repeated_in_a_pattern"_s);
        QCOMPARE(result.findings[0].measured.at(u"period_frames"_s), period);
        const double share = result.findings[0].measured.at(u"repeated_share"_s);
        QVERIFY2(std::abs(share - (1 - double(unique) / shown)) < 0.03, qPrintable(QString::number(share)));
        QVERIFY(result.findings[0].firstFrame <= 2);
        QVERIFY(result.findings[0].lastFrame >= 197 - period);
    }
}

void TextureChecksTest::aHoldIsNoStutter()
{
    SyntheticProgramme programme {.width = 160, .height = 90, .frames = 150};
    programme.luma = [](int frame, int x, int y) { return wandering(frame >= 50 && frame < 70 ? 50 : frame, x, y); };
    QCOMPARE(judgedAlone(programme, u"duplicate_frames"_s).outcome, CheckOutcome::Pass);
}

void TextureChecksTest::flashesAreNoMotion()
{
    SyntheticProgramme programme {.width = 160, .height = 90, .frames = 100};
    programme.luma = [](int frame, int, int) { return frame / 3 % 2 == 0 ? 16 : 235; };
    QCOMPARE(judgedAlone(programme, u"duplicate_frames"_s).outcome, CheckOutcome::Pass);
}

void TextureChecksTest::aMissingFrameLeaps()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 40};
    // A ramp rises evenly by three codes a frame, and by six where one is missing.
    programme.luma = [](int frame, int x, int) { return 20 + x / 8 + 3 * (frame < 20 ? frame : frame + 1); };
    const CheckResult result = judgedAlone(programme, u"duplicate_frames"_s);
    QVERIFY(!result.findings.empty());
    QVERIFY(std::ranges::all_of(result.findings,
        [](const Finding& finding) { return finding.detail == "frame_missing"_L1 && finding.firstFrame == 20; }));
}

void TextureChecksTest::missingFramesInAPatternAreFound_data()
{
    QTest::addColumn<int>("from"); // frames a second
    QTest::addColumn<int>("to");
    QTest::newRow("30 to 25") << 30 << 25;
    QTest::newRow("30 to 24") << 30 << 24;
    QTest::newRow("60 to 50") << 60 << 50;
    QTest::newRow("25 to 24") << 25 << 24;
    QTest::newRow("30 to 30") << 30 << 30;
}

void TextureChecksTest::missingFramesInAPatternAreFound()
{
    QFETCH(int, from);
    QFETCH(int, to);
    SyntheticProgramme programme {.width = 320, .height = 48, .fpsNum = to, .frames = 300};
    // A pan that grows faster and slower.
    programme.luma = [from, to](int frame, int x, int y) {
        const double time = double(frame * from / to) / from;
        const double way = 100 * time + 30 * std::sin(time);
        return 120 + static_cast<int>(80 * std::sin((x + way) / 13) * std::cos(y / 7.0));
    };
    const CheckResult result = judgedAlone(programme, u"duplicate_frames"_s);
    const auto pattern = std::ranges::find(result.findings, u"frames_missing_in_a_pattern"_s, &Finding::detail);
    QCOMPARE(pattern != result.findings.end(), from != to);
    if (from == to)
        return;
    const double period = double(to) / (from - to);
    QVERIFY(std::abs(pattern->measured.at(u"period_frames"_s) - period) < 0.1);
    QVERIFY(double(pattern->lastFrame - pattern->firstFrame) > 300 - 3 * period);
    QVERIFY(std::abs(pattern->measured.at(u"missing_frames"_s) * period - 300) < 3 * period);
}

void TextureChecksTest::leapsOutOfStepAreMotion()
{
    std::vector<qint32> differences(400, 1000);
    qint32 at = 5;
    for (const qint32 way : {7, 12, 5, 9, 14, 6, 11, 8, 13, 5, 10, 15, 7, 12, 6, 9, 13, 8, 5, 11}) {
        differences[static_cast<std::size_t>(at)] = 1900;
        at += way;
    }
    QVERIFY(findMissingCadence(differences, 200, 8000).empty());
    // Film shown twice and three times a picture: its leaps come after repeats.
    for (std::size_t i = 0; i < differences.size(); ++i)
        differences[i] = i % 5 == 0 || i % 5 == 2 ? 2000 : 20;
    QVERIFY(findMissingCadence(differences, 200, 8000).empty());
}

void TextureChecksTest::stillStripesAreNoFields()
{
    SyntheticProgramme programme {.width = 160, .height = 90, .frames = 30};
    programme.luma = [](int, int, int y) { return y % 2 == 0 ? 60 : 180; };
    const CheckResult result = judgedAlone(programme, u"interlace"_s);
    // The first frame has none before it and may be combed; it is too short to count.
    QCOMPARE(result.outcome, CheckOutcome::Pass);
}

void TextureChecksTest::grainIsNoCombing()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 40};
    programme.luma = [](int frame, int x, int y) { return wandering(frame, x, y) + grain(frame, x, y, 40); };
    const CheckResult result = judgedAlone(programme, u"interlace"_s);
    QCOMPARE(result.measured.at(u"combing_s"_s), 0.0);
}

void TextureChecksTest::fieldsAreSeenUnderGrain()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 40};
    // Vertical stripes that move by half their width between the fields.
    programme.luma = [](int frame, int x, int y) {
        return ((x + 8 * (2 * frame + y % 2)) / 16 % 2 == 0 ? 60 : 180) + grain(frame, x, y, 12);
    };
    const CheckResult result = judgedAlone(programme, u"interlace"_s);
    QVERIFY(result.measured.at(u"combing_s"_s) > 1.4);
}

void TextureChecksTest::fieldOrderIsToldFromBothSides_data()
{
    QTest::addColumn<bool>("topIsEarlier");
    QTest::addColumn<bool>("saysTopFirst");
    QTest::newRow("top first, said") << true << true;
    QTest::newRow("bottom first, said") << false << false;
    QTest::newRow("top first, said bottom") << true << false;
    QTest::newRow("bottom first, said top") << false << true;
}

void TextureChecksTest::fieldOrderIsToldFromBothSides()
{
    QFETCH(bool, topIsEarlier);
    QFETCH(bool, saysTopFirst);
    SelfTestVector vector {.frames = 60, .interlaced = true, .topFieldFirst = saysTopFirst};
    vector.picture = [topIsEarlier](int frame, int x, int y) {
        const bool later = (y % 2 == 1) == topIsEarlier;
        return SelfTestPixel {wandering(2 * frame + (later ? 1 : 0), x, y, 4)};
    };
    const CheckResult result = judgedAlone(vector, u"interlace"_s);
    QCOMPARE(result.measured.at(topIsEarlier ? u"frames_bottom_first"_s : u"frames_top_first"_s), 0.0);
    QVERIFY(result.measured.at(topIsEarlier ? u"frames_top_first"_s : u"frames_bottom_first"_s) > 50);
    const auto wrong = std::ranges::count(result.findings, u"wrong_field_order"_s, &Finding::detail);
    QCOMPARE(wrong, topIsEarlier == saysTopFirst ? 0 : 1);
}

void TextureChecksTest::wrongOrderNeedsAMajority()
{
    using Order = InterlaceCheck::Order;
    Frames frames = fields(40, true, Order::TopFirst);
    QVERIFY(findWrongOrder(frames).empty());
    for (const std::size_t wrong : {10, 11, 12, 14, 15})
        frames[wrong].order = Order::BottomFirst;
    const auto marks = findWrongOrder(frames);
    QCOMPARE(marks.size(), 1u);
    QCOMPARE(marks[0].firstFrame, 10);
    QCOMPARE(marks[0].lastFrame, 15);
    QCOMPARE(marks[0].values.at(u"wrong_frames"_s), 5.0);
    QCOMPARE(marks[0].values.at(u"frames_share"_s), 5.0 / 6);
}

void TextureChecksTest::telecineIsOneStretch()
{
    Frames frames(120);
    for (std::size_t i = 20; i < 100; ++i)
        frames[i].combed = i % 5 < 2 ? 40 : 0;
    const auto marks = findTelecine(frames);
    QCOMPARE(marks.size(), 1u);
    QCOMPARE(marks[0].values.at(u"period_frames"_s), 5.0);
    QVERIFY(std::abs(marks[0].firstFrame - 20) <= 5);
    QVERIFY(std::abs(marks[0].lastFrame - 99) <= 5);
    // A first second that fits another period, because some frames stood still, does not decide.
    Frames hidden(150);
    for (std::size_t i = 0; i < hidden.size(); ++i)
        hidden[i].combed = i < 30 ? (i % 6 < 2 ? 40 : 0) : (i % 5 < 2 ? 40 : 0);
    for (const Mark& mark : findTelecine(hidden)) {
        if (mark.lastFrame > 60)
            QCOMPARE(mark.values.at(u"period_frames"_s), 5.0);
    }
    QVERIFY(!findTelecine(hidden).empty());
    // Film that was conformed first: three in six.
    Frames conformed(120);
    for (std::size_t i = 0; i < conformed.size(); ++i)
        conformed[i].combed = i % 6 < 3 ? 40 : 0;
    QCOMPARE(findTelecine(conformed).at(0).values.at(u"period_frames"_s), 6.0);
    // Video is combed in every frame, film in none.
    QVERIFY(findTelecine(fields(120, true, InterlaceCheck::Order::TopFirst)).empty());
    QVERIFY(findTelecine(Frames(120)).empty());
}

void TextureChecksTest::motionInOneDirectionIsNoBlur()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 50};
    // Smeared along x, sharp along y.
    programme.luma = [](int frame, int x, int y) {
        const int wave = (x + frame * 9) % 80;
        return 60 + wave * (80 - wave) / 40 + texture(3, y / 9);
    };
    QCOMPARE(judgedAlone(programme, u"blur"_s).outcome, CheckOutcome::Pass);
}

void TextureChecksTest::noiseIsMeasuredInCodes_data()
{
    QTest::addColumn<int>("grain"); // even between −grain and grain: sigma is grain / √3
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("sigma 5") << 9 << CheckOutcome::Pass;
    QTest::newRow("sigma 8") << 14 << CheckOutcome::Fail;
}

void TextureChecksTest::noiseIsMeasuredInCodes()
{
    QFETCH(int, grain);
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 75};
    programme.luma
        = [=](int frame, int x, int y) { return 110 + texture(x + frame * 977, y) % (2 * grain + 1) - grain; };
    const CheckResult result = judgedAlone(programme, u"noise"_s);
    QTEST(result.outcome, "outcome");
    if (!result.findings.empty()) {
        const double sigma = result.findings[0].measured.at(u"sigma_codes"_s);
        QVERIFY2(std::abs(sigma - grain / std::sqrt(3.0)) < 1, qPrintable(QString::number(sigma)));
    }
}

void TextureChecksTest::staircasesNeedThreeTreads_data()
{
    QTest::addColumn<std::vector<int>>("codes");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("pixels"); // treads are ten pixels long
    QTest::newRow("three") << std::vector {50, 52, 54} << 2 << 30;
    QTest::newRow("falling") << std::vector {90, 87, 84, 80} << 2 << 40;
    QTest::newRow("two") << std::vector {50, 52} << 2 << 0;
    QTest::newRow("up and down") << std::vector {50, 52, 50, 52} << 2 << 0;
    QTest::newRow("steps too small") << std::vector {50, 51, 52} << 2 << 0;
    QTest::newRow("small steps asked for") << std::vector {50, 51, 52} << 1 << 30;
    QTest::newRow("edges") << std::vector {50, 70, 90} << 2 << 0;
}

void TextureChecksTest::staircasesNeedThreeTreads()
{
    QFETCH(std::vector<int>, codes);
    QFETCH(int, least);
    std::vector<std::uint8_t> row;
    for (const int code : codes)
        row.insert(row.end(), 10, static_cast<std::uint8_t>(code));
    const auto at = std::ranges::find(kBandingSteps, least) - std::begin(kBandingSteps);
    QTEST(staircasePixels(row.data(), static_cast<int>(row.size()))[std::size_t(at)], "pixels");
}

void TextureChecksTest::streakAmongFastMotionIsNotTold()
{
    SyntheticProgramme programme {.width = 320, .height = 180, .frames = 40};
    programme.luma
        = [](int frame, int x, int y) { return frame == 20 && y >= 88 && y < 92 ? 235 : wandering(frame, x, y, 40); };
    QCOMPARE(judgedAlone(programme, u"dropout"_s).outcome, CheckOutcome::Pass);
}

void TextureChecksTest::aStarInAStillIsNoStuckPixel()
{
    SyntheticProgramme programme {.width = 64, .height = 48, .frames = 400};
    programme.luma = [](int, int x, int y) { return x == 20 && y == 20 ? 230 : 60; };
    QCOMPARE(judgedAlone(programme, u"dropout"_s).outcome, CheckOutcome::Pass);
}

void TextureChecksTest::aStuckPixelMayBeSpreadAndBehindTexture()
{
    SyntheticProgramme programme {.width = 160, .height = 90, .frames = 500};
    // Patches that differ by up to 127 codes wander by; a spot of two by two pixels stays.
    programme.luma = [](int frame, int x, int y) {
        const bool stuck = (x == 70 || x == 71) && (y == 40 || y == 41);
        return stuck ? 235 : 60 + texture((x + 4096 - frame) / 24, y / 24);
    };
    const CheckResult result = judgedAlone(programme, u"dropout"_s);
    QCOMPARE(result.findings.size(), std::size_t(1));
    QCOMPARE(result.findings[0].detail, u"stuck_pixel"_s);
    QCOMPARE(result.findings[0].region, std::optional(Region {70, 40, 2, 2}));
}

void TextureChecksTest::aDotThatFadesIsNoStuckPixel()
{
    SyntheticProgramme programme {.width = 64, .height = 48, .frames = 500};
    // A title fades in over three seconds, stays, and fades out.
    programme.luma = [](int frame, int x, int y) {
        const int light = std::min({frame, 75, 500 - frame});
        return x == 20 && y == 20 ? 80 + light * 2 : 20 + light;
    };
    QCOMPARE(judgedAlone(programme, u"dropout"_s).outcome, CheckOutcome::Pass);
}

void TextureChecksTest::aSoftSignOverTextureIsNoEnlargement()
{
    SyntheticProgramme programme {.width = 640, .height = 64, .frames = 60};
    // Two bright lines without sharp edges, over grain: the strongest thing in the picture is not the picture.
    programme.luma = [](int frame, int x, int y) {
        const double away = (x % 320 - 96) / 3.2;
        return 40 + grain(frame, x, y, 14) + static_cast<int>(180 * std::exp(-away * away / 2));
    };
    QCOMPARE(judgedAlone(programme, u"upscale"_s).measured.at(u"detail_share"_s), 1.0);
}

void TextureChecksTest::detailEndsAtTheCliff()
{
    std::array<double, UpscaleCheck::kBands> power {};
    for (std::size_t band = 1; band < power.size(); ++band)
        power[band] = 1e6 / static_cast<double>(band * band);
    QCOMPARE(detailShare(power), 1.0);
    for (std::size_t band = 20; band < power.size(); ++band)
        power[band] /= 100;
    QCOMPARE(detailShare(power), 20.0 / 32);
    power.fill(0);
    QCOMPARE(detailShare(power), 1.0); // nothing to tell it by
}

void TextureChecksTest::detailEndsWhereAFallMeetsTheCodersNoise_data()
{
    QTest::addColumn<double>("slope"); // dB an octave
    QTest::addColumn<int>("end"); ///< band from which it falls faster
    QTest::addColumn<double>("fall"); // dB an octave beyond
    QTest::addColumn<double>("floor"); // dB under the first band
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("most");
    QTest::newRow("as nature is") << -8.0 << 32 << 0.0 << -60.0 << 1.0 << 1.0;
    QTest::newRow("in noise") << -8.0 << 32 << 0.0 << -36.0 << 1.0 << 1.0;
    QTest::newRow("soft") << -8.0 << 12 << -6.0 << -60.0 << 1.0 << 1.0;
    QTest::newRow("480 rows of 1080, coded") << -8.0 << 10 << -24.0 << -42.0 << 0.4 << 0.7;
    QTest::newRow("720 rows of 1080, coded") << -8.0 << 14 << -22.0 << -42.0 << 0.5 << 0.7;
    QTest::newRow("more noise") << -7.0 << 10 << -24.0 << -36.0 << 0.3 << 0.7;
}

void TextureChecksTest::detailEndsWhereAFallMeetsTheCodersNoise()
{
    QFETCH(double, slope);
    QFETCH(int, end);
    QFETCH(double, fall);
    QFETCH(double, floor);
    std::array<double, UpscaleCheck::kBands> power {};
    for (std::size_t band = 1; band < power.size(); ++band) {
        const double octaves = std::log2(static_cast<double>(band));
        const double beyond = std::max(0.0, octaves - std::log2(end));
        power[band] = 1e5 * (std::pow(10, (slope * octaves + fall * beyond) / 10) + std::pow(10, floor / 10));
    }
    QFETCH(double, least);
    QFETCH(double, most);
    const double share = detailShare(power);
    QVERIFY2(share >= least && share <= most, qPrintable(QString::number(share)));
}

QTEST_GUILESS_MAIN(TextureChecksTest)
#include "tst_texture_checks.moc"
