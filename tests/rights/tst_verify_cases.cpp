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
    qInfo() << report->passed << "passed";
}

QTEST_GUILESS_MAIN(VerifyCasesTest)
#include "tst_verify_cases.moc"
