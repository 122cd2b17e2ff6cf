#include "fault_scenarios.h"
#include "support/fault_child.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

using namespace vidimus;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

/// Promise R5 for whole use cases, with the files beside the database: the N-th write, sync, rename, open, truncation
/// or removal fails, for every N. The old or the new state is there afterwards, "done" is said only of the new one, and
/// what failed can be done again.
class TestUseCaseFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void oldOrNewStateWithAVisibleError_data();
    void oldOrNewStateWithAVisibleError();

private:
    void copyTemplate(const QString& folder) const;

    QTemporaryDir m_dir;
};

namespace {

constexpr qint64 kReserveBytes = 64 << 20;

/// What the scenario of this name does; empty where there is none.
std::function<Result<void>(const QString&)> actOf(const QString& name)
{
    const auto found = std::ranges::find_if(
        faultScenarios(), [&name](const FaultScenario& scenario) { return name == QLatin1StringView(scenario.name); });
    if (found == faultScenarios().end())
        return {};
    return found->act;
}

} // namespace

void TestUseCaseFaults::initTestCase()
{
#ifdef VIDIMUS_ASAN
    QSKIP("AddressSanitizer does not let another library be preloaded");
#endif
    qputenv("VIDIMUS_MEDIAWORKER", VIDIMUS_BIN_DIR "/vidimus-mediaworker");
    prepareForFaults(m_dir.filePath(u"template"_s));
}

void TestUseCaseFaults::copyTemplate(const QString& folder) const
{
    namespace fs = std::filesystem;
    for (const QString& ending : {QString(), u"-backup"_s, u"-in"_s}) {
        fs::remove_all(fs::path((folder + ending).toStdString()));
        fs::copy(fs::path((m_dir.filePath(u"template"_s) + ending).toStdString()),
            fs::path((folder + ending).toStdString()), fs::copy_options::recursive);
    }
    fs::remove_all(fs::path((folder + u"-out"_s).toStdString()));
    QVERIFY(QDir().mkdir(folder + u"-out"_s));
    QFile reserve(folder + u"/reserve"_s); // sparse: it counts by its size, and copying it would take the time
    QVERIFY(reserve.open(QIODevice::WriteOnly) && reserve.resize(kReserveBytes));
}

void TestUseCaseFaults::oldOrNewStateWithAVisibleError_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<QStringList>("faults");
    const QStringList faults {u"io"_s, u"full"_s, u"short"_s, u"interrupted"_s};
    for (const FaultScenario& scenario : faultScenarios())
        QTest::newRow(scenario.name) << QString::fromLatin1(scenario.name) << faults;
}

void TestUseCaseFaults::oldOrNewStateWithAVisibleError()
{
    QFETCH(QString, scenario);
    QFETCH(QStringList, faults);
    const QString folder = m_dir.filePath(u"w"_s);
    copyTemplate(folder);
    const QByteArray before = stateForFaults(folder);
    copyTemplate(folder);
    const FaultOutcome clean = actInFaultChild(scenario, folder, kNoFault, u"io"_s);
    QVERIFY2(clean.done, qPrintable(clean.text));
    const QByteArray after = stateForFaults(folder);
    QVERIFY(after != before);
    QVERIFY(clean.calls > 2);
    // Every call by every fault in a long run; a twentieth of them, beginning anywhere, in a short one.
    const int stride = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 1 : std::min(20, clean.calls);
    int tried = 0;
    int visible = 0;
    for (const QString& fault : faults) {
        for (int at = 1 + static_cast<int>(QRandomGenerator::global()->bounded(stride)); at <= clean.calls;
            at += stride) {
            copyTemplate(folder);
            const FaultOutcome outcome = actInFaultChild(scenario, folder, at, fault);
            if (outcome.calls < at)
                continue; // another thread was quicker this time: one call fewer
            ++tried;
            visible += outcome.done ? 0 : 1;
            const QByteArray state = stateForFaults(folder);
            const QByteArray place = u"%1, %2 at call %3 of %4 (%5): "_s.arg(scenario, fault)
                                         .arg(at)
                                         .arg(clean.calls)
                                         .arg(outcome.text)
                                         .toUtf8()
                + state + " instead of " + before + " or " + after;
            QVERIFY2(state == before || state == after, place.constData());
            QVERIFY2(!outcome.done || state == after, place.constData());
            QVERIFY2(outcome.done || !outcome.text.isEmpty(), place.constData());
            if (state == before) {
                const FaultOutcome again = actInFaultChild(scenario, folder, kNoFault, fault);
                QVERIFY2(again.done, (place + "; again: " + again.text.toUtf8()).constData());
                QCOMPARE(stateForFaults(folder), after);
            }
        }
    }
    qInfo("%d failures at %d calls, %d errors were shown", tried, clean.calls, visible);
    QVERIFY(tried >= faults.size());
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--scenario"_s)
        return actAsFaultChild(actOf(arguments.value(2)), arguments.value(3));
    if (qEnvironmentVariableIsSet("VIDIMUS_LONG")) // a row is thousands of runs; each child has its own minute
        qputenv("QTEST_FUNCTION_TIMEOUT", "14400000");
    TestUseCaseFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_use_case_faults.moc"
