#include "core/jobs/job.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::jobs;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestJobSteps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allowsExactlyTheseSteps_data();
    void allowsExactlyTheseSteps();
    void refusedStepChangesNothing();
    void pausingDoesNotCountAsAFailure();
    void triesAgainOnlyWhatMayPass_data();
    void triesAgainOnlyWhatMayPass();
    void retryForgetsTheError();
    void finishedIsWhole();
    void namesRoundTrip();
    void showsErrorOnlyWhereItFailed_data();
    void showsErrorOnlyWhereItFailed();

private:
    static Job inState(JobState state);
};

namespace {

const Instant kNow {Milliseconds {1'767'225'600'000}};

} // namespace

Q_DECLARE_METATYPE(vidimus::ErrorCode)
Q_DECLARE_METATYPE(vidimus::jobs::JobState)

Job TestJobSteps::inState(JobState state)
{
    Job job;
    job.id = JobId(u"j"_s);
    job.kind = "check";
    job.state = state;
    job.attempts = state == JobState::Queued ? 0 : 1;
    return job;
}

void TestJobSteps::allowsExactlyTheseSteps_data()
{
    QTest::addColumn<JobState>("state");
    // Letters of Start, Pause, Resume, Cancel, reTry, Finish, faiL, each with the state that follows.
    QTest::addColumn<QString>("steps");
    QTest::newRow("queued") << JobState::Queued << u"S:running P:paused C:canceled"_s;
    QTest::newRow("running") << JobState::Running << u"P:paused C:canceled F:done L:failed"_s;
    QTest::newRow("paused") << JobState::Paused << u"R:queued C:canceled"_s;
    QTest::newRow("done") << JobState::Done << QString();
    QTest::newRow("failed") << JobState::Failed << u"C:canceled T:queued"_s;
    QTest::newRow("parked") << JobState::Parked << u"C:canceled T:queued"_s;
    QTest::newRow("canceled") << JobState::Canceled << u"T:queued"_s;
}

void TestJobSteps::allowsExactlyTheseSteps()
{
    QFETCH(JobState, state);
    QFETCH(QString, steps);
    const std::pair<char16_t, JobEvent> events[]
        = {{u'S', JobEvent::Start}, {u'P', JobEvent::Pause}, {u'R', JobEvent::Resume}, {u'C', JobEvent::Cancel},
            {u'T', JobEvent::Retry}, {u'F', JobEvent::Finish}, {u'L', JobEvent::Fail}};
    QStringList allowed;
    for (const auto& [letter, event] : events) {
        const auto after = apply(inState(state), event, kNow, Error {ErrorCode::Invalid, u"bad"_s, "bad"});
        if (after)
            allowed.append(QChar(letter) + u':' + QLatin1StringView(jobStateName(after->state)));
        else
            QCOMPARE(after.error().reason, QByteArray("job_step"));
    }
    QCOMPARE(allowed.join(u' '), steps);
}

void TestJobSteps::refusedStepChangesNothing()
{
    const Job done = inState(JobState::Done);
    const auto refused = apply(done, JobEvent::Start, kNow);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(refused.error().detail.contains(u"done"_s));
}

/// A transcode that was paused often and then meets one busy disk is tried again, not parked.
void TestJobSteps::pausingDoesNotCountAsAFailure()
{
    Job job = inState(JobState::Queued);
    for (int i = 0; i < 5; ++i) {
        job = *apply(job, JobEvent::Start, kNow);
        job = *apply(job, JobEvent::Pause, kNow);
        job = *apply(job, JobEvent::Resume, kNow);
    }
    QCOMPARE(job.attempts, 0);
    job = *apply(job, JobEvent::Pause, kNow);
    QCOMPARE(job.attempts, 0); // it waited only: nothing was attempted
    job = *apply(job, JobEvent::Resume, kNow);
    job = *apply(job, JobEvent::Start, kNow);
    job = *apply(job, JobEvent::Fail, kNow, Error {ErrorCode::Io, {}, {}});
    QCOMPARE(job.state, JobState::Queued);
    job = *apply(job, JobEvent::Start, kNow);
    job = *apply(job, JobEvent::Fail, kNow, Error {ErrorCode::Io, {}, {}});
    QCOMPARE(job.state, JobState::Parked);
}

