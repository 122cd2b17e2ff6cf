#pragma once

#include "core/store/bank_repository.h"
#include "core/workbench/stored_matches.h"

#include <QAbstractTableModel>

namespace vidimus::ui::quality {

/// Hash banks: Name, What a hit does, Hashes, Changed. Ui thread.
class BanksModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Severity, Hashes, Changed, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<store::BankRow> rows);
    [[nodiscard]] const store::BankRow* row(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<store::BankRow> m_rows;
};

/// Files that show known content: File, Bank, Entry, Distance, At. Ui thread.
class BankHitsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { File, Bank, Entry, Distance, At, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<workbench::KeptMatch> rows);
    [[nodiscard]] AssetId assetAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<workbench::KeptMatch> m_rows;
};

/// "Blocks", "Review", "Notice".
[[nodiscard]] QString bankSeverityText(matching::BankSeverity severity);

} // namespace vidimus::ui::quality
