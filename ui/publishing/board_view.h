#pragma once

#include "ui/publishing/board_card.h"

#include <QWidget>

class QListView;

namespace vidimus::ui::widgets {
class TextLabel;
}

namespace vidimus::ui::publishing {

class CardModel;
class Thumbnails;

/// The publish board: five columns of cards with one selected title. Up and Down move in a column, Left and Right to
/// the next column that has cards, Enter takes the title's first fix. One Tab stop.
class BoardView : public QWidget {
    Q_OBJECT

public:
    /// \a thumbnails outlives it.
    BoardView(Thumbnails& thumbnails, QWidget* parent);

    /// Keeps the selected title selected, in whatever column it is now; without one the first card is taken.
    void setColumns(BoardColumns columns);
    /// False when the title has no card.
    bool select(const TitleId& title);
    [[nodiscard]] const TitleId& selected() const { return m_selected; }
    /// The list that has the keyboard.
    [[nodiscard]] QWidget* focusList() const;
    [[nodiscard]] int count(BoardColumn column) const;

Q_SIGNALS:
    void titleSelected(const vidimus::TitleId& title);
    void fixWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Column {
        CardModel* model = nullptr;
        QListView* list = nullptr;
        widgets::TextLabel* count = nullptr;
        QWidget* box = nullptr;
    };
    [[nodiscard]] QWidget* makeColumn(BoardColumn column, Thumbnails& thumbnails);
    [[nodiscard]] std::size_t columnOfSelected() const;
    void choose(std::size_t column, int row);
    /// To the next column with cards in \a step's direction, to the row at the same height.
    void moveAcross(std::size_t from, int step);

    std::array<Column, kBoardColumns> m_columns;
    TitleId m_selected;
    bool m_isChoosing = false;
};

} // namespace vidimus::ui::publishing
