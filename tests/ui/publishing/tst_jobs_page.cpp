#include "test_workspace.h"

#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/renditions.h"
#include "tests/support/patience.h"
#include "ui/publishing/job_tree_model.h"
#include "ui/publishing/jobs_page.h"
#include "ui/publishing/jobs_view.h"
#include "ui/publishing/pages.h"
#include "ui/shell/main_window.h"
#include "ui/shell/registry_commands.h"

#include <QTest>
#include <QTreeView>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::publishing;
using namespace vidimus::ui::tests;
using namespace Qt::StringLiterals;
using jobs::JobState;

namespace {

/// A job of a kind that nobody runs before somebody retries it: its states change only by a person's keys.
JobId addPausedJob(workbench::Workspace& workspace)
{
    jobs::Job job;
    job.id = newId<JobId>();
    job.kind = "transcode";
    job.jobClass = jobs::JobClass::Heavy;
    job.subject = u"A clip"_s;
    job.payload = {{u"asset"_s, u"nowhere"_s}, {u"ladder"_s, u"demo"_s}};
    job.state = JobState::Paused;
    job.createdAt = workspace.clock().now();
    const auto added = workspace.store().write([&](store::UnitOfWork& unit) { return unit.jobs.add(job); });
    Q_EMIT workspace.events().jobChanged(job.id);
    return added ? job.id : JobId();
}

std::optional<JobState> stateOf(workbench::Workspace& workspace, const JobId& id)
{
    const auto jobs = workbench::listJobs(workspace, 100);
    if (!jobs)
        return std::nullopt;
    const auto found = std::ranges::find(*jobs, id, &jobs::Job::id);
    return found == jobs->end() ? std::nullopt : std::optional(found->state);
}

} // namespace

class TestJobsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysResumeRetryAndCancel()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        const JobId id = addPausedJob(test.get());
        QVERIFY(!id.isEmpty());
        const SystemClock clock;
        shell::MainWindow window(clock);
        window.commands().add(shell::registryCommands());
        window.addPages(publishingPages(test.get()));
        window.show();
        window.activateWindow();
        window.showPage(u"jobs"_s);
        auto* page = qobject_cast<JobsPage*>(window.page(u"jobs"_s));
        auto* view = page->findChild<JobsView*>();
        QTRY_VERIFY_WITH_TIMEOUT(view->selected(), kPatienceMs);
        QCOMPARE(view->selected()->id, id);
        const auto press = [view](Qt::Key key) {
            view->tree().setFocus(Qt::OtherFocusReason);
            QTest::keyClick(&view->tree(), key);
        };
        // Resumed, it runs and fails, because its asset is nowhere.
        press(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(test.get(), id) == JobState::Failed, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(view->selected() && view->selected()->state == JobState::Failed, kPatienceMs);
        const Instant failedAt = view->selected()->endedAt;
        press(Qt::Key_R);
        QTRY_VERIFY_WITH_TIMEOUT(
            view->selected()->state == JobState::Failed && view->selected()->endedAt > failedAt, 30'000);
        press(Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(test.get(), id) == JobState::Canceled, kPatienceMs);
        // What is over cannot be cancelled again; the page says so instead of asking.
        QTRY_VERIFY_WITH_TIMEOUT(view->selected()->state == JobState::Canceled, kPatienceMs);
        press(Qt::Key_Delete);
        QTest::qWait(50);
        QVERIFY(stateOf(test.get(), id) == JobState::Canceled);
    }

    void aTranscodeTellsTheSegmentsOfItsLadder()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        const auto asset = test.add(u"noaudio_1080p24.mp4"_s);
        QVERIFY(test.waitForJobs());
        const auto job = workbench::queueTranscode(test.get(), asset.id, u"demo"_s);
        QVERIFY(job.has_value());
        QVERIFY(test.waitForJobs());
        const auto jobs = workbench::listJobs(test.get(), 10);
        QVERIFY(jobs.has_value());
        const auto found = std::ranges::find(*jobs, *job, &jobs::Job::id);
        QVERIFY(found != jobs->end());
        QVERIFY2(found->state == JobState::Done, qPrintable(found->error.detail));
        // Which steps the ladder makes was told by the work itself.
        QCOMPARE(renditionShares(*found).size(), std::size_t(2));
    }

    void viewsAndStateComeBack()
    {
        TestWorkspace test;
        QVERIFY2(test.isOpen(), qPrintable(test.error()));
        JobsPage page(test.get(), nullptr);
        page.showView(u"outbox"_s);
        QCOMPARE(page.currentView(), u"outbox"_s);
        const QJsonObject state = page.saveState();
        JobsPage other(test.get(), nullptr);
        other.restoreState(state);
        QCOMPARE(other.currentView(), u"outbox"_s);
        other.openSubject({});
        QCOMPARE(other.currentView(), u"jobs"_s);
        other.restoreState({{u"view"_s, 7}, {u"job"_s, QJsonValue::Null}});
        QCOMPARE(other.currentView(), u"jobs"_s);
    }
};

QTEST_MAIN(TestJobsPage)
#include "tst_jobs_page.moc"
