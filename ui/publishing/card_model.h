#pragma once

#include "ui/publishing/board_card.h"

#include <QAbstractListModel>

namespace vidimus::ui::publishing {

class Thumbnails;

/// Roles of a card beside name (DisplayRole), picture (DecorationRole) and accessible text.
enum CardRole {
    CardSecondRole = Qt::UserRole + 1,
    CardStripRole, ///< std::vector<widgets::GateState>
    CardIconRole,
    CardWordRole,
    CardInkRole, ///< int of widgets::Ink
    CardDateRole,
};

/// The cards of one column of the board.
class CardModel : public QAbstractListModel {
    Q_OBJECT

public:
    /// \a thumbnails outlives it.
    CardModel(Thumbnails& thumbnails, QObject* parent);

    /// Keeps rows in place where their titles stay the same.
    void setCards(std::vector<BoardCard> cards);
    [[nodiscard]] const BoardCard& card(int row) const { return m_cards[static_cast<std::size_t>(row)]; }
    /// -1 when it is not here.
    [[nodiscard]] int rowOf(const TitleId& title) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    Thumbnails& m_thumbnails;
    std::vector<BoardCard> m_cards;
};

} // namespace vidimus::ui::publishing

Q_DECLARE_METATYPE(std::vector<vidimus::ui::widgets::GateState>)
