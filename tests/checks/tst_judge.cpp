#include "checks/synthetic_programme.h"
#include "core/checks/check_descriptor.h"
#include "core/checks/flash_standard.h"
#include "core/checks/measured_levels.h"

#include <QJsonDocument>
#include <QTest>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

double fallbackOf(const CheckDescriptor& descriptor, const char* parameter)
{
    const CheckParameter* known = descriptor.parameter(QString::fromLatin1(parameter));
    return known != nullptr ? known->fallback : 0;
}

/// What a rule reads, with nothing to find in it.
void nothingFound(const RunRule& rule, const CheckDescriptor& descriptor, int frames, CheckMeasurement& measurement)
{
    constexpr double kFar = 1000;
    const double limit = fallbackOf(descriptor, rule.limit);
    const double value = rule.relation == Relation::AtMost ? limit + kFar : limit - kFar;
    const double step = descriptor.kind == CheckKind::Sound ? 0.1 : 0;
    const Series series {step, 1, std::vector<qint32>(static_cast<std::size_t>(frames), static_cast<qint32>(value))};
    const auto level = rule.level != nullptr ? std::optional(fallbackOf(descriptor, rule.level)) : std::nullopt;
    measurement.series[seriesName(rule.series, level)] = series;
}

void nothingFound(const LimitRule& rule, const CheckDescriptor& descriptor, int, CheckMeasurement& measurement)
{
    const char* bound = rule.target != nullptr ? rule.target : rule.lower != nullptr ? rule.lower : rule.upper;
    measurement.scalars[QString::fromLatin1(rule.scalar)] = fallbackOf(descriptor, bound);
}

void nothingFound(const EventRule& rule, const CheckDescriptor&, int, CheckMeasurement& measurement)
{
    measurement.series[QString::fromLatin1(rule.at)] = {1, 1, {}};
    measurement.series[QString::fromLatin1(rule.size)] = {1, 1, {}};
}

void nothingFound(const RepeatRule& rule, const CheckDescriptor& descriptor, int frames, CheckMeasurement& measurement)
{
    const auto code = static_cast<qint32>(fallbackOf(descriptor, rule.limit) + 1000);
    measurement.series[QString::fromLatin1(rule.series)]
        = {0, 1, std::vector<qint32>(static_cast<std::size_t>(frames), code)};
}

template<class Other>
void nothingFound(const Other&, const CheckDescriptor&, int, CheckMeasurement&)
{
}

/// A programme of ten frames a second in which nothing was found by any check.
Measurements quietProgramme(int frames)
{
    Measurements programme;
    programme.clock.timeBase = {1, 10};
    for (int frame = 0; frame < frames; ++frame)
        programme.clock.starts.push_back(frame);
    programme.clock.end = frames;
    programme.facts.hasPicture = true;
    programme.facts.hasSound = true;
    programme.facts.width = 320;
    programme.facts.height = 180;
    programme.facts.soundEnd = frames / 10.0;
    const Series none {0, 1e-4, std::vector<qint32>(static_cast<std::size_t>(frames), 0)};
    for (const double level : kBlackLevels)
        programme.checks[u"black"_s].series[seriesName("dark_share", level)] = none;
    const Series moves {0, 1e-5, std::vector<qint32>(static_cast<std::size_t>(frames), 10000)};
    for (const double level : kFreezeLevels)
        programme.checks[u"freeze"_s].series[seriesName("difference", level)] = moves;
    for (const char* edge : {"top", "right", "bottom", "left"})
        programme.checks[u"letterbox"_s].series[QString::fromLatin1(edge)] = none;
    for (const QString& check : {u"flash"_s, u"red_flash"_s}) {
        for (const char* column : {"frame", "transitions", "first", "last", "area", "step", "x", "y", "w", "h"})
            programme.checks[check].series[seriesName(column, kBt1702)] = {1, 1, {}};
    }
    programme.checks[u"silence"_s].series[u"level_mix"_s]
        = {0.1, 1, std::vector<qint32>(static_cast<std::size_t>(frames), -30)};
    programme.checks[u"true_peak"_s].series[u"true_peak"_s]
        = {0.1, 0.01, std::vector<qint32>(static_cast<std::size_t>(frames), -2000)};
    programme.checks[u"loudness"_s].scalars = {{u"integrated_lufs"_s, -23}, {u"range_lu"_s, 5}};
    programme.checks[u"duration"_s].scalars = {{u"declared_difference_s"_s, 0}};
    programme.checks[u"decode_errors"_s].scalars = {{u"damaged_frames"_s, 0}};
    for (const CheckDescriptor& descriptor : checkDescriptors()) {
        const QString id = QString::fromLatin1(descriptor.id);
        if (programme.checks.contains(id))
            continue;
        for (const Rule& rule : descriptor.rules)
            std::visit([&](const auto& one) { nothingFound(one, descriptor, frames, programme.checks[id]); }, rule);
    }
    return programme;
}

