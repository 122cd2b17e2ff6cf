#include "checks/flash_programme.h"
#include "checks/synthetic_programme.h"
#include "core/checks/check_descriptor.h"
#include "core/checks/evidence.h"
#include "core/checks/flash_standard.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Ten seconds: black from the 4th to the 7th, silence, then sound that is cut off and too loud.
SyntheticProgramme troubled()
{
    SyntheticProgramme programme;
    programme.frames = 250;
    programme.luma = [](int frame, int x, int y) {
        return frame >= 100 && frame < 175 ? 16 : 60 + (x * 3 + y * 7 + frame * 5) % 120;
    };
    programme.soundSeconds = 9;
    programme.sound = [wave = tone(997, 3)](int channel, qint64 index) {
        return index < 4 * 48000 ? 0.0F : std::clamp(wave(channel, index), -1.0F, 1.0F);
    };
    return programme;
}

const CheckResult& resultOf(const Report& report, const QString& id)
{
    return *std::ranges::find(report.checks, id, &CheckResult::id);
}

} // namespace

/// What a person is shown when asking why a finding fired agrees with the verdict.
class EvidenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyValueLiesBeyondItsBound();
    void theCurveIsThatOfTheMeasurement();
    void longCurvesKeepTheirExtremes();
    void loudnessShowsTheAllowedBand();
    void flashesAreCountedInTheSecond();
    void ofNothingMeasuredThereIsNone();
    void measurementsThatLieGiveNoCurve();
};

void EvidenceTest::everyValueLiesBeyondItsBound()
{
    const Measurements measured = troubled().measure();
    const Report report = judge(measured, defaultProfile());
    int shown = 0;
    for (const CheckResult& result : report.checks) {
        for (const Finding& finding : result.findings) {
            const auto evidence = evidenceFor(measured, result, finding);
            if (!evidence)
                continue;
            QVERIFY2(evidence->lower || evidence->upper, qPrintable(result.id + u' ' + finding.detail));
            QVERIFY2(findDescriptor(result.id)->parameter(evidence->parameter) != nullptr, qPrintable(result.id));
            if (!evidence->value)
                continue;
            ++shown;
            const bool below = evidence->lower && *evidence->value <= *evidence->lower + 1e-6;
            const bool above = evidence->upper && *evidence->value >= *evidence->upper - 1e-6;
            QVERIFY2(below || above, qPrintable(u"%1 %2: %3"_s.arg(result.id, finding.detail).arg(*evidence->value)));
        }
    }
    QVERIFY(shown >= 4); // black, silence, clipping, loudness at least
}

void EvidenceTest::theCurveIsThatOfTheMeasurement()
{
    const Measurements measured = troubled().measure();
    const Report report = judge(measured, defaultProfile());
    const CheckResult& black = resultOf(report, u"black"_s);
    QCOMPARE(black.findings.size(), 1u);
    const auto evidence = evidenceFor(measured, black, black.findings[0]);
    QVERIFY(evidence);
    QCOMPARE(evidence->parameter, u"min_share"_s);
    // Three seconds of black from 4 s on, with as much before and after.
    QVERIFY(std::abs(evidence->start - 1) < 0.05);
    QVERIFY(std::abs(evidence->end - 9.92) < 0.1);
    QCOMPARE(evidence->points.size(), 225u);
    for (const EvidencePoint& point : evidence->points) {
        const bool isBlack = point.time > 3.99 && point.time < 6.99;
        QCOMPARE(point.low >= *evidence->upper, isBlack);
        QVERIFY(point.low <= point.high);
    }
}

