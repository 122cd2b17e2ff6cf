#pragma once

#include "core/jobs/job.h"
#include "ui/shell/workspace_page.h"

#include <QPointer>
#include <QTimer>

class QStackedWidget;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::shell {
class MainWindow;
}
namespace vidimus::ui::widgets {
class NoticeStrip;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::publishing {

class JobsView;
class OutboxView;

/// E3: the views "jobs" and "outbox". Space pauses or resumes, R tries again, Del cancels or drops.
class JobsPage : public shell::WorkspacePage {
    Q_OBJECT

public:
    /// \a workspace outlives it.
    JobsPage(workbench::Workspace& workspace, QWidget* parent);

    [[nodiscard]] std::vector<widgets::SegmentedControl::Segment> views() const override;
    [[nodiscard]] QString currentView() const override;
    void showView(const QString& id) override;
    [[nodiscard]] QWidget* titleWidget() override { return m_titleWidget; }
    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] QWidget* filterInput() override;
    [[nodiscard]] QRect drawerArea() const override;
    void setNarrow(bool narrow) override;
    [[nodiscard]] QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;
    /// \a id is a job's; empty shows the jobs.
    void openSubject(const QString& id) override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Gathered;
    void answerCommands(shell::MainWindow& window);
    void load();
    void show(const Gathered& gathered);
    void showError(const Error& error);
    void changeJob(const JobId& job, jobs::JobEvent event);
    void changeAll(jobs::JobEvent event);
    void changeSelected(jobs::JobEvent event);
    void toggle();
    void retry();
    void cancel();
    void retryOperation();
    void dropOperation();
    void sendNow();
    [[nodiscard]] bool isOutbox() const;
    void say(const QString& sentence);

    workbench::Workspace& m_workspace;
    QWidget* m_titleWidget;
    widgets::TextLabel* m_counts;
    widgets::NoticeStrip* m_notice;
    QStackedWidget* m_stack;
    JobsView* m_jobs;
    OutboxView* m_outbox;
    QTimer m_soon; ///< gathers signals that come close together
    QTimer m_second; ///< ages and times left move on by themselves
    QPointer<shell::MainWindow> m_window;
    std::pair<int, int> m_shownCounts {-1, 0}; ///< of jobs and operations, in the view switch
    bool m_isLoading = false;
    bool m_isStale = false;
};

} // namespace vidimus::ui::publishing
