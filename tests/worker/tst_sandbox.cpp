#include "core/worker/worker_pool.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

/// The walls around a worker, on each rung that this machine can build.
class TestSandbox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("VIDIMUS_MEDIAWORKER", VIDIMUS_BIN_DIR "/vidimus-mediaworker"); }
    void deniesForbiddenThings_data();
    void deniesForbiddenThings();
    void namesTheRungInUse();
    void saysWhyAWallIsMissing();
};

void TestSandbox::deniesForbiddenThings_data()
{
    QTest::addColumn<bool>("bubblewrap");
    QTest::addColumn<bool>("landlock");
    QTest::newRow("seccomp and limits alone") << false << false;
    QTest::newRow("with landlock") << false << true;
    QTest::newRow("with bubblewrap") << true << false;
    QTest::newRow("all") << true << true;
}

void TestSandbox::deniesForbiddenThings()
{
    QFETCH(bool, bubblewrap);
    QFETCH(bool, landlock);
    WorkerPool pool({.allowBubblewrap = bubblewrap, .allowLandlock = landlock});
    const auto outcomes = pool.selfProbe();
    QVERIFY2(outcomes, outcomes ? "" : qPrintable(outcomes.error().detail));
    QCOMPARE(outcomes->size(), qsizetype(kForbiddenThings.size()));
    for (const SelfProbeOutcome& outcome : *outcomes)
        QVERIFY2(outcome.denied, (outcome.name + ": " + outcome.how.toUtf8()).constData());
}

void TestSandbox::namesTheRungInUse()
{
    WorkerPool pool({.allowBubblewrap = false, .allowLandlock = false});
    const auto status = pool.sandboxStatus();
    QVERIFY(status);
    QVERIFY(status->seccomp);
    QCOMPARE(status->rung(), u"seccomp+rlimits"_s);
    WorkerPool highest;
    const auto best = highest.sandboxStatus();
    QVERIFY(best);
    QVERIFY(best->rung().startsWith("seccomp+rlimits"_L1));
    QCOMPARE(best->rung().contains("+landlock"_L1), best->landlock);
    QCOMPARE(best->rung().contains("+bubblewrap"_L1), best->bubblewrap);
}

void TestSandbox::saysWhyAWallIsMissing()
{
    WorkerPool pool({.allowBubblewrap = false, .allowLandlock = false});
    const auto status = pool.sandboxStatus();
    QVERIFY(status);
    QCOMPARE(status->bubblewrapAbsence, u"turned off"_s);
    QCOMPARE(status->landlockAbsence, u"turned off"_s);
    WorkerPool highest;
    const auto best = highest.sandboxStatus();
    QVERIFY(best);
    QCOMPARE(best->bubblewrapAbsence.isEmpty(), best->bubblewrap);
    QCOMPARE(best->landlockAbsence.isEmpty(), best->landlock);
}

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
