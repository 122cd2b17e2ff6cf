#pragma once

#include "ui/rights/where_answers.h"

#include <QAbstractTableModel>
#include <map>
#include <set>

namespace vidimus::ui::rights {

/// What a cell looks like and is called: shape, ink and word, never the colour alone.
struct CellLook {
    QString text; ///< "Live", "Not yet"
    QString iconName; ///< empty: nothing is drawn
    int ink = 0; ///< of widgets::Ink
};
/// Ui thread.
[[nodiscard]] CellLook lookOfCell(CellAnswer answer);

/// Titles by places. A container says how many of its parts may be watched: "3/10". Rows are asked for in blocks when
/// somebody looks at them (see()), and until the answer comes their cells are empty. Ui thread.
class MatrixModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { TitleIdRole = Qt::UserRole + 1, PlaceRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that are asked for at once; the first is a multiple of it.
    static constexpr int kBlock = 64;

    /// Other titles or rules: nothing is known of any row.
    void setSource(std::shared_ptr<const WhereSource> source);
    /// The columns; places that the source does not know are left out.
    void setPlaces(const QStringList& places);
    /// Another question about the same titles: what is known stays until it is asked anew.
    void forgetAnswers();
    /// Answers of the rows from \a first on.
    void setRows(int first, std::vector<WhereRow> rows);
    /// Somebody looks at these rows.
    void see(int first, int last);
    [[nodiscard]] bool knows(int row) const;
    [[nodiscard]] QModelIndex indexOf(const TitleId& title, const QString& place) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void rowsWanted(int first, int count);

private:
    [[nodiscard]] const WhereRow* rowAt(int row) const;
    [[nodiscard]] QVariant cellData(const WhereTitle& title, const WhereRow& row, qsizetype at, int role) const;

    std::shared_ptr<const WhereSource> m_source; // shared with the tasks that answer
    QStringList m_placesWanted;
    std::vector<qsizetype> m_columns; ///< places in m_source->places
    std::map<int, std::vector<WhereRow>> m_blocks; ///< by first row
    std::set<int> m_asked; ///< blocks that are asked for or known anew
};

} // namespace vidimus::ui::rights
