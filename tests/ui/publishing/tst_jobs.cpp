#include "ui/publishing/job_panel.h"
#include "ui/publishing/job_text.h"
#include "ui/publishing/job_tree_model.h"
#include "ui/publishing/outbox_model.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui::publishing;
using namespace vidimus::ui::widgets;
using namespace Qt::StringLiterals;
using jobs::Job;
using jobs::JobEvent;
using jobs::JobState;

namespace {

constexpr Instant kNow {Milliseconds {1795262521300}};

Job jobOf(const QString& id, JobState state)
{
    Job job;
    job.id = JobId(id);
    job.kind = "transcode";
    job.subject = id + u".mp4"_s;
    job.payload = {{u"ladder"_s, u"web-two"_s}};
    job.state = state;
    job.createdAt = kNow;
    job.startedAt = kNow;
    job.endedAt = kNow + Milliseconds {69'000};
    return job;
}

QJsonObject detailOf(int large, int small)
{
    return {{u"segment_seconds"_s, 4},
        {u"renditions"_s,
            QJsonArray {QJsonObject {{u"name"_s, u"720p"_s}, {u"done"_s, large}, {u"total"_s, 10}},
                QJsonObject {{u"name"_s, u"360p"_s}, {u"done"_s, small}, {u"total"_s, 10}}}}};
}

constexpr std::array kStates {JobState::Queued, JobState::Running, JobState::Paused, JobState::Done, JobState::Failed,
    JobState::Parked, JobState::Canceled};

} // namespace

class TestJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasAWordAndAGroup()
    {
        for (const JobState state : kStates) {
            QVERIFY(!stateText(state).word.isEmpty());
            QVERIFY(!stateText(state).icon.isEmpty());
            QVERIFY(!groupTitle(groupOf(state)).isEmpty());
            QVERIFY(!remainingText(jobOf(u"a"_s, state), kNow, QTimeZone::utc()).isEmpty());
            // What the page offers is what the state machine allows.
            if (const auto event = toggleEvent(state))
                QVERIFY(jobs::apply(jobOf(u"a"_s, state), *event, kNow).has_value());
            QCOMPARE(canCancel(state), jobs::apply(jobOf(u"a"_s, state), JobEvent::Cancel, kNow).has_value());
            QCOMPARE(canRetry(state), jobs::apply(jobOf(u"a"_s, state), JobEvent::Retry, kNow).has_value());
        }
    }

    void aLadderShowsItsSteps()
    {
        Job job = jobOf(u"a"_s, JobState::Running);
        job.detail = detailOf(5, 10);
        QVERIFY(ladderCell(job, u"720p"_s).state == LadderCell::State::Running);
        QCOMPARE(ladderCell(job, u"720p"_s).share, 0.5);
        QVERIFY(ladderCell(job, u"360p"_s).state == LadderCell::State::Done);
        QVERIFY(ladderCell(job, u"1080p"_s).state == LadderCell::State::Absent);
        QCOMPARE(resumesFromText(job), u"0:20"_s);
        job.state = JobState::Failed;
        QVERIFY(ladderCell(job, u"720p"_s).state == LadderCell::State::Failed);
        job.state = JobState::Done;
        QVERIFY(ladderCell(job, u"720p"_s).state == LadderCell::State::Done);
        QVERIFY(resumesFromText(job).isEmpty());
    }

    void aJobWithoutALadderHasNoCells()
    {
        JobTreeModel model;
        std::vector jobs {jobOf(u"check"_s, JobState::Done), jobOf(u"ladder"_s, JobState::Queued)};
        jobs.front().kind = "check";
        model.setJobs(jobs, kNow);
        const QModelIndex check = model.indexOf(JobId(u"check"_s));
        const QModelIndex ladder = model.indexOf(JobId(u"ladder"_s));
        int waiting = 0;
        for (int column = 2; column < model.doneColumn(); ++column) {
            QVERIFY(!check.siblingAtColumn(column).data(LadderStateRole).isValid());
            QVERIFY(check.siblingAtColumn(column).data(Qt::AccessibleTextRole).toString().isEmpty());
            const QVariant state = ladder.siblingAtColumn(column).data(LadderStateRole);
            QVERIFY(state.isValid());
            waiting += state.toInt() == static_cast<int>(LadderCell::State::Waiting);
        }
        QCOMPARE(waiting, 2); // "web-two", of which nothing is made yet
    }

    void segmentsAreKeptRunningOrToDo()
    {
        using Cell = SegmentGrid::Cell;
        const RenditionShare share {u"720p"_s, 2, 4};
        QCOMPARE(
            segmentCells(share, JobState::Running), (std::vector {Cell::Kept, Cell::Kept, Cell::Running, Cell::ToDo}));
        QCOMPARE(
            segmentCells(share, JobState::Failed), (std::vector {Cell::Kept, Cell::Kept, Cell::Failed, Cell::ToDo}));
        QCOMPARE(segmentCells(share, JobState::Paused), (std::vector {Cell::Kept, Cell::Kept, Cell::ToDo, Cell::ToDo}));
        QCOMPARE(segmentCells(share, JobState::Done), std::vector(4, Cell::Kept));
    }

