#include "core/checks/report.h"

#include "core/base/json.h"

#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::checks;
using namespace Qt::StringLiterals;

namespace {

CheckResult resultWith(CheckOutcome outcome, const QString& cause = {})
{
    CheckResult result;
    result.id = u"black"_s;
    result.outcome = outcome;
    result.cause = cause;
    return result;
}

Report example()
{
    Report report {u"web"_s, 384, 16.0000004, {}};
    CheckResult result = resultWith(CheckOutcome::Warn);
    result.measured = {{u"black_s"_s, 1.0}};
    result.threshold = {{u"min_duration"_s, 0.5}};
    result.findings.push_back({u"black"_s, 5, 6, 120, 143, Severity::Warn, {{u"dark_share"_s, 0.9999999}},
        Region {0, 44, 640, 272}, u"black"_s});
    report.checks = {result, resultWith(CheckOutcome::NotEvaluated, u"no_audio"_s)};
    return report;
}

} // namespace

class ReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void verdictTakesTheWorst_data();
    void verdictTakesTheWorst();
    void hasTheMembersOfTheContract();
    void timeIsKeptApart();
    void roundTrips();
    void refusesHostileInput_data();
    void refusesHostileInput();
};

void ReportTest::verdictTakesTheWorst_data()
{
    QTest::addColumn<std::vector<CheckResult>>("results");
    QTest::addColumn<CheckOutcome>("expected");
    const CheckResult pass = resultWith(CheckOutcome::Pass);
    const CheckResult warn = resultWith(CheckOutcome::Warn);
    const CheckResult fail = resultWith(CheckOutcome::Fail);
    const CheckResult damaged = resultWith(CheckOutcome::NotEvaluated, u"damaged"_s);
    const CheckResult absent = resultWith(CheckOutcome::NotEvaluated, u"no_audio"_s);
    using Results = std::vector<CheckResult>;
    QTest::newRow("pass") << Results {pass, pass} << CheckOutcome::Pass;
    QTest::newRow("warn") << Results {pass, warn} << CheckOutcome::Warn;
    QTest::newRow("fail") << Results {fail, damaged, warn} << CheckOutcome::Fail;
    QTest::newRow("damage outweighs a warning") << Results {warn, damaged} << CheckOutcome::NotEvaluated;
    QTest::newRow("no sound does not count") << Results {pass, absent} << CheckOutcome::Pass;
    QTest::newRow("nothing applies") << Results {absent} << CheckOutcome::NotEvaluated;
    QTest::newRow("no checks") << Results {} << CheckOutcome::NotEvaluated;
}

void ReportTest::verdictTakesTheWorst()
{
    QFETCH(std::vector<CheckResult>, results);
    QTEST(verdict({u"web"_s, 0, 0, results}), "expected");
}

void ReportTest::hasTheMembersOfTheContract()
{
    const QJsonObject object = checks::toJson(example());
    QCOMPARE(object.value(u"schema"_s).toString(), u"vidimus.check/1"_s);
    QCOMPARE(object.value(u"profile"_s).toString(), u"web"_s);
    QCOMPARE(object.value(u"frames"_s).toInt(), 384);
    QCOMPARE(object.value(u"duration"_s).toDouble(), 16.0); // rounded to microseconds
    QCOMPARE(object.value(u"verdict"_s).toString(), u"warn"_s);
    const QJsonObject check = object.value(u"checks"_s).toArray().at(0).toObject();
    QCOMPARE(check.value(u"id"_s).toString(), u"black"_s);
    QCOMPARE(check.value(u"result"_s).toString(), u"warn"_s);
    QCOMPARE(check.value(u"threshold"_s).toObject().value(u"min_duration"_s).toDouble(), 0.5);
    const QJsonObject finding = check.value(u"findings"_s).toArray().at(0).toObject();
    QCOMPARE(finding.keys(),
        QStringList({u"detail"_s, u"end"_s, u"first_frame"_s, u"last_frame"_s, u"measured"_s, u"region"_s,
            u"severity"_s, u"start"_s}));
    QCOMPARE(finding.value(u"region"_s).toObject().value(u"h"_s).toInt(), 272);
    const QJsonObject silent = object.value(u"checks"_s).toArray().at(1).toObject();
    QCOMPARE(silent.value(u"result"_s).toString(), u"not_evaluated"_s);
    QCOMPARE(silent.value(u"cause"_s).toString(), u"no_audio"_s);
}

void ReportTest::timeIsKeptApart()
{
    QVERIFY(!checks::toJson(example()).contains(u"seconds"_s));
    QJsonObject timed = checks::toJson(example(), 1.25);
    QCOMPARE(timed.take(u"seconds"_s).toDouble(), 1.25);
    QCOMPARE(timed, checks::toJson(example()));
}

void ReportTest::roundTrips()
{
    const auto report = reportFromJson(checks::toJson(example(), 3.0));
    QVERIFY(report);
    QCOMPARE(checks::toJson(*report), checks::toJson(example()));
    QCOMPARE(report->checks[0].findings[0].checkId, u"black"_s);
    QCOMPARE(report->checks[0].findings[0].region, example().checks[0].findings[0].region);
}

void ReportTest::refusesHostileInput_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("place");
    QTest::newRow("schema") << QByteArray("vidimus.check/1") << QByteArray("vidimus.check/9") << u"schema"_s;
    QTest::newRow("frames") << QByteArray("\"frames\":384") << QByteArray("\"frames\":-1") << u"frames"_s;
    QTest::newRow("verdict") << QByteArray("\"verdict\":\"warn\"") << QByteArray("\"verdict\":\"pass\"")
                             << u"verdict"_s;
    QTest::newRow("result") << QByteArray("\"result\":\"warn\"") << QByteArray("\"result\":\"fine\"")
                            << u"checks[0].result"_s;
    QTest::newRow("severity") << QByteArray("\"severity\":\"warn\"") << QByteArray("\"severity\":1")
                              << u"checks[0].findings[0].severity"_s;
    QTest::newRow("range") << QByteArray("\"end\":6") << QByteArray("\"end\":4") << u"checks[0].findings[0].end"_s;
    QTest::newRow("frame range") << QByteArray("\"last_frame\":143") << QByteArray("\"last_frame\":100")
                                 << u"checks[0].findings[0].last_frame"_s;
    QTest::newRow("region") << QByteArray("\"w\":640") << QByteArray("\"v\":640") << u"checks[0].findings[0].region"_s;
    QTest::newRow("huge region") << QByteArray("\"w\":640") << QByteArray("\"w\":6400000000000")
                                 << u"checks[0].findings[0].region"_s;
    QTest::newRow("measured") << QByteArray("\"black_s\":1") << QByteArray("\"black_s\":\"x\"")
                              << u"checks[0].measured"_s;
    QTest::newRow("findings") << QByteArray("\"findings\":[]") << QByteArray("\"findings\":[3]")
                              << u"checks[1].findings[0]"_s;
}

void ReportTest::refusesHostileInput()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, place);
    const QByteArray good = vidimus::toJson(checks::toJson(example()));
    QByteArray bad = good;
    bad.replace(from, to);
    QVERIFY(bad != good);
    const auto report = reportFromJson(*parseJsonObject(bad));
    QVERIFY(!report);
    QVERIFY2(report.error().detail.startsWith(place), qPrintable(report.error().detail));
}

QTEST_GUILESS_MAIN(ReportTest)
#include "tst_report.moc"
