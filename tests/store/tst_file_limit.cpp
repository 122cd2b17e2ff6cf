#include "store_fixture.h"

#include <QFile>
#include <QTest>
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// Promise R7 where no small disk can be mounted: files that may not grow any more.
class TestFileLimit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void growingNoMoreIsAnErrorAndLosesNothing();
};

void TestFileLimit::growingNoMoreIsAnErrorAndLosesNothing()
{
    const QTemporaryDir dir;
    {
        const auto store = openStore(dir.path());
        addAssets(*store, 2000);
    }
    std::array<int, 2> ends {};
    QCOMPARE(pipe(ends.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const auto store = openStore(dir.path());
        const auto bytes = static_cast<rlim_t>(QFile(WorkspaceStore::databasePathIn(dir.path())).size());
        const rlimit limit {bytes + 100'000, bytes + 100'000};
        int saved = 0;
        Result<void> done;
        if (setrlimit(RLIMIT_FSIZE, &limit) == 0) {
            while (saved < 2000 && (done = decide(*store, someAsset(saved), QString::number(saved))))
                ++saved;
        }
        const bool isTold = !done && !done.error().detail.isEmpty()
            && (done.error().code == ErrorCode::DiskFull || done.error().code == ErrorCode::Io);
        (void)!write(ends[1], &saved, sizeof saved);
        _exit(isTold ? 0 : 1);
    }
    int status = 0;
    int saved = -1;
    QCOMPARE(read(ends[0], &saved, sizeof saved), static_cast<ssize_t>(sizeof saved));
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY2(WIFEXITED(status) && WEXITSTATUS(status) == 0, "no error was told");
    QVERIFY(saved > 0 && saved < 2000);
    const auto store = openStore(dir.path());
    QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); })), saved);
    QVERIFY(must(store->verifyAudit()).isSound());
    QVERIFY(must(store->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound());
    QVERIFY(decide(*store, someAsset(saved), u"again"_s));
}

QTEST_GUILESS_MAIN(TestFileLimit)
#include "tst_file_limit.moc"
