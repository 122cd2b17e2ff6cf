#include "core/jobs/job_runner.h"
#include "jobs/memory_queue.h"
#include "tests/support/patience.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::jobs;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Job makeJob(const QByteArray& kind, JobClass jobClass = JobClass::Light, int priority = 0)
{
    Job job;
    job.id = newId<JobId>();
    job.kind = kind;
    job.jobClass = jobClass;
    job.priority = priority;
    job.createdAt = SystemClock::read();
    return job;
}

} // namespace

class TestJobs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsAreRefusedWhereTheyMakeNoSense();
    void badInputFailsAtOnceOthersAreTriedTwice();
    void timeLeftFollowsTheRate();
    void timeLeftAfterAPauseCountsOnlyWhatCameAfterIt();
    void runsByPriorityAndReportsTheEnd();
    void pauseStopsARunningJobAndResumeEndsIt();
    void stopPutsARunningJobBack();
    void lanesDoNotBlockEachOther();
    void unknownKindFails();
    void cancelReachesAHandlerThatSaysNothing();
    void whatAJobAddsIsRunToo();
};

void TestJobs::stepsAreRefusedWhereTheyMakeNoSense()
{
    Job job = makeJob("x");
    QCOMPARE(apply(job, JobEvent::Finish, {}).error().code, ErrorCode::Conflict);
    QVERIFY(!apply(job, JobEvent::Resume, {}));
    QVERIFY(!apply(job, JobEvent::Retry, {}));
    job = *apply(job, JobEvent::Start, {});
    QVERIFY(!apply(job, JobEvent::Start, {}));
    job = *apply(job, JobEvent::Finish, {});
    for (const JobEvent event : {JobEvent::Start, JobEvent::Pause, JobEvent::Cancel, JobEvent::Retry, JobEvent::Fail})
        QVERIFY(!apply(job, event, {}));
}

void TestJobs::badInputFailsAtOnceOthersAreTriedTwice()
{
    Job bad = *apply(makeJob("x"), JobEvent::Start, {});
    bad = *apply(bad, JobEvent::Fail, {}, Error {ErrorCode::Corrupt, u"cut off"_s, "truncated"});
    QCOMPARE(bad.state, JobState::Failed);
    QCOMPARE(bad.error.reason, QByteArray("truncated"));

    Job shaky = *apply(makeJob("x"), JobEvent::Start, {});
    shaky = *apply(shaky, JobEvent::Fail, {}, Error {ErrorCode::Io, {}, {}});
    QCOMPARE(shaky.state, JobState::Queued);
    shaky = *apply(shaky, JobEvent::Start, {});
    shaky = *apply(shaky, JobEvent::Fail, {}, Error {ErrorCode::Io, {}, {}});
    QCOMPARE(shaky.state, JobState::Parked);
    QVERIFY(toJson(shaky).contains(u"error"_s));
    shaky = *apply(shaky, JobEvent::Retry, {});
    QCOMPARE(shaky.attempts, 0);
}

void TestJobs::timeLeftFollowsTheRate()
{
    Job job = *apply(makeJob("x"), JobEvent::Start, Instant {1000s});
    job.progressTotal = 100;
    job.progressDone = 1;
    QVERIFY(!timeLeft(job, Instant {1010s}));
    job.progressDone = 25;
    QCOMPARE(timeLeft(job, Instant {1010s}).value(), Milliseconds(30s));
    job.progressTotal = 0;
    QVERIFY(!timeLeft(job, Instant {1010s}));
}

void TestJobs::timeLeftAfterAPauseCountsOnlyWhatCameAfterIt()
{
    Job job = *apply(makeJob("x"), JobEvent::Start, Instant {1000s});
    job.progressTotal = 100;
    job.progressDone = 50;
    job = *apply(job, JobEvent::Pause, Instant {1100s});
    job = *apply(job, JobEvent::Resume, Instant {5000s});
    job = *apply(job, JobEvent::Start, Instant {6000s});
    QVERIFY(!timeLeft(job, Instant {6010s})); // half is done, but nothing is known of the rate yet
    job.progressDone = 60;
    QCOMPARE(timeLeft(job, Instant {6010s}).value(), Milliseconds(40s));
}

void TestJobs::runsByPriorityAndReportsTheEnd()
{
    MemoryQueue queue;
    const SystemClock clock;
    QList<QString> order;
    JobRunner runner(queue, clock, [](const JobId&) { });
    runner.registerKind(
        "ok", [&order](const Job& job, const CancelToken&, const JobProgressSink& progress) -> Result<void> {
            order.append(job.subject);
            progress(1, 2, {});
            return {};
        });
    runner.registerKind("bad", [](const Job&, const CancelToken&, const JobProgressSink&) -> Result<void> {
        return Error {ErrorCode::Invalid, u"no"_s, "no"};
    });
    for (int priority : {1, 3, 2}) {
        Job job = makeJob("ok", JobClass::Light, priority);
        job.subject = QString::number(priority);
        QVERIFY(queue.add(job));
    }
    const Job bad = makeJob("bad", JobClass::Heavy);
    QVERIFY(queue.add(bad));
    QVERIFY(runner.runAllQueued({}));
    QCOMPARE(order, (QList<QString> {u"3"_s, u"2"_s, u"1"_s}));
    QCOMPARE(queue.find(bad.id)->state, JobState::Failed);
}

