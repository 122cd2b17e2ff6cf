#include "ui/moderation/findings_model.h"

#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"
#include "ui/widgets/tokens.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

void FindingsModel::setRows(std::vector<FindingRow> rows, std::vector<qint64> frames, Rational framesPerSecond)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_frames = std::move(frames);
    m_frames.resize(m_rows.size());
    m_framesPerSecond = framesPerSecond;
    endResetModel();
}

int FindingsModel::rowOf(const QString& id) const
{
    const auto found = std::ranges::find(m_rows, id, &FindingRow::id);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int FindingsModel::rowAt(qint64 frame) const
{
    int row = -1;
    for (std::size_t i = 0; i < m_frames.size() && m_frames[i] <= frame; ++i)
        row = static_cast<int>(i);
    return row;
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const FindingRow& row = m_rows[std::size_t(index.row())];
    const qint64 frame = m_frames[std::size_t(index.row())];
    if (role == Qt::ToolTipRole) {
        const QString what = row.detail.isEmpty() ? row.kind : row.kind + u", "_s + row.detail;
        return tr("%1, %2, from %3 s to %4 s, %5")
            .arg(what, row.severity, QLocale().toString(row.start, 'f', 2), QLocale().toString(row.end, 'f', 2),
                row.measured);
    }
    switch (index.column()) {
    case From:
        return role == Qt::DisplayRole ? QVariant(frameTimecodeText(frame, m_framesPerSecond)) : QVariant();
    case Kind:
        if (role == Qt::DisplayRole)
            return row.kind;
        if (role == Qt::AccessibleTextRole)
            return row.detail.isEmpty() ? row.kind : row.kind + u", "_s + row.detail;
        if (role == CellSeverityRole)
            return static_cast<int>(row.pattern);
        if (role == CellColorRole)
            return currentTokens().lanes[std::size_t(row.colorIndex) % 7];
        if (role == CellSecondTextRole && !row.detail.isEmpty())
            return u", "_s + row.detail;
        return {};
    case Severity:
        if (role == CellInkRole)
            return static_cast<int>(Ink::Second);
        return role == Qt::DisplayRole ? QVariant(row.severity) : QVariant();
    case Measured:
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return role == Qt::DisplayRole ? QVariant(row.measured) : QVariant();
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Measured)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case From:
        return tr("From");
    case Kind:
        return tr("Kind");
    case Severity:
        return tr("Severity");
    case Measured:
        return tr("Measured");
    default:
        return {};
    }
}

} // namespace vidimus::ui::moderation
