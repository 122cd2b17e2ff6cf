#pragma once

#include "core/catalog/operation.h"
#include "core/jobs/job.h"
#include "ui/widgets/segment_grid.h"
#include "ui/widgets/tokens.h"

#include <QTimeZone>

namespace vidimus::ui::publishing {

/// The groups of the jobs list, in this order.
enum class JobGroup { Running, Waiting, Attention, Done };
[[nodiscard]] JobGroup groupOf(jobs::JobState state);
[[nodiscard]] QString groupTitle(JobGroup group);

/// A state in a word, with its icon and ink.
struct StateText {
    QString icon;
    QString word;
    widgets::Ink ink = widgets::Ink::Second;
};
[[nodiscard]] StateText stateText(jobs::JobState state);
/// "Checks", "Ladder web-two"
[[nodiscard]] QString jobKindText(const jobs::Job& job);
/// 0..1; a job that is done is 1 whatever it counted.
[[nodiscard]] double shareOf(const jobs::Job& job);
/// "3 m 10 s", "Took 1 m 09 s", "Stopped 11:52", "—"
[[nodiscard]] QString remainingText(const jobs::Job& job, Instant now, const QTimeZone& zone);

/// Finished segments of one rendition, from Job::detail. What does not fit is left out.
struct RenditionShare {
    QString name;
    int done = 0;
    int total = 0;
};
[[nodiscard]] std::vector<RenditionShare> renditionShares(const jobs::Job& job);
/// Whether the job makes renditions at all; one that only checks has no cells.
[[nodiscard]] bool hasLadder(const jobs::Job& job);
/// The cell of the ladder step \a name; Absent where the job does not make it.
[[nodiscard]] widgets::LadderCell ladderCell(const jobs::Job& job, const QString& name);
/// One cell per segment of \a share for the grid.
[[nodiscard]] std::vector<widgets::SegmentGrid::Cell> segmentCells(const RenditionShare& share, jobs::JobState state);
/// "0:40": from where the job goes on after a stop; empty when it has nothing to go on from.
[[nodiscard]] QString resumesFromText(const jobs::Job& job);

/// The whole sentence of what an operation does: "Publish the title", "Send the decision".
[[nodiscard]] QString operationKindText(catalog::OperationKind kind);
[[nodiscard]] StateText operationStateText(const catalog::Operation& operation, Instant now);

} // namespace vidimus::ui::publishing
