#include "ui/publishing/job_tree_model.h"

#include "core/transcode/ladder.h"
#include "ui/publishing/words.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/table_helpers.h"

#include <QLocale>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using jobs::Job;
using jobs::JobEvent;
using jobs::JobState;

namespace {

constexpr quintptr kGroupId = ~quintptr(0);

/// Names of all steps of the ladders that ship, largest first.
QStringList shippedSteps()
{
    std::vector<transcode::LadderRendition> steps;
    for (const QString& name : transcode::shippedLadderNames()) {
        const auto ladder = transcode::shippedLadder(name);
        if (!ladder)
            continue;
        for (const transcode::LadderRendition& step : ladder->renditions) {
            if (std::ranges::find(steps, step.name, &transcode::LadderRendition::name) == steps.end())
                steps.push_back(step);
        }
    }
    std::ranges::sort(steps, std::ranges::greater {}, &transcode::LadderRendition::shortSide);
    QStringList names;
    for (const transcode::LadderRendition& step : steps)
        names << step.name;
    return names;
}

} // namespace

JobTreeModel::JobTreeModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_steps(shippedSteps())
{
}

void JobTreeModel::setJobs(std::vector<Job> jobs, Instant now)
{
    std::vector<Group> groups;
    for (const JobGroup wanted : {JobGroup::Running, JobGroup::Waiting, JobGroup::Attention, JobGroup::Done}) {
        Group group {wanted, {}};
        std::ranges::copy_if(
            jobs, std::back_inserter(group.jobs), [wanted](const Job& job) { return groupOf(job.state) == wanted; });
        if (!group.jobs.empty())
            groups.push_back(std::move(group));
    }
    const bool same = std::ranges::equal(groups, m_groups, [](const Group& a, const Group& b) {
        return a.group == b.group && std::ranges::equal(a.jobs, b.jobs, {}, &Job::id, &Job::id);
    });
    if (!same) {
        beginResetModel();
        m_groups = std::move(groups);
        m_now = now;
        endResetModel();
        return;
    }
    m_groups = std::move(groups);
    m_now = now;
    for (int i = 0; i < rowCount(); ++i) {
        const QModelIndex group = index(i, 0);
        Q_EMIT dataChanged(index(0, 0, group), index(rowCount(group) - 1, columnCount() - 1, group));
    }
}

const Job* JobTreeModel::job(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == kGroupId)
        return nullptr;
    return &m_groups[index.internalId()].jobs[static_cast<std::size_t>(index.row())];
}

QModelIndex JobTreeModel::indexOf(const JobId& id) const
{
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const auto found = std::ranges::find(m_groups[i].jobs, id, &Job::id);
        if (found != m_groups[i].jobs.end())
            return createIndex(static_cast<int>(found - m_groups[i].jobs.begin()), 0, i);
    }
    return {};
}

QModelIndex JobTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) : kGroupId);
}

QModelIndex JobTreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == kGroupId)
        return {};
    return createIndex(static_cast<int>(child.internalId()), 0, kGroupId);
}

int JobTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != kGroupId || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].jobs.size());
}

int JobTreeModel::columnCount(const QModelIndex& parent) const
{
    Q_UNUSED(parent)
    return cancelColumn() + 1;
}

QVariant JobTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Job* shown = job(index);
    if (!shown)
        return groupData(m_groups[static_cast<std::size_t>(index.row())], index.column(), role);
    const int column = index.column();
    if (role == JobIdRole)
        return shown->id.toString();
    if (role == JobGroupRole)
        return static_cast<int>(groupOf(shown->state));
    if (column >= 2 && column < doneColumn())
        return stepData(*shown, m_steps[column - 2], role);
    switch (role) {
    case Qt::DisplayRole:
        return textOf(*shown, column);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        if (column == toggleColumn() && toggleEvent(shown->state))
            return eventText(*toggleEvent(shown->state));
        if (column == cancelColumn() && canCancel(shown->state))
            return eventText(JobEvent::Cancel);
        return column == 0 ? QVariant(shown->subject + u", "_s + jobKindText(*shown)) : textOf(*shown, column);
    case Qt::TextAlignmentRole:
        return column == doneColumn() || column == resumesColumn() ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                                                   : QVariant();
    case CellSecondTextRole:
        return column == 0 ? QVariant(jobKindText(*shown)) : QVariant();
    case CellIconRole:
        return iconOf(*shown, column);
    case CellInkRole:
        if (column == 1)
            return static_cast<int>(stateText(shown->state).ink);
        return column >= remainingColumn() ? QVariant(static_cast<int>(Ink::Second)) : QVariant();
    default:
        return {};
    }
}

