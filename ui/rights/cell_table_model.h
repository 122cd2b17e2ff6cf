#pragma once

#include "ui/widgets/tokens.h"

#include <QAbstractTableModel>
#include <optional>
#include <vector>

namespace vidimus::ui::rights {

/// A cell as CellDelegate paints it.
struct TableCell {
    QString text;
    std::optional<widgets::Ink> ink;
    QString iconName;
    QString second;
    bool struck = false;
    bool atEnd = false; ///< aligned to the end, for numbers
    QString spoken; ///< for the screen reader where the text does not say it; empty: the text
};

struct TableRow {
    std::vector<TableCell> cells;
    QString id; ///< given back by idAt()
};

/// Rows for the small tables of the page. Ui thread.
class CellTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit CellTableModel(QStringList headings, QObject* parent = nullptr);

    void setRows(std::vector<TableRow> rows);
    [[nodiscard]] QString idAt(int row) const;
    [[nodiscard]] QString textAt(int row, int column) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headings;
    std::vector<TableRow> m_rows;
};

} // namespace vidimus::ui::rights