void setCodes(Series& series, int first, int last, qint32 code)
{
    std::vector<qint32> codes = series.codes.dense(0, series.codes.size());
    std::fill(codes.begin() + first, codes.begin() + last + 1, code);
    series.codes = codes;
}

CheckResult resultOf(const Measurements& programme, const QString& id, const Profile& profile = defaultProfile())
{
    for (const CheckResult& result : judge(programme, profile).checks) {
        if (result.id == id)
            return result;
    }
    return {};
}

} // namespace

class JudgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aQuietProgrammePasses();
    void disabledChecksAreAbsent();
    void severityComesFromTheProfile();
    void eachChoiceHasItsOwnSeries();
    void darkShareIsJudgedAtItsLimit_data();
    void darkShareIsJudgedAtItsLimit();
    void silenceMovesWithTheThreshold_data();
    void silenceMovesWithTheThreshold();
    void peaksCloseTogetherAreOneFinding();
    void loudnessBounds_data();
    void loudnessBounds();
    void areaEdgesWithinToleranceAreOneArea();
    void unknownEdgesAreNoChange();
    void aDarkSideOfASceneIsNoBar();
    void barsThatStayAreReportedOnlyWhenAsked();
    void streamsThatAreAbsentAreNamed();
    void missingMeasurementsAreNotPassed();
    void aCheckThatCouldNotMeasureSaysWhy();
    void damageHoldsBackAPassOnlyWhereItIs();
    void anIncompletePassIsNotPassed();
    void toleratedDamageIsStillCounted();
    void timeThatIsDamagedTwiceCountsOnce();
    void findingsAreInOrderOfTime();
    void theSameMeasurementsGiveTheSameText();
};

void JudgeTest::aQuietProgrammePasses()
{
    const Report report = judge(quietProgramme(100), defaultProfile());
    QCOMPARE(report.checks.size(),
        std::size_t(std::ranges::count(checkDescriptors(), false, &CheckDescriptor::isTierOfItsOwn)));
    for (const CheckResult& result : report.checks)
        QVERIFY2(result.outcome == CheckOutcome::Pass, qPrintable(result.id));
    QCOMPARE(verdict(report), CheckOutcome::Pass);
    QCOMPARE(report.frames, 100);
    QCOMPARE(report.duration, 10.0);
}

void JudgeTest::disabledChecksAreAbsent()
{
    const auto profile = onlyChecks(defaultProfile(), {u"silence"_s});
    const Report report = judge(quietProgramme(10), *profile);
    QCOMPARE(report.checks.size(), 1u);
    QCOMPARE(report.checks[0].id, u"silence"_s);
}

void JudgeTest::severityComesFromTheProfile()
{
    Measurements programme = quietProgramme(100);
    setCodes(programme.checks[u"black"_s].series[u"dark_share@0.1"_s], 10, 50, 10000);
    Profile profile = defaultProfile();
    profile.checks[u"black"_s].severity = Severity::Warn;
    const CheckResult result = resultOf(programme, u"black"_s, profile);
    QCOMPARE(result.outcome, CheckOutcome::Warn);
    QCOMPARE(result.findings.at(0).severity, Severity::Warn);
}

