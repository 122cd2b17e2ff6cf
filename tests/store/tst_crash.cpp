#include "core/store/backup.h"
#include "store_fixture.h"

#include <QDir>
#include <QSet>
#include <QTest>
#include <csignal>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// Promise R1: a decision shown as saved is never lost, whenever the program is killed.
class TestCrash : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingAcknowledgedIsLost();
};

namespace {

constexpr int kAssets = 15'000;

/// Decides one asset after the other for ever and says each number into the pipe once it is saved.
[[noreturn]] void decideForEver(const QString& folder, int pipe)
{
    const auto store = openStore(folder);
    const qint64 first = must(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); }));
    for (int i = static_cast<int>(first); i < kAssets; ++i) {
        must(decide(*store, someAsset(i), QString::number(i)));
        if (write(pipe, &i, sizeof i) != static_cast<ssize_t>(sizeof i))
            _exit(1);
    }
    for (;;)
        pause();
}

} // namespace

void TestCrash::nothingAcknowledgedIsLost()
{
    // A twentieth of the kills in a short run, and sooner after the start of each.
    const bool isLong = qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1;
    const int kills = isLong ? 10'000 : 500;
    const auto within = static_cast<unsigned>(isLong ? 500'000 : 100'000); // microseconds
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    QTemporaryDir dir;
    QSet<int> acknowledged;
    for (int kill = 0; kill < kills; ++kill) {
        if (kill % 50 == 0) {
            QVERIFY(QDir(dir.path()).removeRecursively());
            acknowledged.clear();
            addAssets(*openStore(dir.path()), kAssets);
        }
        std::array<int, 2> ends {};
        QCOMPARE(pipe(ends.data()), 0);
        const pid_t child = fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            close(ends[0]);
            decideForEver(dir.path(), ends[1]);
        }
        close(ends[1]);
        usleep(static_cast<useconds_t>(random() % within));
        QCOMPARE(::kill(child, SIGKILL), 0);
        QCOMPARE(waitpid(child, nullptr, 0), child);
        int number = 0;
        while (read(ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number))
            acknowledged.insert(number);
        close(ends[0]);

        const auto store = openStore(dir.path());
        const qint64 count = must(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); }));
        for (const int saved : std::as_const(acknowledged)) {
            QVERIFY(store->read(
                [&](const UnitOfWork& unit) { return unit.decisions.find(DecisionId(QString::number(saved))); }));
        }
        // At most the one that was on its way may be there without having been acknowledged, once for each kill.
        QVERIFY(count >= acknowledged.size() && count <= acknowledged.size() + kill % 50 + 1);
        const audit::LogReport report = must(store->verifyAudit());
        QVERIFY2(report.isSound(), qPrintable(report.detail));
        QCOMPARE(report.entries, static_cast<std::uint64_t>(count));
        QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.outbox.counts(); })).waiting,
            static_cast<int>(count));
        QVERIFY(must(store->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound());
    }
    qInfo("%d kills, %lld decisions acknowledged since the last fresh start", kills,
        static_cast<long long>(acknowledged.size()));
    QVERIFY(!acknowledged.isEmpty());
}

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
