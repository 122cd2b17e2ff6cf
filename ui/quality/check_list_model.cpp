#include "ui/quality/check_list_model.h"

#include "core/checks/check_descriptor.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/tokens.h"

#include <QCoreApplication>

namespace vidimus::ui::quality {

using namespace widgets;

QString titleOf(const QString& check)
{
    const checks::CheckDescriptor* descriptor = checks::findDescriptor(check);
    return descriptor ? QCoreApplication::translate("checks", descriptor->title) : check;
}

void CheckListModel::setDraft(const ProfileDraft& draft)
{
    m_draft = draft;
    if (!std::exchange(m_hasDraft, true))
        return collect();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void CheckListModel::setFilter(const QString& text)
{
    m_filter = text.trimmed();
    collect();
}

void CheckListModel::collect()
{
    beginResetModel();
    m_ids.clear();
    for (const checks::CheckDescriptor& check : checks::checkDescriptors()) {
        const QString id = QString::fromLatin1(check.id);
        if (m_hasDraft
            && (m_filter.isEmpty() || titleOf(id).contains(m_filter, Qt::CaseInsensitive) || id.contains(m_filter)))
            m_ids.append(id);
    }
    endResetModel();
}

QString CheckListModel::idOf(int row) const
{
    return m_ids.value(row);
}

int CheckListModel::rowOf(const QString& id) const
{
    return static_cast<int>(m_ids.indexOf(id));
}

int CheckListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int CheckListModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant CheckListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_ids.size())
        return {};
    const QString& id = m_ids[index.row()];
    const checks::CheckSetting& setting = m_draft.setting(id);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Check:
            return titleOf(id);
        case Verdict:
            return !setting.enabled ? tr("Off") : setting.severity == checks::Severity::Fail ? tr("Fail") : tr("Warn");
        default:
            return m_draft.isChanged(id) ? tr("changed") : m_draft.differsFromShipped(id) ? tr("own") : QString();
        }
    case Qt::ToolTipRole:
        return index.column() == Change && m_draft.differsFromShipped(id)
            ? tr("Otherwise than in the profile that it comes from")
            : QVariant();
    case CellInkRole:
        if (index.column() == Verdict) {
            return static_cast<int>(!setting.enabled             ? Ink::Third
                    : setting.severity == checks::Severity::Fail ? Ink::Rejected
                                                                 : Ink::Warning);
        }
        if (index.column() == Change)
            return static_cast<int>(m_draft.isChanged(id) ? Ink::Accent : Ink::Second);
        return static_cast<int>(setting.enabled ? Ink::Text : Ink::Second);
    default:
        return {};
    }
}

QVariant CheckListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Check:
        return tr("Check");
    case Verdict:
        return tr("A finding");
    default:
        return QString();
    }
}

} // namespace vidimus::ui::quality
