#pragma once

#include "ui/rights/where_answers.h"

#include <QAbstractTableModel>

namespace vidimus::ui::rights {

/// What a cell looks like and is called: shape, ink and word, never the colour alone.
struct CellLook {
    QString text; ///< "Live", "Not yet"
    QString iconName; ///< empty: nothing is drawn
    int ink = 0; ///< of widgets::Ink
};
/// Ui thread.
[[nodiscard]] CellLook lookOfCell(CellAnswer answer);

/// Titles by places. A container says how many of its parts may be watched: "3/10". Ui thread.
class MatrixModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { TitleIdRole = Qt::UserRole + 1, PlaceRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// \a places: the columns; those that the answers do not know are left out.
    void setAnswers(const WhereAnswers& answers, const QStringList& places);
    [[nodiscard]] QModelIndex indexOf(const TitleId& title, const QString& place) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    WhereAnswers m_answers;
    std::vector<qsizetype> m_columns; ///< places in m_answers.places
};

} // namespace vidimus::ui::rights
