#include "ui/publishing/job_text.h"

#include "core/transcode/ladder.h"
#include "ui/publishing/title_facts_text.h"
#include "ui/publishing/words.h"
#include "ui/widgets/time_label.h"

#include <QJsonArray>

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;
using jobs::Job;
using jobs::JobState;
using widgets::Ink;
using P = Publishing;

namespace {
constexpr int kMaxRenditions = 16; // a detail with more is not one of ours
constexpr int kMaxSegments = 21'600;
} // namespace

JobGroup groupOf(JobState state)
{
    switch (state) {
    case JobState::Running:
        return JobGroup::Running;
    case JobState::Queued:
    case JobState::Paused:
        return JobGroup::Waiting;
    case JobState::Failed:
    case JobState::Parked:
        return JobGroup::Attention;
    case JobState::Done:
    case JobState::Canceled:
        return JobGroup::Done;
    }
    return JobGroup::Done;
}

QString groupTitle(JobGroup group)
{
    switch (group) {
    case JobGroup::Running:
        return P::tr("Running");
    case JobGroup::Waiting:
        return P::tr("Waiting");
    case JobGroup::Attention:
        return P::tr("Needs attention");
    case JobGroup::Done:
        return P::tr("Done");
    }
    return {};
}

StateText stateText(JobState state)
{
    switch (state) {
    case JobState::Queued:
        return {u"clock"_s, P::tr("Queued"), Ink::Second};
    case JobState::Running:
        return {u"play"_s, P::tr("Running"), Ink::Second};
    case JobState::Paused:
        return {u"pause"_s, P::tr("Paused"), Ink::Warning};
    case JobState::Done:
        return {u"check"_s, P::tr("Done"), Ink::Passed};
    case JobState::Failed:
        return {u"cross"_s, P::tr("Failed"), Ink::Rejected};
    case JobState::Parked:
        return {u"cross"_s, P::tr("Set aside"), Ink::Rejected};
    case JobState::Canceled:
        return {u"minus"_s, P::tr("Canceled"), Ink::Second};
    }
    return {};
}

QString jobKindText(const Job& job)
{
    if (job.kind == "check")
        return P::tr("Checks");
    if (job.kind == "fix")
        return P::tr("Correction");
    if (job.kind == "transcode") {
        const QString ladder = job.payload.value(u"ladder"_s).toString();
        return ladder.isEmpty() ? P::tr("Ladder") : P::tr("Ladder %1").arg(ladder);
    }
    return P::tr("Other work");
}

double shareOf(const Job& job)
{
    if (job.state == JobState::Done)
        return 1;
    return job.progressTotal > 0 ? std::clamp(job.progressDone / job.progressTotal, 0.0, 1.0) : 0;
}

QString remainingText(const Job& job, Instant now, const QTimeZone& zone)
{
    const auto timeOf = [&zone](Instant at) { return widgets::zonedTimeText(at, zone, false); };
    switch (job.state) {
    case JobState::Running:
        if (const auto left = jobs::timeLeft(job, now))
            return P::tr("about %1").arg(widgets::spanText(*left));
        return P::tr("not known yet");
    case JobState::Queued:
        return P::tr("waits %1").arg(widgets::spanText(now - job.createdAt));
    case JobState::Paused:
        return P::tr("continues when you say");
    case JobState::Done:
        if (job.startedAt != Instant {} && job.endedAt >= job.startedAt)
            return P::tr("took %1").arg(widgets::spanText(job.endedAt - job.startedAt));
        return P::tr("done %1").arg(timeOf(job.endedAt));
    case JobState::Failed:
    case JobState::Parked:
    case JobState::Canceled:
        return P::tr("stopped %1").arg(timeOf(job.endedAt));
    }
    return {};
}

std::vector<RenditionShare> renditionShares(const Job& job)
{
    std::vector<RenditionShare> shares;
    const QJsonArray renditions = job.detail.value(u"renditions"_s).toArray();
    for (const QJsonValue& rendition : renditions) {
        RenditionShare share {rendition[u"name"].toString(), rendition[u"done"].toInt(), rendition[u"total"].toInt()};
        const bool fits = !share.name.isEmpty() && share.done >= 0 && share.total > 0 && share.total <= kMaxSegments
            && share.done <= share.total;
        if (fits && shares.size() < kMaxRenditions)
            shares.push_back(std::move(share));
    }
    return shares;
}