void TestJobSteps::triesAgainOnlyWhatMayPass_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<JobState>("first");
    QTest::addColumn<JobState>("second");
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const QByteArray name = errorCodeName(code);
        const bool mayPass = QList<QByteArray> {"unavailable", "timed_out", "io", "internal"}.contains(name);
        QTest::newRow(name.constData()) << code << (mayPass ? JobState::Queued : JobState::Failed)
                                        << (mayPass ? JobState::Parked : JobState::Failed);
    }
}

void TestJobSteps::triesAgainOnlyWhatMayPass()
{
    QFETCH(ErrorCode, code);
    const Error error {code, u"why"_s, "why"};
    Job job = *apply(inState(JobState::Queued), JobEvent::Start, kNow);
    job = *apply(job, JobEvent::Fail, kNow, error);
    QTEST(job.state, "first");
    QCOMPARE(job.error, error);
    if (job.state == JobState::Queued) {
        job = *apply(job, JobEvent::Start, kNow);
        job = *apply(job, JobEvent::Fail, kNow, error);
    }
    QTEST(job.state, "second");
}

void TestJobSteps::retryForgetsTheError()
{
    Job job = inState(JobState::Parked);
    job.attempts = 2;
    job.error = {ErrorCode::Io, u"disk"_s, "disk"};
    job = *apply(job, JobEvent::Retry, kNow);
    QCOMPARE(job.attempts, 0);
    QVERIFY(job.error.detail.isEmpty() && job.error.reason.isEmpty());
}

void TestJobSteps::finishedIsWhole()
{
    Job job = inState(JobState::Running);
    job.progressDone = 3;
    job.progressTotal = 100;
    job = *apply(job, JobEvent::Finish, kNow);
    QCOMPARE(job.progressDone, job.progressTotal);
    QCOMPARE(job.endedAt, kNow);
    Job unknown = *apply(inState(JobState::Running), JobEvent::Finish, kNow);
    QCOMPARE(toJson(unknown).value(u"progress").toDouble(), 1.0);
    QVERIFY(!timeLeft(job, kNow + 1h));
}

void TestJobSteps::namesRoundTrip()
{
    for (int i = 0; i <= static_cast<int>(JobState::Canceled); ++i) {
        const auto state = static_cast<JobState>(i);
        QCOMPARE(*jobStateFromName(jobStateName(state)), state);
    }
    for (const char* name : {"", "Running", "running ", "cancelled"}) {
        const auto state = jobStateFromName(name);
        QVERIFY2(!state, name);
        QCOMPARE(state.error().code, ErrorCode::Invalid);
    }
}

void TestJobSteps::showsErrorOnlyWhereItFailed_data()
{
    QTest::addColumn<JobState>("state");
    QTest::addColumn<bool>("shown");
    for (int i = 0; i <= static_cast<int>(JobState::Canceled); ++i) {
        const auto state = static_cast<JobState>(i);
        QTest::newRow(jobStateName(state)) << state << (state == JobState::Failed || state == JobState::Parked);
    }
}

void TestJobSteps::showsErrorOnlyWhereItFailed()
{
    QFETCH(JobState, state);
    Job job = inState(state);
    job.error = {ErrorCode::Corrupt, u"cut off"_s, "truncated"};
    const QJsonObject json = toJson(job);
    QTEST(json.contains(u"error"), "shown");
    QCOMPARE(json.value(u"state").toString(), QLatin1StringView(jobStateName(state)));
    QVERIFY(!json.contains(u"started")); // it never did
    if (json.contains(u"error"))
        QCOMPARE(json.value(u"error").toObject().value(u"reason").toString(), u"truncated"_s);
}

QTEST_GUILESS_MAIN(TestJobSteps)
#include "tst_job_steps.moc"
