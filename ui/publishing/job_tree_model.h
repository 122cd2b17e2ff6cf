#pragma once

#include "core/jobs/job.h"
#include "ui/publishing/job_text.h"

#include <QAbstractItemModel>

namespace vidimus::ui::publishing {

/// Roles beside those of widgets::CellRole.
enum JobRole {
    JobIdRole = Qt::UserRole + 1, ///< QString; empty for a group
    JobGroupRole, ///< int of JobGroup
    LadderStateRole, ///< int of widgets::LadderCell::State
    LadderShareRole, ///< double, 0..1
};

/// Jobs under their groups (Running, Waiting, Needs attention, Done; empty groups are left out). One column per ladder
/// step that ships, largest first.
class JobTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    explicit JobTreeModel(QObject* parent = nullptr);

    /// Keeps rows in place where no job came, went or changed its group.
    void setJobs(std::vector<jobs::Job> jobs, Instant now);
    /// Null for a group row or an invalid index.
    [[nodiscard]] const jobs::Job* job(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const JobId& id) const;
    [[nodiscard]] JobGroup groupAt(int row) const { return m_groups[static_cast<std::size_t>(row)].group; }

    // Columns: job, state, the ladder steps, done, remaining, resumes from, toggle, cancel.
    [[nodiscard]] int stepCount() const { return static_cast<int>(m_steps.size()); }
    [[nodiscard]] int doneColumn() const { return 2 + stepCount(); }
    [[nodiscard]] int remainingColumn() const { return doneColumn() + 1; }
    [[nodiscard]] int resumesColumn() const { return doneColumn() + 2; }
    [[nodiscard]] int toggleColumn() const { return doneColumn() + 3; }
    [[nodiscard]] int cancelColumn() const { return doneColumn() + 4; }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Group {
        JobGroup group = JobGroup::Done;
        std::vector<jobs::Job> jobs;
    };
    [[nodiscard]] QVariant groupData(const Group& group, int column, int role) const;
    [[nodiscard]] QVariant textOf(const jobs::Job& job, int column) const;
    [[nodiscard]] QVariant stepData(const jobs::Job& job, const QString& step, int role) const;
    [[nodiscard]] QString iconOf(const jobs::Job& job, int column) const;

    QStringList m_steps;
    std::vector<Group> m_groups;
    Instant m_now {};
};

/// What Space does to a job now: pause, resume, or retry; none when it is over.
[[nodiscard]] std::optional<jobs::JobEvent> toggleEvent(jobs::JobState state);
[[nodiscard]] bool canCancel(jobs::JobState state);
[[nodiscard]] bool canRetry(jobs::JobState state);
[[nodiscard]] QString eventText(jobs::JobEvent event);

} // namespace vidimus::ui::publishing
