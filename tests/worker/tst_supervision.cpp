#include "tests/support/patience.h"
#include "worker/fake_worker.h"

#include "core/worker/exchange.h"
#include "core/worker/parked_files.h"
#include "core/worker/spawn_thread.h"
#include "core/worker/worker_exit.h"
#include "core/worker/worker_launcher.h"
#include "core/worker/worker_pool.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the parent makes of workers that crash, hang, lie or are not there.
class TestSupervision : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void asksAgainAfterACrash();
    void twoCrashesParkTheFile();
    void aParkedFileCanBeReleased();
    void refusesMisbehaviour_data();
    void refusesMisbehaviour();
    void aFloodOnStderrDoesNotBlock();
    void cancelIsAsked();
    void cancelKillsADeafWorker();
    void silenceIsEnded();
    void missingProgramIsNamed();
    void refusesWhatIsNoFile();
    void noChildIsLeft();
    void explainsExits_data();
    void explainsExits();
    void childrenGetNothingButTheirChannel();
    void reopenedInputCannotBeWritten();

private:
    [[nodiscard]] WorkerOptions optionsFor(const QByteArray& behaviour) const
    {
        return {.executable = fakeworker::makeExecutable(m_folder->path(), behaviour),
            .allowBubblewrap = false,
            .keepWarm = false};
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QFile> m_file;
};

void TestSupervision::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = std::make_unique<QFile>(m_folder->filePath(u"media"_s));
    QVERIFY(m_file->open(QIODevice::ReadWrite));
    m_file->write("some bytes");
    m_file->flush();
}

void TestSupervision::asksAgainAfterACrash()
{
    WorkerPool pool(optionsFor("crash-once"));
    const auto facts = pool.probe(m_file->handle());
    QVERIFY2(facts, facts ? "" : qPrintable(facts.error().detail));
    QCOMPARE(facts->container, u"fake"_s);
}

void TestSupervision::twoCrashesParkTheFile()
{
    WorkerPool pool(optionsFor("crash"));
    const auto first = pool.probe(m_file->handle());
    QVERIFY(!first);
    QCOMPARE(first.error().reason, QByteArray("file_parked"));
    const auto later = pool.openFrames(m_file->handle());
    QVERIFY(!later);
    QCOMPARE(later.error().reason, QByteArray("file_parked"));
    // Another file is not held responsible.
    QFile other(m_folder->filePath(u"other"_s));
    QVERIFY(other.open(QIODevice::ReadWrite));
    other.write("x");
    other.flush();
    ParkedFiles parked;
    const auto identity = InputFile::reopen(m_file->handle());
    const auto otherIdentity = InputFile::reopen(other.handle());
    QVERIFY(identity && otherIdentity);
    parked.addCrash(identity->identity());
    QVERIFY(parked.check(identity->identity()));
    parked.addCrash(identity->identity());
    QVERIFY(!parked.check(identity->identity()));
    QVERIFY(parked.check(otherIdentity->identity()));
}

void TestSupervision::aParkedFileCanBeReleased()
{
    WorkerPool pool(optionsFor("crash-twice"));
    QCOMPARE(pool.probe(m_file->handle()).error().reason, QByteArray("file_parked"));
    QCOMPARE(pool.probe(m_file->handle()).error().reason, QByteArray("file_parked"));
    pool.release(m_file->handle());
    QVERIFY(pool.probe(m_file->handle()));
}

void TestSupervision::refusesMisbehaviour_data()
{
    QTest::addColumn<QByteArray>("behaviour");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("does not start") << QByteArray("no-hello") << QByteArray("no_worker");
    QTest::newRow("another version") << QByteArray("version") << QByteArray("worker_version");
    QTest::newRow("no filter") << QByteArray("bare") << QByteArray("no_sandbox");
    QTest::newRow("garbage") << QByteArray("garbage") << QByteArray("worker_protocol");
    QTest::newRow("a message out of place") << QByteArray("early") << QByteArray("worker_protocol");
    QTest::newRow("an answer of another shape") << QByteArray("wrong") << QByteArray("worker_protocol");
}

void TestSupervision::refusesMisbehaviour()
{
    QFETCH(QByteArray, behaviour);
    WorkerPool pool(optionsFor(behaviour));
    const auto facts = pool.probe(m_file->handle());
    QVERIFY(!facts);
    QTEST(facts.error().reason, "reason");
}

void TestSupervision::aFloodOnStderrDoesNotBlock()
{
    WorkerPool pool(optionsFor("flood"));
    QVERIFY(pool.probe(m_file->handle()));
}

void TestSupervision::cancelIsAsked()
{
    WorkerPool pool(optionsFor("hang"));
    const CancelSource source;
    std::jthread later([&] {
        std::this_thread::sleep_for(50ms);
        source.cancel();
    });
    const auto facts = pool.probe(m_file->handle(), source.token());
    QVERIFY(!facts);
    QCOMPARE(facts.error().code, ErrorCode::Canceled);
    QVERIFY(!facts.error().detail.contains("killed"_L1));
}

void TestSupervision::cancelKillsADeafWorker()
{
    WorkerPool pool(optionsFor("deaf"));
    const CancelSource source;
    source.cancel();
    const auto facts = pool.probe(m_file->handle(), source.token());
    QVERIFY(!facts);
    QCOMPARE(facts.error().code, ErrorCode::Canceled);
    QVERIFY(facts.error().detail.contains("killed"_L1));
}

