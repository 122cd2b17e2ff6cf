#pragma once

#include "ui/quality/profile_draft.h"

#include <QAbstractTableModel>

namespace vidimus::ui::quality {

/// Every check of a profile by kind: Check, Verdict ("Fail", "Warn", "Off"), Change. Ui thread.
class CheckListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Check, Verdict, Change, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setDraft(const ProfileDraft& draft); ///< the same rows: selections stay
    void setFilter(const QString& text);
    [[nodiscard]] QString idOf(int row) const;
    [[nodiscard]] int rowOf(const QString& id) const; ///< -1: not shown

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void collect();

    ProfileDraft m_draft;
    QString m_filter;
    QStringList m_ids;
    bool m_hasDraft = false;
};

/// Title of a check in the window's language.
[[nodiscard]] QString titleOf(const QString& check);

} // namespace vidimus::ui::quality
