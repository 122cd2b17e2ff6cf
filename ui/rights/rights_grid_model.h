#pragma once

#include "ui/rights/cell_edit.h"
#include "ui/rights/grid_rows.h"

#include <QAbstractItemModel>

namespace vidimus::ui::rights {

/// Titles with their windows. Values come by setGroups(); typing leaves by edited(). Ui thread.
class RightsGridModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Role { WindowIdRole = Qt::UserRole + 1, TitleIdRole, CodeRole, SortRole };

    using QAbstractItemModel::QAbstractItemModel;

    /// Keeps indexes valid when the same windows stand in the same order.
    void setGroups(std::vector<GridGroup> groups, Grouping grouping = Grouping::Title);
    [[nodiscard]] Grouping grouping() const { return m_grouping; }
    [[nodiscard]] const std::vector<GridGroup>& groups() const { return m_groups; }
    [[nodiscard]] const GridRow* rowAt(const QModelIndex& index) const;
    [[nodiscard]] const GridGroup* groupAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const WindowId& window, Column column = Column::Territory) const;
    [[nodiscard]] int windowCount() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

Q_SIGNALS:
    void edited(const vidimus::WindowId& window, vidimus::ui::rights::Column column, const QString& text);

private:
    [[nodiscard]] QVariant groupData(const GridGroup& group, int column, int role) const;
    [[nodiscard]] QVariant rowData(const GridRow& row, Column column, int role) const;
    [[nodiscard]] bool hasSameShape(const std::vector<GridGroup>& groups) const;

    std::vector<GridGroup> m_groups;
    Grouping m_grouping = Grouping::Title;
};

} // namespace vidimus::ui::rights
