#include "core/worker/worker_launcher.h"
#include "tests/support/patience.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

namespace {

WorkerOptions options(bool bubblewrap)
{
    return {.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker"), .allowBubblewrap = bubblewrap};
}

/// The other half of the test: starts a worker that is asked nothing, says its number and waits to be killed.
int hold(bool bubblewrap)
{
    WorkerLauncher launcher(options(bubblewrap));
    auto worker = launcher.launch(limitsFor(JobClass::Frames, 0));
    if (!worker)
        return 1;
    std::printf("%d\n", worker->process->pid());
    std::fflush(stdout);
    for (;;)
        pause();
}

/// \a pid and everything below it.
QList<pid_t> familyOf(pid_t pid)
{
    QList<pid_t> family {pid};
    const QDir threads(u"/proc/%1/task"_s.arg(pid)); // each thread has children of its own
    const QStringList numbers = threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& thread : numbers) {
        QFile children(threads.filePath(thread + "/children"_L1));
        if (!children.open(QIODevice::ReadOnly))
            continue;
        const auto pids = children.readAll().split(' ');
        for (const QByteArray& child : pids) {
            if (const pid_t number = child.trimmed().toInt())
                family += familyOf(number);
        }
    }
    return family;
}

/// Gone, or dead and only waiting to be reaped by whoever inherited it.
bool isGone(pid_t pid)
{
    QFile status(u"/proc/%1/stat"_s.arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return true;
    const QByteArray text = status.readAll();
    const char state = text.mid(text.lastIndexOf(')') + 2).front();
    return state == 'Z' || state == 'X';
}

} // namespace

/// No worker outlives the program that started it, however that ended.
class TestOrphans : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void workersDieWithAKilledParent_data();
    void workersDieWithAKilledParent();
    void aWorkerOutlivesTheThreadThatAskedForIt();
};

void TestOrphans::workersDieWithAKilledParent_data()
{
    QTest::addColumn<bool>("bubblewrap");
    QTest::newRow("plain") << false;
    QTest::newRow("in a box, where there are boxes") << true;
}

void TestOrphans::workersDieWithAKilledParent()
{
    QFETCH(bool, bubblewrap);
    QProcess helper;
    helper.start(QCoreApplication::applicationFilePath(), {u"--hold"_s, bubblewrap ? u"box"_s : u"plain"_s});
    QVERIFY(helper.waitForStarted());
    while (!helper.canReadLine())
        QVERIFY(helper.waitForReadyRead(20'000));
    const pid_t worker = helper.readLine().trimmed().toInt();
    QVERIFY(worker > 0);
    const QList<pid_t> family = familyOf(static_cast<pid_t>(helper.processId())); // the waiting worker too
    QVERIFY(family.contains(worker));
    for (const pid_t pid : family)
        QVERIFY(!isGone(pid));
    helper.kill();
    QVERIFY(helper.waitForFinished());
    for (const pid_t pid : family)
        QTRY_VERIFY2_WITH_TIMEOUT(isGone(pid), qPrintable(u"process %1 is still there"_s.arg(pid)), kPatienceMs);
}

void TestOrphans::aWorkerOutlivesTheThreadThatAskedForIt()
{
    WorkerLauncher launcher(options(false));
    Result<ReadyWorker> worker(Error {});
    std::thread([&] { worker = launcher.launch(limitsFor(JobClass::Frames, 0)); }).join();
    QVERIFY(worker);
    QTest::qWait(50); // a parent-death signal would have come by now
    QVERIFY(worker->process->isAlive());
}

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    if (const QStringList arguments = QCoreApplication::arguments(); arguments.value(1) == "--hold"_L1)
        return hold(arguments.value(2) == "box"_L1);
    TestOrphans test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_orphans.moc"
