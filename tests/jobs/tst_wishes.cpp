#include "core/jobs/job_runner.h"
#include "jobs/memory_queue.h"

#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::jobs;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a person asks of a job holds, whenever it is asked and whatever the handler says when it is interrupted.
class TestWishes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wishHoldsWhateverTheHandlerSays_data();
    void wishHoldsWhateverTheHandlerSays();
    void wishBetweenTakingAndBeginningHolds_data();
    void wishBetweenTakingAndBeginningHolds();
    void finishedWorkIsNotUndone();
    void wishAboutNothingIsAnError();
    void survivesAStormOfWishes();
    void cancelOfTheCallerStopsTheQueue();
};

namespace {

Job makeJob(const QByteArray& kind, int priority = 0)
{
    Job job;
    job.id = newId<JobId>();
    job.kind = kind;
    job.priority = priority;
    return job;
}

/// Asks for something in the very moment after a job was taken from the queue.
class MeddlingQueue : public MemoryQueue {
public:
    std::function<void(const Job&)> afterTaking;
    Result<std::optional<Job>> takeNext(JobClass jobClass, Instant now) override
    {
        auto taken = MemoryQueue::takeNext(jobClass, now);
        if (taken && *taken && afterTaking)
            afterTaking(**taken);
        return taken;
    }
};

} // namespace

Q_DECLARE_METATYPE(vidimus::ErrorCode)
Q_DECLARE_METATYPE(vidimus::jobs::JobEvent)
Q_DECLARE_METATYPE(vidimus::jobs::JobState)

void TestWishes::wishHoldsWhateverTheHandlerSays_data()
{
    QTest::addColumn<JobEvent>("wish");
    QTest::addColumn<ErrorCode>("said");
    QTest::addColumn<JobState>("state");
    for (const ErrorCode said : {ErrorCode::Canceled, ErrorCode::Internal, ErrorCode::Io, ErrorCode::Invalid}) {
        QTest::addRow("cancel, %s", errorCodeName(said)) << JobEvent::Cancel << said << JobState::Canceled;
        QTest::addRow("pause, %s", errorCodeName(said)) << JobEvent::Pause << said << JobState::Paused;
    }
}

void TestWishes::wishHoldsWhateverTheHandlerSays()
{
    QFETCH(JobEvent, wish);
    QFETCH(ErrorCode, said);
    QFETCH(JobState, state);
    MemoryQueue queue;
    const SystemClock clock;
    JobRunner runner(queue, clock, [](const JobId&) { });
    const Job job = makeJob("work");
    int runs = 0;
    runner.registerKind("work", [&](const Job&, const CancelToken& cancel, const JobProgressSink&) -> Result<void> {
        ++runs;
        if (!runner.change(job.id, wish) || !cancel.isCanceled())
            return {};
        return Error {said, u"the encoder was killed"_s, {}};
    });
    QVERIFY(queue.add(job));
    QVERIFY(runner.runAllQueued({}));
    QCOMPARE(queue.find(job.id)->state, state);
    QCOMPARE(runs, 1);
}

void TestWishes::wishBetweenTakingAndBeginningHolds_data()
{
    QTest::addColumn<JobEvent>("wish");
    QTest::addColumn<JobState>("state");
    QTest::newRow("pause") << JobEvent::Pause << JobState::Paused;
    QTest::newRow("cancel") << JobEvent::Cancel << JobState::Canceled;
}

void TestWishes::wishBetweenTakingAndBeginningHolds()
{
    QFETCH(JobEvent, wish);
    MeddlingQueue queue;
    const SystemClock clock;
    JobRunner runner(queue, clock, [](const JobId&) { });
    int runs = 0;
    runner.registerKind("work", [&runs](const Job&, const CancelToken&, const JobProgressSink&) -> Result<void> {
        ++runs;
        return {};
    });
    queue.afterTaking = [&](const Job& taken) { QVERIFY(runner.change(taken.id, wish)); };
    const Job job = makeJob("work");
    QVERIFY(queue.add(job));
    QVERIFY(runner.runAllQueued({}));
    QTEST(queue.find(job.id)->state, "state");
    QCOMPARE(runs, 0);
}

