#pragma once

#include <QWidget>
#include <vector>

namespace vidimus::ui::widgets {

/// One cell per segment of a rendition, 50 a row.
class SegmentGrid : public QWidget {
    Q_OBJECT

public:
    enum class Cell : quint8 { ToDo, Running, Kept, Failed };

    explicit SegmentGrid(QWidget* parent = nullptr);
    void setCells(std::vector<Cell> cells);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Cell> m_cells;
};

/// The steps of a ladder as cells, 16 high, for a column of a jobs list; dashed where the step is not made.
struct LadderCell {
    enum class State { Absent, Waiting, Running, Done, Failed };
    State state = State::Absent;
    double share = 0; ///< 0..1 while Running or Failed
};
void drawLadderCells(QPainter& painter, const QRect& rect, const std::vector<LadderCell>& cells);

} // namespace vidimus::ui::widgets
