#include "core/base/json.h"
#include "core/checks/allowance.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::checks;
using namespace Qt::StringLiterals;

namespace {

Allowance allowance(double start, double end, const QString& detail = u"silence"_s)
{
    return {AllowanceId(u"a1"_s), QByteArray(64, 'f'), u"silence"_s, detail, start, end, u"a held pause"_s, u"anna"_s,
        Instant(Milliseconds(1000)), {}};
}

Finding finding(double start, double end, Severity severity = Severity::Fail)
{
    Finding one;
    one.checkId = u"silence"_s;
    one.detail = u"silence"_s;
    one.start = start;
    one.end = end;
    one.severity = severity;
    return one;
}

Report reportWith(std::vector<Finding> findings, CheckOutcome outcome)
{
    Report report {u"web"_s, 0, 60, {}};
    CheckResult silence;
    silence.id = u"silence"_s;
    silence.outcome = outcome;
    silence.findings = std::move(findings);
    CheckResult loudness;
    loudness.id = u"loudness"_s;
    loudness.outcome = CheckOutcome::NotEvaluated;
    loudness.cause = u"too_short"_s;
    report.checks = {silence, loudness};
    return report;
}

} // namespace

class AllowanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coversWhatWasSeen_data();
    void coversWhatWasSeen();
    void allowedFindingsStayAndDoNotCount();
    void oneOpenFindingStillCounts();
    void withdrawnAllowancesLetFindingsCountAgain();
    void damageIsNotAllowedAway();
    void expiredAllowancesDoNotStand();
    void survivesJson();
    void malformedJsonIsRefused_data();
    void malformedJsonIsRefused();
    void reportsCarryTheNote();
};

void AllowanceTest::coversWhatWasSeen_data()
{
    QTest::addColumn<double>("start");
    QTest::addColumn<double>("end");
    QTest::addColumn<bool>("covered");
    QTest::newRow("the same") << 10.0 << 12.0 << true;
    QTest::newRow("a part") << 10.5 << 11.0 << true;
    QTest::newRow("shifted by two frames") << 10.08 << 12.08 << true;
    QTest::newRow("starts before") << 9.5 << 12.0 << false;
    QTest::newRow("grew") << 10.0 << 12.5 << false;
    QTest::newRow("elsewhere") << 30.0 << 32.0 << false;
}

void AllowanceTest::coversWhatWasSeen()
{
    QFETCH(double, start);
    QFETCH(double, end);
    QFETCH(bool, covered);
    QCOMPARE(covers(allowance(10, 12), finding(start, end)), covered);
    QCOMPARE(covers(allowance(10, 12, {}), finding(start, end)), covered);
    QVERIFY(!covers(allowance(10, 12, u"channel_silent_left"_s), finding(start, end)));
    Finding other = finding(start, end);
    other.checkId = u"black"_s;
    QVERIFY(!covers(allowance(10, 12), other));
}

void AllowanceTest::allowedFindingsStayAndDoNotCount()
{
    const std::vector allowances {allowance(10, 12)};
    const Report report = withAllowances(reportWith({finding(10, 12)}, CheckOutcome::Fail), {}, allowances);
    QCOMPARE(report.checks[0].outcome, CheckOutcome::Pass);
    QCOMPARE(report.checks[0].findings.size(), 1u);
    QCOMPARE(report.checks[0].findings[0].allowed->reason, u"a held pause"_s);
    QCOMPARE(report.checks[1].cause, u"too_short"_s); // what found nothing is left alone
}

void AllowanceTest::oneOpenFindingStillCounts()
{
    const std::vector allowances {allowance(10, 12)};
    const Report report = withAllowances(
        reportWith({finding(10, 12), finding(20, 22, Severity::Warn)}, CheckOutcome::Fail), {}, allowances);
    QCOMPARE(report.checks[0].outcome, CheckOutcome::Warn);
    QVERIFY(report.checks[0].findings[0].allowed);
    QVERIFY(!report.checks[0].findings[1].allowed);
}

void AllowanceTest::withdrawnAllowancesLetFindingsCountAgain()
{
    const std::vector allowances {allowance(10, 12)};
    const Report before = reportWith({finding(10, 12)}, CheckOutcome::Fail);
    QCOMPARE(withAllowances(withAllowances(before, {}, allowances), {}, {}), before);
}

void AllowanceTest::damageIsNotAllowedAway()
{
    Measurements measurements;
    measurements.damage = {{false, 1, 2, -1, -1, u"damaged"_s}};
    const std::vector allowances {allowance(10, 12)};
    const Report report = withAllowances(reportWith({finding(10, 12)}, CheckOutcome::Fail), measurements, allowances);
    QCOMPARE(report.checks[0].outcome, CheckOutcome::NotEvaluated);
    QCOMPARE(report.checks[0].cause, u"damaged"_s);
}

void AllowanceTest::expiredAllowancesDoNotStand()
{
    Allowance old = allowance(1, 2);
    old.expires = Instant(Milliseconds(5000));
    Allowance late = allowance(3, 4);
    late.at = Instant(Milliseconds(500));
    const auto standing = standingAllowances({old, late}, Instant(Milliseconds(4999)));
    QCOMPARE(standing.size(), 2u);
    QCOMPARE(standing[0].start, 3.0); // the oldest word first
    QCOMPARE(standingAllowances({old, late}, Instant(Milliseconds(5000))).size(), 1u);
}

void AllowanceTest::survivesJson()
{
    Allowance one = allowance(1.25, 2.5);
    QCOMPARE(*allowanceFromJson(toJson(one)), one);
    one.expires = Instant(Milliseconds(1'900'000'000'000));
    QCOMPARE(*allowanceFromJson(toJson(one)), one);
}

void AllowanceTest::malformedJsonIsRefused_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("no reason") << u"reason"_s << QJsonValue(u" "_s);
    QTest::newRow("hash") << u"sha256"_s << QJsonValue(u"abc"_s);
    QTest::newRow("range") << u"end"_s << QJsonValue(-1);
    QTest::newRow("time") << u"at"_s << QJsonValue(u"yesterday"_s);
    QTest::newRow("expiry") << u"expires"_s << QJsonValue(u"never"_s);
    QTest::newRow("type") << u"check"_s << QJsonValue(7);
    QTest::newRow("stranger") << u"more"_s << QJsonValue(7);
}

void AllowanceTest::malformedJsonIsRefused()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QJsonObject object = toJson(allowance(1, 2));
    object.insert(member, value);
    const auto read = allowanceFromJson(object);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Invalid);
}

void AllowanceTest::reportsCarryTheNote()
{
    const std::vector allowances {allowance(10, 12)};
    const Report report = withAllowances(reportWith({finding(10, 12)}, CheckOutcome::Fail), {}, allowances);
    const auto again = reportFromJson(toJson(report));
    QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
    QCOMPARE(*again, report);
}

QTEST_GUILESS_MAIN(AllowanceTest)
#include "tst_allowance.moc"