bool hasLadder(const Job& job)
{
    return job.kind == "transcode" || !renditionShares(job).empty();
}

widgets::LadderCell ladderCell(const Job& job, const QString& name)
{
    using State = widgets::LadderCell::State;
    const auto shares = renditionShares(job);
    const auto found = std::ranges::find(shares, name, &RenditionShare::name);
    if (found == shares.end()) {
        // Until the first segment the job has told nothing; its ladder has.
        if (!shares.empty())
            return {State::Absent, 0};
        const auto ladder = transcode::shippedLadder(job.payload.value(u"ladder"_s).toString());
        const bool isMade = ladder
            && std::ranges::any_of(ladder->renditions, [&name](const auto& step) { return step.name == name; });
        return {isMade ? State::Waiting : State::Absent, 0};
    }
    const double share = static_cast<double>(found->done) / found->total;
    if (job.state == JobState::Done || found->done == found->total)
        return {State::Done, 1};
    switch (groupOf(job.state)) {
    case JobGroup::Attention:
        return {State::Failed, share};
    case JobGroup::Running:
        return {State::Running, share};
    case JobGroup::Waiting:
    case JobGroup::Done:
        return found->done > 0 ? widgets::LadderCell {State::Running, share} : widgets::LadderCell {State::Waiting, 0};
    }
    return {State::Absent, 0};
}

std::vector<widgets::SegmentGrid::Cell> segmentCells(const RenditionShare& share, JobState state)
{
    using Cell = widgets::SegmentGrid::Cell;
    std::vector<Cell> cells(static_cast<std::size_t>(share.total), Cell::ToDo);
    const int done = state == JobState::Done ? share.total : share.done;
    std::fill_n(cells.begin(), done, Cell::Kept);
    if (done < share.total) {
        Cell& next = cells[static_cast<std::size_t>(done)];
        if (state == JobState::Running)
            next = Cell::Running;
        else if (groupOf(state) == JobGroup::Attention)
            next = Cell::Failed;
    }
    return cells;
}

QString resumesFromText(const Job& job)
{
    if (job.state == JobState::Done)
        return {};
    const double seconds = job.detail.value(u"segment_seconds"_s).toDouble();
    int least = -1;
    for (const RenditionShare& share : renditionShares(job))
        least = least < 0 ? share.done : std::min(least, share.done);
    if (least <= 0 || seconds <= 0)
        return {};
    return durationText(least * seconds);
}

QString operationKindText(catalog::OperationKind kind)
{
    switch (kind) {
    case catalog::OperationKind::UpsertTitle:
        return P::tr("Send the title's fields");
    case catalog::OperationKind::RegisterAsset:
        return P::tr("Register the version");
    case catalog::OperationKind::AppendDecision:
        return P::tr("Send the decision");
    case catalog::OperationKind::PutWindows:
        return P::tr("Send the rights windows");
    case catalog::OperationKind::UploadPackage:
        return P::tr("Upload the renditions");
    case catalog::OperationKind::Publish:
        return P::tr("Publish the title");
    case catalog::OperationKind::Withdraw:
        return P::tr("Take the title down");
    }
    return {};
}

StateText operationStateText(const catalog::Operation& operation, Instant now)
{
    switch (operation.state) {
    case catalog::OperationState::Waiting:
        if (operation.attempts > 0)
            return {u"retry"_s, P::tr("Tries again"), Ink::Warning};
        if (operation.notBefore > now)
            return {u"undo"_s, P::tr("Can be undone"), Ink::Info};
        return {u"clock"_s, P::tr("Waits"), Ink::Second};
    case catalog::OperationState::Done:
        return {u"check"_s, P::tr("Sent"), Ink::Passed};
    case catalog::OperationState::Conflict:
        return {u"cross"_s, P::tr("In conflict"), Ink::Rejected};
    case catalog::OperationState::NeedsPerson:
        return {u"cross"_s, P::tr("Refused"), Ink::Rejected};
    }
    return {};
}

} // namespace vidimus::ui::publishing
