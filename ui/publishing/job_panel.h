#pragma once

#include "core/jobs/job.h"
#include "ui/publishing/sheet.h"

#include <QTimeZone>

class QVBoxLayout;

namespace vidimus::ui::widgets {
class Button;
class Chip;
class FactRows;
class SectionHeader;
class SegmentGrid;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::publishing {

/// One line of what is known of a job's life.
struct JobLine {
    QString time;
    QString text;
    bool isBad = false;
};
/// Created, started, attempts, ended, and what went wrong; only what the job itself says. Pure.
[[nodiscard]] std::vector<JobLine> jobLines(const jobs::Job& job, const QTimeZone& zone);

/// The right side of the jobs page: what the job is, its error in five parts, the segments of each rendition, its log.
class JobPanel : public Sheet {
    Q_OBJECT

public:
    explicit JobPanel(QWidget* parent);

    void setJob(const jobs::Job& job, Instant now);
    void setPicture(const QPixmap& picture);
    void setMediaText(const QString& text);

Q_SIGNALS:
    void eventWanted(vidimus::jobs::JobEvent event);
    void detailsCopied();

private:
    void showError(const jobs::Job& job);
    void showSegments(const jobs::Job& job);
    void showLog(const jobs::Job& job);

    PictureBox* m_picture;
    widgets::TextLabel* m_name;
    widgets::TextLabel* m_media;
    widgets::TextLabel* m_times;
    QWidget* m_errorBox;
    widgets::Chip* m_errorTitle;
    widgets::FactRows* m_parts;
    widgets::Button* m_toggle;
    widgets::Button* m_cancel;
    widgets::SectionHeader* m_segmentsHead;
    QWidget* m_segments;
    QVBoxLayout* m_segmentRows;
    widgets::FactRows* m_log;
    std::vector<std::pair<widgets::TextLabel*, widgets::SegmentGrid*>> m_grids;
    QString m_errorShown;
    QString m_logShown;
    QString m_clipboard;
    std::optional<jobs::JobEvent> m_toggleEvent;
};

} // namespace vidimus::ui::publishing