void TestWishes::finishedWorkIsNotUndone()
{
    MemoryQueue queue;
    const SystemClock clock;
    JobRunner runner(queue, clock, [](const JobId&) { });
    const Job job = makeJob("work");
    runner.registerKind("work", [&](const Job&, const CancelToken&, const JobProgressSink&) -> Result<void> {
        (void)runner.change(job.id, JobEvent::Cancel); // too late: it ends well all the same
        return {};
    });
    QVERIFY(queue.add(job));
    QVERIFY(runner.runAllQueued({}));
    QCOMPARE(queue.find(job.id)->state, JobState::Done);
    const auto late = runner.change(job.id, JobEvent::Cancel);
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::Conflict);
}

void TestWishes::wishAboutNothingIsAnError()
{
    MemoryQueue queue;
    const SystemClock clock;
    int told = 0;
    JobRunner runner(queue, clock, [&told](const JobId&) { ++told; });
    QCOMPARE(runner.change(JobId(u"none"_s), JobEvent::Pause).error().code, ErrorCode::NotFound);
    QCOMPARE(told, 0);
}

/// Twenty jobs, two lanes, four people pressing everything: at the end every job is done exactly once.
void TestWishes::survivesAStormOfWishes()
{
    MemoryQueue queue;
    const SystemClock clock;
    std::mutex mutex;
    QMap<QString, int> inside, finished;
    bool overlapped = false;
    JobRunner runner(queue, clock, [](const JobId&) { });
    runner.registerKind(
        "work", [&](const Job& job, const CancelToken& cancel, const JobProgressSink& progress) -> Result<void> {
            {
                const std::lock_guard lock(mutex);
                overlapped = overlapped || ++inside[job.id.toString()] > 1;
            }
            Result<void> outcome;
            for (int step = 0; step < 5 && outcome; ++step) {
                std::this_thread::sleep_for(200us);
                progress(step, 5, {});
                if (cancel.isCanceled())
                    outcome = Error {ErrorCode::Canceled, {}, {}};
            }
            const std::lock_guard lock(mutex);
            --inside[job.id.toString()];
            finished[job.id.toString()] += outcome.has_value();
            return outcome;
        });
    std::vector<JobId> ids;
    for (int i = 0; i < 20; ++i) {
        Job job = makeJob("work", i % 3);
        job.jobClass = i % 2 == 0 ? JobClass::Light : JobClass::Heavy;
        ids.push_back(job.id);
        QVERIFY(queue.add(job));
    }
    runner.start();
    {
        std::vector<std::jthread> people;
        for (quint32 person = 0; person < 4; ++person) {
            people.emplace_back([&, person] {
                std::mt19937 random(person);
                for (int i = 0; i < 200; ++i) {
                    const auto event = static_cast<JobEvent>(1 + random() % 4); // pause, resume, cancel, retry
                    (void)runner.change(ids[random() % ids.size()], event);
                    std::this_thread::sleep_for(50us);
                }
            });
        }
    }
    const auto allDone = [&] {
        bool done = true;
        for (const JobId& id : ids) {
            const JobState state = queue.find(id)->state;
            done = done && state == JobState::Done;
            if (state == JobState::Paused)
                (void)runner.change(id, JobEvent::Resume);
            else if (state == JobState::Canceled)
                (void)runner.change(id, JobEvent::Retry);
        }
        return done;
    };
    QTRY_VERIFY_WITH_TIMEOUT(allDone(), 30'000);
    runner.stop();
    QVERIFY(!overlapped);
    for (const JobId& id : ids)
        QCOMPARE(finished.value(id.toString()), 1);
}

void TestWishes::cancelOfTheCallerStopsTheQueue()
{
    MemoryQueue queue;
    const SystemClock clock;
    JobRunner runner(queue, clock, [](const JobId&) { });
    const CancelSource caller;
    int runs = 0;
    runner.registerKind(
        "work", [&](const Job&, const CancelToken& cancel, const JobProgressSink& progress) -> Result<void> {
            ++runs;
            caller.cancel();
            progress(1, 2, {});
            return cancel.isCanceled() ? Result<void>(Error {ErrorCode::Canceled, {}, {}}) : Result<void>();
        });
    const Job first = makeJob("work", 1);
    const Job second = makeJob("work", 0);
    QVERIFY(queue.add(first));
    QVERIFY(queue.add(second));
    QVERIFY(runner.runAllQueued(caller.token()));
    QCOMPARE(runs, 1);
    QCOMPARE(queue.find(first.id)->state, JobState::Queued); // put back, not lost
    QCOMPARE(queue.find(first.id)->attempts, 0);
    QCOMPARE(queue.find(second.id)->state, JobState::Queued);
}

QTEST_GUILESS_MAIN(TestWishes)
#include "tst_wishes.moc"
