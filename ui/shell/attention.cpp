#include "ui/shell/attention.h"

namespace vidimus::ui::shell {

void AttentionModel::put(const AttentionEntry& entry)
{
    const auto found = std::ranges::find(m_entries, entry.id, &AttentionEntry::id);
    if (found != m_entries.end()) {
        *found = entry;
        const QModelIndex changedIndex = index(static_cast<int>(found - m_entries.begin()));
        Q_EMIT dataChanged(changedIndex, changedIndex);
    } else {
        beginInsertRows({}, 0, 0);
        m_entries.insert(m_entries.begin(), entry);
        endInsertRows();
    }
    Q_EMIT changed();
}

void AttentionModel::settle(const QString& id, Instant at)
{
    const auto found = std::ranges::find(m_entries, id, &AttentionEntry::id);
    if (found == m_entries.end())
        return;
    beginResetModel();
    m_settled.insert(m_settled.begin(), {found->title, at});
    m_entries.erase(found);
    endResetModel();
    Q_EMIT changed();
}

int AttentionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size() + m_settled.size());
}

QVariant AttentionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const bool isSettled = row >= m_entries.size();
    if (role == SettledRole)
        return isSettled;
    if (isSettled) {
        const Settled& settled = m_settled[row - m_entries.size()];
        if (role == Qt::DisplayRole)
            return settled.title;
        return role == SinceRole ? QVariant(static_cast<qint64>(settled.at.time_since_epoch().count())) : QVariant();
    }
    const AttentionEntry& entry = m_entries[row];
    if (role == Qt::DisplayRole)
        return entry.title;
    if (role == IdRole)
        return entry.id;
    return role == SinceRole ? QVariant(static_cast<qint64>(entry.since.time_since_epoch().count())) : QVariant();
}

} // namespace vidimus::ui::shell
