#pragma once

#include "core/catalog/operation.h"
#include "core/jobs/job.h"
#include "ui/publishing/sheet.h"

class QVBoxLayout;

namespace vidimus::ui::widgets {
class Paragraph;
class SectionHeader;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::publishing {

/// "Jobs and outbox of this title": newest first, with pause and cancel for what is not done.
class TitleWorkList : public Sheet {
    Q_OBJECT

public:
    explicit TitleWorkList(QWidget* parent);

    void setWork(const std::vector<jobs::Job>& jobs, const std::vector<catalog::Operation>& operations, Instant now);

Q_SIGNALS:
    void jobEventWanted(const vidimus::JobId& job, vidimus::jobs::JobEvent event);
    void openJobsWanted();

private:
    [[nodiscard]] QWidget* makeJobRow(const jobs::Job& job, Instant now);
    [[nodiscard]] QWidget* makeOperationRow(const catalog::Operation& operation, Instant now);
    void addButton(QWidget* row, const QString& icon, const QString& name, const JobId& job, jobs::JobEvent event);

    widgets::SectionHeader* m_head;
    QVBoxLayout* m_rows;
};

} // namespace vidimus::ui::publishing
