#pragma once

#include "core/jobs/job.h"

#include <QHash>
#include <QSet>
#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTreeView;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::widgets {
class Button;
class FilterField;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::publishing {

class JobPanel;
class JobTreeModel;
class Thumbnails;

/// The jobs in their groups beside the selected one in full.
class JobsView : public QWidget {
    Q_OBJECT

public:
    /// \a workspace outlives it.
    JobsView(workbench::Workspace& workspace, QWidget* parent);

    void setJobs(std::vector<jobs::Job> jobs);
    void select(const JobId& id);
    /// Null when no job is selected.
    [[nodiscard]] const jobs::Job* selected() const;
    [[nodiscard]] const std::vector<jobs::Job>& jobs() const { return m_jobs; }
    [[nodiscard]] JobTreeModel& model() { return *m_model; }
    [[nodiscard]] QTreeView& tree() { return *m_tree; }
    [[nodiscard]] QWidget* filterInput() const;
    [[nodiscard]] QWidget* focusWidgetOf() const;
    [[nodiscard]] QRect panelRect() const;
    void setNarrow(bool narrow);

Q_SIGNALS:
    void eventWanted(const vidimus::JobId& job, vidimus::jobs::JobEvent event);
    void pauseAllWanted();
    void resumeAllWanted();
    void detailsCopied();

private:
    [[nodiscard]] QWidget* makeBar();
    void setUpColumns();
    void refresh();
    void showSelected();
    void press(const QModelIndex& index);

    workbench::Workspace& m_workspace;
    Thumbnails* m_thumbnails;
    JobTreeModel* m_model;
    widgets::FilterField* m_filter = nullptr;
    widgets::Button* m_pauseAll = nullptr;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    QTreeView* m_tree;
    JobPanel* m_panel;
    std::vector<jobs::Job> m_jobs;
    JobId m_selected;
    AssetId m_factsOf;
    QSet<int> m_folded; ///< groups that a person closed
    bool m_isLoaded = false;
    bool m_isRefreshing = false;
};

} // namespace vidimus::ui::publishing