void EvidenceTest::longCurvesKeepTheirExtremes()
{
    const Measurements measured = troubled().measure();
    const Report report = judge(measured, defaultProfile());
    const CheckResult& black = resultOf(report, u"black"_s);
    const auto evidence = evidenceFor(measured, black, black.findings.at(0), 10);
    QVERIFY(evidence);
    QCOMPARE(evidence->points.size(), 10u);
    double high = 0;
    double low = 1;
    for (std::size_t i = 0; i < evidence->points.size(); ++i) {
        high = std::max(high, evidence->points[i].high);
        low = std::min(low, evidence->points[i].low);
        QVERIFY(i == 0 || evidence->points[i].time > evidence->points[i - 1].time);
    }
    QCOMPARE(high, 1.0);
    QVERIFY(low < 0.5);
    QVERIFY(evidenceFor(measured, black, black.findings.at(0), 0)->points.empty());
}

void EvidenceTest::loudnessShowsTheAllowedBand()
{
    const Measurements measured = troubled().measure();
    const Profile profile = *shippedProfile(u"broadcast-eu"_s);
    const Report report = judge(measured, profile);
    const CheckResult& loudness = resultOf(report, u"loudness"_s);
    const auto finding = std::ranges::find(loudness.findings, u"too_loud"_s, &Finding::detail);
    QVERIFY(finding != loudness.findings.end());
    const auto evidence = evidenceFor(measured, loudness, *finding);
    QVERIFY(evidence);
    QCOMPARE(evidence->lower.value(), -23.5);
    QCOMPARE(evidence->upper.value(), -22.5);
    QCOMPARE(evidence->value.value(), finding->measured.at(u"integrated_lufs"_s));
    QCOMPARE(evidence->unit, u"LUFS"_s);
}

void EvidenceTest::flashesAreCountedInTheSecond()
{
    const FlashProgramme programme {
        .sequence = fullScreenFlash({16, 128, 128}, {235, 128, 128}, changesOfRate(5, 1.5, 10, 25))};
    const Measurements measured = programme.measure(u"flash"_s);
    const CheckResult result = programme.judged(u"flash"_s, kBt1702);
    QVERIFY(!result.findings.empty());
    const auto evidence = evidenceFor(measured, result, result.findings[0]);
    QVERIFY(evidence);
    QCOMPARE(evidence->upper.value(), 3.0);
    QCOMPARE(evidence->value.value(), result.findings[0].measured.at(u"flashes_per_s"_s));
    double most = 0;
    for (const EvidencePoint& point : evidence->points)
        most = std::max(most, point.high);
    QCOMPARE(most, *evidence->value);
}

void EvidenceTest::ofNothingMeasuredThereIsNone()
{
    const Finding finding {.checkId = u"black"_s, .start = 1, .end = 2, .detail = u"black"_s};
    QVERIFY(!evidenceFor({}, {.id = u"black"_s}, finding));
    Measurements measured;
    measured.checks[u"no_such_check"_s] = {};
    QVERIFY(!evidenceFor(measured, {.id = u"no_such_check"_s}, finding));
    measured.checks[u"black"_s] = {};
    const auto evidence = evidenceFor(measured, {.id = u"black"_s}, finding);
    QVERIFY(evidence && evidence->points.empty() && !evidence->upper && !evidence->value);
}

void EvidenceTest::measurementsThatLieGiveNoCurve()
{
    const Finding finding {.checkId = u"flash"_s, .start = 0, .end = 1, .detail = u"flash"_s};
    CheckResult result {.id = u"flash"_s, .threshold = {{u"standard"_s, kBt1702}, {u"max_flashes"_s, 3}}};
    Measurements measured;
    auto& series = measured.checks[u"flash"_s].series;
    series[seriesName("frame", kBt1702)] = {1, 1, {5, 3}};
    series[seriesName("transitions", kBt1702)] = {1, 1, {1, 1}};
    QVERIFY(evidenceFor(measured, result, finding)->points.empty());
    series[seriesName("frame", kBt1702)] = {1, 1, {1}};
    QVERIFY(evidenceFor(measured, result, finding)->points.empty());
    series[seriesName("frame", kBt1702)] = {1, 1, {-7, 2000000000}};
    QVERIFY(evidenceFor(measured, result, finding)->points.empty());
}

QTEST_GUILESS_MAIN(EvidenceTest)
#include "tst_evidence.moc"