void JudgeTest::eachChoiceHasItsOwnSeries()
{
    Measurements programme = quietProgramme(100);
    setCodes(programme.checks[u"black"_s].series[u"dark_share@0.2"_s], 10, 50, 10000);
    QCOMPARE(resultOf(programme, u"black"_s).outcome, CheckOutcome::Pass);
    QCOMPARE(
        resultOf(programme, u"black"_s, withThreshold(u"black"_s, u"pixel_level"_s, 0.2)).outcome, CheckOutcome::Fail);
}

void JudgeTest::darkShareIsJudgedAtItsLimit_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("frames");
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("98 % for 2 s") << 9800 << 20 << CheckOutcome::Fail;
    QTest::newRow("97.99 % for 2 s") << 9799 << 20 << CheckOutcome::Pass;
    QTest::newRow("98 % for 1.9 s") << 9800 << 19 << CheckOutcome::Pass;
}

void JudgeTest::darkShareIsJudgedAtItsLimit()
{
    QFETCH(int, code);
    QFETCH(int, frames);
    Measurements programme = quietProgramme(100);
    setCodes(programme.checks[u"black"_s].series[u"dark_share@0.1"_s], 30, 29 + frames, code);
    QTEST(resultOf(programme, u"black"_s).outcome, "outcome");
}

void JudgeTest::silenceMovesWithTheThreshold_data()
{
    QTest::addColumn<double>("level");
    QTest::addColumn<double>("duration");
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("as measured") << -50.0 << 3.0 << CheckOutcome::Fail;
    QTest::newRow("lower level") << -51.0 << 3.0 << CheckOutcome::Pass;
    QTest::newRow("longer") << -50.0 << 3.1 << CheckOutcome::Pass;
}

void JudgeTest::silenceMovesWithTheThreshold()
{
    QFETCH(double, level);
    QFETCH(double, duration);
    Measurements programme = quietProgramme(100);
    setCodes(programme.checks[u"silence"_s].series[u"level_mix"_s], 20, 49, -50);
    Profile profile = withThreshold(u"silence"_s, u"max_level"_s, level);
    profile.checks[u"silence"_s].thresholds[u"min_duration"_s] = duration;
    QTEST(resultOf(programme, u"silence"_s, profile).outcome, "outcome");
}

void JudgeTest::peaksCloseTogetherAreOneFinding()
{
    Measurements programme = quietProgramme(100);
    Series& peaks = programme.checks[u"true_peak"_s].series[u"true_peak"_s];
    for (const int chunk : {10, 13, 17, 30})
        setCodes(peaks, chunk, chunk, -50);
    setCodes(peaks, 13, 13, 25);
    setCodes(peaks, 60, 60, -100); // exactly -1 dBTP: not over
    const CheckResult result = resultOf(programme, u"true_peak"_s);
    QCOMPARE(result.findings.size(), 2u);
    QCOMPARE(result.findings[0].start, 1.0);
    QCOMPARE(result.findings[0].end, 1.8);
    QCOMPARE(result.findings[0].measured.at(u"true_peak_dbtp"_s), 0.25);
    QCOMPARE(result.findings[1].start, 3.0);
}

void JudgeTest::loudnessBounds_data()
{
    QTest::addColumn<double>("lufs");
    QTest::addColumn<QString>("detail");
    QTest::newRow("target") << -23.0 << QString();
    QTest::newRow("upper edge") << -22.5 << QString();
    QTest::newRow("above") << -22.49 << u"too_loud"_s;
    QTest::newRow("lower edge") << -23.5 << QString();
    QTest::newRow("below") << -23.51 << u"too_quiet"_s;
}

void JudgeTest::loudnessBounds()
{
    QFETCH(double, lufs);
    QFETCH(QString, detail);
    Measurements programme = quietProgramme(100);
    programme.checks[u"loudness"_s].scalars[u"integrated_lufs"_s] = lufs;
    const CheckResult result = resultOf(programme, u"loudness"_s);
    QCOMPARE(result.findings.empty() ? QString() : result.findings[0].detail, detail);
    QCOMPARE(result.threshold.at(u"tolerance"_s), 0.5);
}

