#include "ui/widgets/timeline_table_model.h"

#include "ui/widgets/time_label.h"

namespace vidimus::ui::widgets {

void TimelineTableModel::setTimelineData(const TimelineData& data)
{
    beginResetModel();
    m_rows.clear();
    m_framesPerSecond = data.framesPerSecond;
    for (const TimelineLane& lane : data.lanes) {
        for (const TimelineBar& bar : lane.bars)
            m_rows.push_back({bar.span, lane.name, bar.text, bar.id});
    }
    for (const TimelineMark& mark : data.marks)
        m_rows.push_back(
            {{mark.frame, mark.frame + 1}, mark.isComment ? tr("Comment") : tr("Marker"), mark.text, mark.id});
    for (const WatchedSpan& watched : data.watched) {
        const QString speed = watched.speed == WatchedSpeed::Normal ? tr("up to normal speed") : tr("up to 4×");
        m_rows.push_back({watched.span, tr("Watched"), speed, {}});
    }
    if (data.unreadable)
        m_rows.push_back({*data.unreadable, tr("Unreadable"), tr("The picture cannot be read here."), {}});
    std::ranges::stable_sort(m_rows, {}, [](const Row& row) { return row.span.first; });
    endResetModel();
}

int TimelineTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TimelineTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TimelineTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == kFrameRole)
        return row.span.first;
    if (role == kIdRole)
        return row.id;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case From:
        return frameTimecodeText(row.span.first, m_framesPerSecond);
    case To:
        return frameTimecodeText(row.span.end, m_framesPerSecond);
    case Kind:
        return row.kind;
    case Text:
        return row.text;
    default:
        return {};
    }
}

QVariant TimelineTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case From:
        return tr("From");
    case To:
        return tr("To");
    case Kind:
        return tr("Kind");
    case Text:
        return tr("What");
    default:
        return {};
    }
}

} // namespace vidimus::ui::widgets
