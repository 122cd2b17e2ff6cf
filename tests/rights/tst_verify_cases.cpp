#include "core/base/json.h"
#include "core/rights/verify_cases.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

class VerifyCasesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyWrittenCasePasses();
    void everyCaseFailsWhenItsExpectationIsTurned();
    void countsWhatCannotBeReadAsFailed();
    void refusesAFileWithoutCases();

private:
    static QJsonObject load(const QString& path);
};

QJsonObject VerifyCasesTest::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QFile::ReadOnly))
        return {};
    const auto json = parseJsonObject(file.readAll());
    return json ? *json : QJsonObject();
}

void VerifyCasesTest::everyWrittenCasePasses()
{
    const QString path
        = qEnvironmentVariable("VIDIMUS_RIGHTS_CASES", QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/rights/cases.json"));
    const auto report = verifyCases(load(path));
    QVERIFY(report);
    for (const CaseFailure& failure : report->failures)
        qWarning().noquote() << failure.id << "expected" << failure.expected << "actual" << failure.actual;
    QVERIFY(report->failures.empty());
    QVERIFY(report->passed > 0);
}

void VerifyCasesTest::everyCaseFailsWhenItsExpectationIsTurned()
{
    QJsonObject file = load(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/rights/cases.json"));
    qsizetype count = 0;
    for (const QString& section : {u"availability"_s, u"time"_s, u"conflicts"_s, u"diffs"_s}) {
        QJsonArray cases = file.value(section).toArray();
        for (QJsonValueRef value : cases) {
            QJsonObject test = value.toObject();
            if (section == u"availability") {
                QJsonObject expected = test.value(u"expected").toObject();
                expected.insert(u"available"_s, !expected.value(u"available").toBool());
                test.insert(u"expected"_s, expected);
            } else if (section == u"time") {
                test.insert(u"expected"_s, u"2001-01-01T00:00:00Z"_s);
            } else if (section == u"conflicts") {
                test.insert(u"expected"_s, QJsonArray {QJsonObject {{u"code"_s, u"GAP"_s}}});
            } else {
                test.insert(u"expected"_s,
                    QJsonObject {{u"gained"_s, QJsonArray {QJsonArray {u"FR"_s}}}, {u"lost"_s, QJsonArray()}});
            }
            value = test;
        }
        count += cases.size();
        file.insert(section, cases);
    }
    const auto report = verifyCases(file);
    QVERIFY(report);
    QCOMPARE(report->passed, 0);
    QCOMPARE(report->failures.size(), static_cast<std::size_t>(count));
    QCOMPARE(toJson(*report).value(u"failed").toInt(), static_cast<int>(count));
}

void VerifyCasesTest::countsWhatCannotBeReadAsFailed()
{
    const QJsonObject file {{u"availability"_s, QJsonArray {1, QJsonObject {{u"id"_s, u"x"_s}}}},
        {u"time"_s, QJsonArray {QJsonObject {{u"profile"_s, QJsonObject {{u"zone"_s, u"Nowhere/City"_s}}}}}},
        {u"conflicts"_s, QJsonArray {QJsonObject {{u"rules"_s, QJsonArray {u"?"_s}}}}},
        {u"diffs"_s, QJsonArray {QJsonObject {{u"before"_s, QJsonArray {5}}}}}};
    const auto report = verifyCases(file);
    QVERIFY(report);
    QCOMPARE(report->passed, 0);
    QCOMPARE(report->failures.size(), 5U);
}

void VerifyCasesTest::refusesAFileWithoutCases()
{
    QVERIFY(!verifyCases({}));
    QVERIFY(!verifyCases({{u"availability"_s, QJsonArray()}}));
    QVERIFY(!verifyCases({{u"time"_s, u"soon"_s}}));
}

QTEST_GUILESS_MAIN(VerifyCasesTest)
#include "tst_verify_cases.moc"