void TestSupervision::silenceIsEnded()
{
    WorkerLauncher launcher(optionsFor("deaf"));
    WorkerLimits limits = limitsFor(JobClass::Probe, 0);
    limits.stall = 100ms;
    auto worker = launcher.launch(limits);
    QVERIFY(worker);
    const auto answer = exchange(*worker->process, jsonMessage(MessageType::Probe, {}), m_file->handle(), {});
    QVERIFY(!answer);
    QCOMPARE(answer.error().reason, QByteArray("worker_timeout"));
    QVERIFY(!worker->process->isUsable());
}

void TestSupervision::missingProgramIsNamed()
{
    WorkerPool pool({.executable = m_folder->filePath(u"nothing"_s), .allowBubblewrap = false});
    const auto facts = pool.probe(m_file->handle());
    QVERIFY(!facts);
    QCOMPARE(facts.error().code, ErrorCode::Missing);
    qputenv("VIDIMUS_MEDIAWORKER", "/nowhere/vidimus-mediaworker");
    QCOMPARE(findWorkerExecutable().error().reason, QByteArray("no_worker"));
    qunsetenv("VIDIMUS_MEDIAWORKER");
}

void TestSupervision::refusesWhatIsNoFile()
{
    WorkerPool pool(optionsFor("fine"));
    int ends[2];
    QCOMPARE(pipe2(ends, O_CLOEXEC), 0);
    const UniqueFd readEnd(ends[0]);
    const UniqueFd writeEnd(ends[1]);
    QCOMPARE(pool.probe(readEnd.get()).error().reason, QByteArray("not_a_file"));
    const UniqueFd folder(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    QCOMPARE(pool.probe(folder.get()).error().reason, QByteArray("not_a_file"));
    QVERIFY(!pool.probe(-1));
}

void TestSupervision::noChildIsLeft()
{
    pid_t pid = -1;
    {
        WorkerLauncher launcher(optionsFor("deaf"));
        auto worker = launcher.launch(limitsFor(JobClass::Probe, 0));
        QVERIFY(worker);
        pid = worker->process->pid();
        QCOMPARE(kill(pid, 0), 0);
    }
    QCOMPARE(kill(pid, 0), -1);
    QCOMPARE(errno, ESRCH);
}

void TestSupervision::explainsExits_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("wrapped");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QString>("text");
    const auto exited = [](int code) { return code << 8; };
    QTest::newRow("filter") << SIGSYS << false << QByteArray("worker_crashed") << u"forbidden system call"_s;
    QTest::newRow("filter in a box") << exited(128 + SIGSYS) << true << QByteArray("worker_crashed")
                                     << u"forbidden system call"_s;
    QTest::newRow("segmentation fault") << SIGSEGV << false << QByteArray("worker_crashed") << u"signal 11"_s;
    QTest::newRow("processor time") << SIGXCPU << false << QByteArray("worker_timeout") << u"processor time"_s;
    QTest::newRow("file size") << SIGXFSZ << false << QByteArray("worker_limit_output") << u"wrote more"_s;
    QTest::newRow("memory") << exited(kExitOutOfMemory) << false << QByteArray("worker_limit_memory")
                            << u"memory limit"_s;
    QTest::newRow("no wall") << exited(kExitNoSandbox) << false << QByteArray("no_sandbox") << u"sandbox"_s;
    QTest::newRow("early end") << exited(0) << false << QByteArray("worker_crashed") << u"exit state 0"_s;
    QTest::newRow("high state without a box")
        << exited(128 + SIGSYS) << false << QByteArray("worker_crashed") << u"exit state 159"_s;
}

void TestSupervision::explainsExits()
{
    QFETCH(int, status);
    QFETCH(bool, wrapped);
    QFETCH(QString, text);
    const Error error = explainWorkerExit(status, wrapped, "first line\nlast \x1b[31mline\n");
    QTEST(error.reason, "reason");
    QVERIFY2(error.detail.contains(text), qPrintable(error.detail));
    QVERIFY2(error.detail.endsWith("last [31mline"_L1), qPrintable(error.detail));
    QCOMPARE(isWorkersFault(error), error.reason != "no_sandbox");
}

void TestSupervision::childrenGetNothingButTheirChannel()
{
    qputenv("VIDIMUS_SECRET", "token");
    const UniqueFd secret(open("/dev/null", O_RDONLY)); // not close-on-exec
    SpawnThread spawner;
    auto ends = Channel::createPair();
    QVERIFY(ends);
    auto child = spawner.run([&] {
        return ChildProcess::start({"/bin/sh", "-c", "exec 1>&2; env; ls /proc/$$/fd; true"}, std::move(ends->second));
    });
    QVERIFY(child);
    QTRY_VERIFY_WITH_TIMEOUT(child->poll().has_value(), kPatienceMs);
    const QByteArray printed = child->drainStderr();
    QVERIFY2(!printed.contains("VIDIMUS_SECRET"), printed.constData());
    QVERIFY2(printed.trimmed().endsWith("\n0\n1\n2\n3"), printed.constData());
}

void TestSupervision::reopenedInputCannotBeWritten()
{
    const auto input = InputFile::reopen(m_file->handle());
    QVERIFY(input);
    QCOMPARE(write(input->fd(), "x", 1), -1);
    char first = 0;
    QCOMPARE(read(input->fd(), &first, 1), 1);
    QCOMPARE(first, 's'); // a position of its own, at the start
}

int main(int argc, char* argv[])
{
    if (const QByteArray behaviour = fakeworker::behaviourOf(argv[0]); !behaviour.isEmpty())
        return fakeworker::run(behaviour, argv[0]);
    QCoreApplication application(argc, argv);
    TestSupervision test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_supervision.moc"