QVariant JobTreeModel::groupData(const Group& group, int column, int role) const
{
    if (role == JobGroupRole)
        return static_cast<int>(group.group);
    if (column == 0 && (role == Qt::DisplayRole || role == Qt::AccessibleTextRole))
        //: A group of jobs and how many it has: "Waiting, 5"
        return tr("%1, %2").arg(groupTitle(group.group), QLocale().toString(group.jobs.size()));
    return {};
}

QVariant JobTreeModel::textOf(const Job& job, int column) const
{
    if (column == 0)
        return job.subject;
    if (column == 1)
        return stateText(job.state).word;
    if (column == doneColumn())
        return percentText(shareOf(job));
    if (column == remainingColumn())
        return remainingText(job, m_now, preferences().zone);
    if (column == resumesColumn()) {
        const QString text = resumesFromText(job);
        return text.isEmpty() ? u"—"_s : text;
    }
    return {};
}

QVariant JobTreeModel::stepData(const Job& job, const QString& step, int role) const
{
    if (role != LadderStateRole && role != LadderShareRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    if (!hasLadder(job))
        return {};
    const LadderCell cell = ladderCell(job, step);
    if (role == LadderStateRole)
        return static_cast<int>(cell.state);
    if (role == LadderShareRole)
        return cell.share;
    switch (cell.state) {
    case LadderCell::State::Absent:
        return tr("%1 is not made").arg(step);
    case LadderCell::State::Failed:
        return tr("%1 stopped at %2").arg(step, percentText(cell.share));
    case LadderCell::State::Waiting:
    case LadderCell::State::Running:
    case LadderCell::State::Done:
        return tr("%1 done %2").arg(step, percentText(cell.share));
    }
    return {};
}

QString JobTreeModel::iconOf(const Job& job, int column) const
{
    if (column == 1)
        return stateText(job.state).icon;
    if (column == cancelColumn())
        return canCancel(job.state) ? u"cross"_s : QString();
    const auto event = toggleEvent(job.state);
    if (column != toggleColumn() || !event)
        return {};
    return *event == JobEvent::Pause ? u"pause"_s : *event == JobEvent::Resume ? u"play"_s : u"retry"_s;
}

QVariant JobTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= 2 && section < doneColumn())
        return Qt::AlignCenter;
    if (role == Qt::TextAlignmentRole && (section == doneColumn() || section == resumesColumn()))
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole && section >= toggleColumn())
        return section == cancelColumn() ? tr("Cancel") : tr("Pause or resume");
    if (role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("Job");
    if (section == 1)
        return tr("State");
    if (section < doneColumn())
        return m_steps[section - 2];
    if (section == doneColumn())
        return tr("Done");
    if (section == remainingColumn())
        return tr("Remaining");
    if (section == resumesColumn())
        return tr("Resumes from");
    return QString();
}

Qt::ItemFlags JobTreeModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return job(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                      : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

std::optional<JobEvent> toggleEvent(JobState state)
{
    switch (state) {
    case JobState::Queued:
    case JobState::Running:
        return JobEvent::Pause;
    case JobState::Paused:
        return JobEvent::Resume;
    case JobState::Failed:
    case JobState::Parked:
    case JobState::Canceled:
        return JobEvent::Retry;
    case JobState::Done:
        return std::nullopt;
    }
    return std::nullopt;
}

bool canCancel(JobState state)
{
    return state != JobState::Done && state != JobState::Canceled;
}

bool canRetry(JobState state)
{
    return toggleEvent(state) == JobEvent::Retry;
}

QString eventText(JobEvent event)
{
    switch (event) {
    case JobEvent::Pause:
        return Publishing::tr("Pause");
    case JobEvent::Resume:
        return Publishing::tr("Resume");
    case JobEvent::Cancel:
        return Publishing::tr("Cancel");
    case JobEvent::Retry:
        return Publishing::tr("Try again");
    case JobEvent::Start:
    case JobEvent::Finish:
    case JobEvent::Fail:
        break; // the runner's own
    }
    return {};
}

} // namespace vidimus::ui::publishing