void TestJobs::pauseStopsARunningJobAndResumeEndsIt()
{
    MemoryQueue queue;
    const SystemClock clock;
    std::atomic<int> runs = 0;
    JobRunner runner(queue, clock, [](const JobId&) { });
    runner.registerKind("wait", [&runs](const Job&, const CancelToken& cancel, const JobProgressSink&) -> Result<void> {
        if (++runs > 1)
            return {};
        while (!cancel.isCanceled())
            std::this_thread::sleep_for(1ms);
        return Error {ErrorCode::Canceled, {}, {}};
    });
    const Job job = makeJob("wait", JobClass::Heavy);
    QVERIFY(queue.add(job));
    runner.start();
    runner.poke();
    QTRY_COMPARE_WITH_TIMEOUT(runs.load(), 1, kPatienceMs);
    QVERIFY(runner.change(job.id, JobEvent::Pause));
    QTRY_COMPARE_WITH_TIMEOUT(queue.find(job.id)->state, JobState::Paused, kPatienceMs);
    QVERIFY(runner.change(job.id, JobEvent::Resume));
    QTRY_COMPARE_WITH_TIMEOUT(queue.find(job.id)->state, JobState::Done, kPatienceMs);
    QCOMPARE(runs.load(), 2);
}

void TestJobs::stopPutsARunningJobBack()
{
    MemoryQueue queue;
    const SystemClock clock;
    std::atomic<bool> running = false;
    const Job job = makeJob("wait");
    QVERIFY(queue.add(job));
    {
        JobRunner runner(queue, clock, [](const JobId&) { });
        runner.registerKind(
            "wait", [&running](const Job&, const CancelToken& cancel, const JobProgressSink&) -> Result<void> {
                running = true;
                while (!cancel.isCanceled())
                    std::this_thread::sleep_for(1ms);
                return Error {ErrorCode::Canceled, {}, {}};
            });
        runner.start();
        QTRY_VERIFY_WITH_TIMEOUT(running.load(), kPatienceMs);
    }
    QCOMPARE(queue.find(job.id)->state, JobState::Queued);
}

void TestJobs::lanesDoNotBlockEachOther()
{
    MemoryQueue queue;
    const SystemClock clock;
    JobRunner runner(queue, clock, [](const JobId&) { });
    std::atomic<bool> lightDone = false;
    runner.registerKind(
        "heavy", [&lightDone](const Job&, const CancelToken& cancel, const JobProgressSink&) -> Result<void> {
            while (!lightDone && !cancel.isCanceled())
                std::this_thread::sleep_for(1ms);
            return {};
        });
    runner.registerKind("light", [&lightDone](const Job&, const CancelToken&, const JobProgressSink&) -> Result<void> {
        lightDone = true;
        return {};
    });
    const Job heavy = makeJob("heavy", JobClass::Heavy);
    QVERIFY(queue.add(heavy));
    QVERIFY(queue.add(makeJob("light")));
    runner.start();
    QTRY_COMPARE_WITH_TIMEOUT(queue.find(heavy.id)->state, JobState::Done, kPatienceMs);
}

void TestJobs::unknownKindFails()
{
    MemoryQueue queue;
    const SystemClock clock;
    JobRunner runner(queue, clock, [](const JobId&) { });
    const Job job = makeJob("nobody");
    QVERIFY(queue.add(job));
    QVERIFY(runner.runAllQueued({}));
    QCOMPARE(queue.find(job.id)->error.code, ErrorCode::Unsupported);
}

void TestJobs::cancelReachesAHandlerThatSaysNothing()
{
    MemoryQueue queue;
    const SystemClock clock;
    JobRunner runner(queue, clock, [](const JobId&) { });
    const Job job = makeJob("long");
    QVERIFY(queue.add(job));
    const CancelSource cancel;
    runner.registerKind("long", [&](const Job&, const CancelToken& token, const JobProgressSink&) -> Result<void> {
        cancel.cancel();
        while (!token.isCanceled())
            std::this_thread::yield();
        return Error {ErrorCode::Canceled, u"cancelled"_s, "canceled"};
    });
    QVERIFY(runner.runAllQueued(cancel.token()));
    const auto after = queue.find(job.id);
    QCOMPARE(after->state, JobState::Queued); // not lost
    QCOMPARE(after->attempts, 0);
}

void TestJobs::whatAJobAddsIsRunToo()
{
    MemoryQueue queue;
    const SystemClock clock;
    JobRunner runner(queue, clock, [](const JobId&) { });
    QByteArrayList ran;
    // A correction is checked, and the check of it asks for a transcode.
    runner.registerKind("fix", [&](const Job&, const CancelToken&, const JobProgressSink&) -> Result<void> {
        ran.append("fix");
        return queue.add(makeJob("check"));
    });
    runner.registerKind("check", [&](const Job&, const CancelToken&, const JobProgressSink&) -> Result<void> {
        ran.append("check");
        return queue.add(makeJob("transcode", JobClass::Heavy));
    });
    runner.registerKind("transcode", [&](const Job&, const CancelToken&, const JobProgressSink&) -> Result<void> {
        ran.append("transcode");
        return {};
    });
    QVERIFY(!runner.hasLanes());
    QVERIFY(queue.add(makeJob("fix", JobClass::Heavy)));
    QVERIFY(runner.runAllQueued({}));
    QCOMPARE(ran, (QByteArrayList {"fix", "check", "transcode"}));
    QVERIFY(!runner.isRunning());
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
