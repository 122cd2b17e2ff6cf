#pragma once

#include "core/base/ids.h"
#include "core/catalog/operation.h"

#include <QAbstractTableModel>
#include <QHash>

namespace vidimus::ui::publishing {

/// What waits to be sent, oldest first.
class OutboxModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Title, What, State, Age, Attempts, NextTry, LastError, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// \a names gives what people call the titles; an id stands in for what is not there.
    void setOperations(std::vector<catalog::Operation> operations, const QHash<TitleId, QString>& names, Instant now);
    /// Null for an invalid index.
    [[nodiscard]] const catalog::Operation* operation(const QModelIndex& index) const;
    [[nodiscard]] int rowOf(const OperationId& id) const; ///< -1: it has left
    [[nodiscard]] QString nameOf(const TitleId& title) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const catalog::Operation& operation, int column) const;

    std::vector<catalog::Operation> m_operations;
    QHash<TitleId, QString> m_names;
    Instant m_now {};
};

/// A person may retry or drop it.
[[nodiscard]] bool needsPerson(const catalog::Operation& operation);

} // namespace vidimus::ui::publishing