void JudgeTest::areaEdgesWithinToleranceAreOneArea()
{
    Measurements programme = quietProgramme(100);
    auto& series = programme.checks[u"letterbox"_s].series;
    setCodes(series[u"top"_s], 0, 99, 22);
    setCodes(series[u"bottom"_s], 0, 99, 22);
    setCodes(series[u"top"_s], 40, 70, 25); // 3 px: within the tolerance of 4
    QCOMPARE(resultOf(programme, u"letterbox"_s).findings.size(), 1u);
    setCodes(series[u"top"_s], 40, 70, 27);
    setCodes(series[u"bottom"_s], 40, 70, 27);
    const CheckResult result = resultOf(programme, u"letterbox"_s);
    QCOMPARE(result.findings.size(), 3u);
    QCOMPARE(result.findings[1].firstFrame, 40);
    QCOMPARE(result.measured.at(u"changes"_s), 2.0);
}

void JudgeTest::unknownEdgesAreNoChange()
{
    Measurements programme = quietProgramme(100);
    for (auto& [name, series] : programme.checks[u"letterbox"_s].series)
        setCodes(series, 30, 60, -1);
    QCOMPARE(resultOf(programme, u"letterbox"_s).outcome, CheckOutcome::Pass);
}

void JudgeTest::aDarkSideOfASceneIsNoBar()
{
    Measurements programme = quietProgramme(300);
    Series& left = programme.checks[u"letterbox"_s].series[u"left"_s];
    setCodes(left, 100, 180, 40);
    QCOMPARE(resultOf(programme, u"letterbox"_s).outcome, CheckOutcome::Pass);
    setCodes(left, 100, 200, 40); // over ten seconds: a picture that is off centre
    QCOMPARE(resultOf(programme, u"letterbox"_s).findings.size(), 2u);
}

void JudgeTest::barsThatStayAreReportedOnlyWhenAsked()
{
    Measurements programme = quietProgramme(100);
    for (const char* edge : {"top", "bottom"})
        setCodes(programme.checks[u"letterbox"_s].series[QString::fromLatin1(edge)], 0, 99, 20);
    QCOMPARE(resultOf(programme, u"letterbox"_s).findings.at(0).detail, u"letterbox"_s);
    const Profile lenient = withThreshold(u"letterbox"_s, u"report_constant"_s, 0);
    QCOMPARE(resultOf(programme, u"letterbox"_s, lenient).outcome, CheckOutcome::Pass);
}

void JudgeTest::streamsThatAreAbsentAreNamed()
{
    Measurements programme = quietProgramme(100);
    programme.facts.hasSound = false;
    QCOMPARE(resultOf(programme, u"loudness"_s).cause, u"no_audio"_s);
    QCOMPARE(verdict(judge(programme, defaultProfile())), CheckOutcome::Pass);
    programme.facts.hasPicture = false;
    QCOMPARE(resultOf(programme, u"black"_s).cause, u"no_video"_s);
    programme.checks.clear();
    QCOMPARE(verdict(judge(programme, defaultProfile())), CheckOutcome::NotEvaluated);
}

void JudgeTest::missingMeasurementsAreNotPassed()
{
    Measurements programme = quietProgramme(100);
    programme.checks.erase(u"black"_s);
    programme.checks[u"freeze"_s].series.clear();
    for (const QString& id : {u"black"_s, u"freeze"_s}) {
        const CheckResult result = resultOf(programme, id);
        QCOMPARE(result.outcome, CheckOutcome::NotEvaluated);
        QCOMPARE(result.cause, u"not_measured"_s);
    }
    QCOMPARE(verdict(judge(programme, defaultProfile())), CheckOutcome::NotEvaluated);
}

void JudgeTest::aCheckThatCouldNotMeasureSaysWhy()
{
    Measurements programme = quietProgramme(100);
    programme.checks[u"loudness"_s] = {u"too_short"_s, {}, {}};
    const CheckResult result = resultOf(programme, u"loudness"_s);
    QCOMPARE(result.outcome, CheckOutcome::NotEvaluated);
    QCOMPARE(result.cause, u"too_short"_s);
}