    void aDetailThatDoesNotFitIsLeftOut()
    {
        Job job = jobOf(u"a"_s, JobState::Running);
        job.detail = {{u"renditions"_s,
            QJsonArray {3, QJsonObject {{u"name"_s, u"720p"_s}, {u"done"_s, 11}, {u"total"_s, 10}},
                QJsonObject {{u"name"_s, u"480p"_s}, {u"done"_s, -1}, {u"total"_s, 10}},
                QJsonObject {{u"name"_s, u"360p"_s}, {u"done"_s, 1}, {u"total"_s, 2'000'000'000}},
                QJsonObject {{u"name"_s, u"240p"_s}, {u"done"_s, 0}, {u"total"_s, 0}}}}};
        QVERIFY(renditionShares(job).empty());
        job.detail = {{u"renditions"_s, u"many"_s}};
        QVERIFY(renditionShares(job).empty());
    }

    void theLogSaysOnlyWhatTheJobSays()
    {
        Job job = jobOf(u"a"_s, JobState::Running);
        job.attempts = 1;
        QCOMPARE(jobLines(job, QTimeZone::utc()).size(), std::size_t(2));
        QCOMPARE(jobLines(job, QTimeZone::utc()).front().time, u"12:02:01"_s);
        job.state = JobState::Failed;
        job.error = {ErrorCode::Io, u"read 5"_s, "io"};
        const auto lines = jobLines(job, QTimeZone::utc());
        QVERIFY(lines.back().isBad);
        QCOMPARE(lines.back().text, u"read 5"_s);
    }

    void theTreeKeepsItsPromisesWhileJobsMove()
    {
        JobTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<Job> jobs;
        for (const JobState state : kStates)
            jobs.push_back(jobOf(QString::number(jobs.size()), state));
        model.setJobs(jobs, kNow);
        QCOMPARE(model.rowCount(), 4);
        QVERIFY(model.stepCount() > 2);
        for (int round = 0; round < 14; ++round) {
            for (std::size_t i = 0; i < jobs.size(); ++i)
                jobs[i].state = kStates[(i + static_cast<std::size_t>(round)) % kStates.size()];
            if (round % 3 == 0)
                jobs.front().detail = detailOf(round % 10, 3);
            model.setJobs(jobs, kNow);
            for (const Job& job : jobs) {
                const QModelIndex index = model.indexOf(job.id);
                QVERIFY(model.job(index));
                QCOMPARE(model.job(index)->state, job.state);
                QCOMPARE(model.groupAt(index.parent().row()), groupOf(job.state));
            }
        }
        model.setJobs({}, kNow);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.indexOf(JobId(u"0"_s)).isValid());
    }

    void rowsStayInPlaceWhileProgressComes()
    {
        JobTreeModel model;
        std::vector jobs {jobOf(u"a"_s, JobState::Running), jobOf(u"b"_s, JobState::Queued)};
        model.setJobs(jobs, kNow);
        const QPersistentModelIndex row = model.indexOf(JobId(u"a"_s));
        jobs.front().progressDone = 3;
        jobs.front().progressTotal = 4;
        model.setJobs(jobs, kNow);
        QVERIFY(row.isValid());
        QCOMPARE(row.sibling(row.row(), model.doneColumn()).data().toString(), u"75 %"_s);
    }

    void theOutboxSaysWhatWaitsAndWhy()
    {
        OutboxModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::vector<catalog::Operation> operations;
        for (const auto kind : {catalog::OperationKind::Publish, catalog::OperationKind::AppendDecision}) {
            operations.push_back({.id = OperationId(QString::number(operations.size())),
                .title = TitleId(u"t"_s),
                .kind = kind,
                .createdAt = kNow - Milliseconds {5000},
                .notBefore = kNow});
        }
        operations[1].state = catalog::OperationState::NeedsPerson;
        operations[1].lastError = {ErrorCode::Conflict, u"x"_s, "already_decided"};
        model.setOperations(operations, {{TitleId(u"t"_s), u"Ring Road"_s}}, kNow);
        QCOMPARE(model.index(0, OutboxModel::Title).data().toString(), u"Ring Road"_s);
        QCOMPARE(model.index(0, OutboxModel::Age).data().toString(), u"5 s"_s);
        QVERIFY(model.index(0, OutboxModel::LastError).data().toString().isEmpty());
        QVERIFY(!model.index(1, OutboxModel::LastError).data().toString().isEmpty());
        QVERIFY(!needsPerson(operations[0]));
        QVERIFY(needsPerson(operations[1]));
        operations.erase(operations.begin());
        model.setOperations(operations, {}, kNow);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOf(OperationId(u"1"_s)), 0);
        QCOMPARE(model.index(0, OutboxModel::Title).data().toString(), u"t"_s);
        model.setOperations({}, {}, kNow);
        QVERIFY(!model.operation(model.index(0, 0)));
    }
};

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