void JudgeTest::damageHoldsBackAPassOnlyWhereItIs()
{
    Measurements programme = quietProgramme(100);
    programme.damage.push_back({true, 1, 1.5, 10, 14, u"damaged"_s});
    QCOMPARE(resultOf(programme, u"black"_s).cause, u"damaged"_s);
    QCOMPARE(resultOf(programme, u"silence"_s).outcome, CheckOutcome::Pass);
    setCodes(programme.checks[u"black"_s].series[u"dark_share@0.1"_s], 30, 80, 10000);
    QCOMPARE(resultOf(programme, u"black"_s).outcome, CheckOutcome::Fail); // what was found stays found
    const CheckResult damage = resultOf(programme, u"decode_errors"_s);
    QCOMPARE(damage.findings.at(0).detail, u"picture_damaged"_s);
    QCOMPARE(damage.findings.at(0).lastFrame, 14);
}

void JudgeTest::anIncompletePassIsNotPassed()
{
    Measurements programme = quietProgramme(100);
    programme.facts.complete = false;
    for (const CheckResult& result : judge(programme, defaultProfile()).checks) {
        QCOMPARE(result.outcome, CheckOutcome::NotEvaluated);
        QCOMPARE(result.cause, u"incomplete"_s);
    }
}

void JudgeTest::toleratedDamageIsStillCounted()
{
    Measurements programme = quietProgramme(100);
    programme.damage.push_back({false, 1, 1.5, -1, -1, u"damaged"_s});
    const CheckResult result
        = resultOf(programme, u"decode_errors"_s, withThreshold(u"decode_errors"_s, u"max_damaged"_s, 1));
    QCOMPARE(result.outcome, CheckOutcome::Pass);
    QCOMPARE(result.measured.at(u"damaged_s"_s), 0.5);
}

void JudgeTest::timeThatIsDamagedTwiceCountsOnce()
{
    Measurements programme = quietProgramme(100);
    programme.damage = {{true, 1, 2, 10, 19, u"damaged"_s}, {false, 1.5, 1.6, -1, -1, u"damaged"_s},
        {false, 1.9, 2.5, -1, -1, u"damaged"_s}, {true, 4, 5, 40, 49, u"damaged"_s}};
    const CheckResult result = resultOf(programme, u"decode_errors"_s);
    QCOMPARE(result.measured.at(u"damaged_s"_s), 2.5);
    QCOMPARE(result.measured.at(u"damaged_ranges"_s), 4.0);
    QCOMPARE(result.findings.size(), 4u);
}

void JudgeTest::findingsAreInOrderOfTime()
{
    Measurements programme = quietProgramme(100);
    auto& series = programme.checks[u"silence"_s].series;
    series[u"level_left"_s] = series[u"level_right"_s] = series[u"level_mix"_s];
    setCodes(series[u"level_right"_s], 5, 30, -80);
    setCodes(series[u"level_left"_s], 50, 80, -80);
    const CheckResult result = resultOf(programme, u"silence"_s);
    QCOMPARE(result.findings.size(), 2u);
    QCOMPARE(result.findings[0].detail, u"channel_silent_right"_s);
    QCOMPARE(result.findings[1].detail, u"channel_silent_left"_s);
}

void JudgeTest::theSameMeasurementsGiveTheSameText()
{
    Measurements programme = quietProgramme(1000);
    setCodes(programme.checks[u"black"_s].series[u"dark_share@0.1"_s], 300, 330, 9912);
    const auto stored = measurementsFromJson(toJson(programme));
    QVERIFY(stored);
    QCOMPARE(QJsonDocument(toJson(judge(*stored, defaultProfile()))).toJson(),
        QJsonDocument(toJson(judge(programme, defaultProfile()))).toJson());
}

QTEST_GUILESS_MAIN(JudgeTest)
#include "tst_judge.moc"
