#include "ui/widgets/segment_grid.h"

#include "ui/widgets/painting.h"

namespace vidimus::ui::widgets {

namespace {

constexpr int kPerRow = 50;
constexpr int kRow = 12; // 10 px cell and 2 px space

QColor cellColor(SegmentGrid::Cell cell)
{
    const Tokens& tokens = currentTokens();
    switch (cell) {
    case SegmentGrid::Cell::ToDo:
        return tokens.line;
    case SegmentGrid::Cell::Running:
        return tokens.second;
    case SegmentGrid::Cell::Kept:
        return tokens.dark ? blended(tokens.passed, tokens.surface, 0.6) : tokens.passed;
    case SegmentGrid::Cell::Failed:
        return tokens.rejected;
    }
    return tokens.line;
}

} // namespace

SegmentGrid::SegmentGrid(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void SegmentGrid::setCells(std::vector<Cell> cells)
{
    m_cells = std::move(cells);
    const auto count = [this](Cell cell) { return std::ranges::count(m_cells, cell); };
    setAccessibleName(tr("Segments: %1 kept, %2 failed, %3 to do")
            .arg(count(Cell::Kept))
            .arg(count(Cell::Failed))
            .arg(count(Cell::ToDo)));
    updateGeometry();
    update();
}

QSize SegmentGrid::sizeHint() const
{
    return {460, heightForWidth(460)};
}

int SegmentGrid::heightForWidth(int width) const
{
    Q_UNUSED(width)
    return (static_cast<int>(m_cells.size()) + kPerRow - 1) / kPerRow * kRow;
}

void SegmentGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const double pitch = width() / double(kPerRow);
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const auto column = static_cast<double>(i % kPerRow);
        const int row = static_cast<int>(i / kPerRow);
        painter.fillRect(QRectF(column * pitch, row * kRow, pitch - 2, kRow - 2), cellColor(m_cells[i]));
    }
}

void drawLadderCells(QPainter& painter, const QRect& rect, const std::vector<LadderCell>& cells)
{
    if (cells.empty())
        return;
    const Tokens& tokens = currentTokens();
    const QColor done = cellColor(SegmentGrid::Cell::Kept);
    constexpr double kSpace = 4;
    const auto count = static_cast<double>(cells.size());
    const double width = (rect.width() - kSpace * (count - 1)) / count;
    QRectF cell(rect.left(), rect.center().y() - 7, width, 16);
    for (const LadderCell& step : cells) {
        QRectF part = cell;
        part.setWidth(cell.width() * std::clamp(step.share, 0.0, 1.0));
        switch (step.state) {
        case LadderCell::State::Absent: {
            painter.save();
            painter.setPen(QPen(tokens.line, 1, Qt::DashLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell.adjusted(0.5, 0.5, -0.5, -0.5));
            painter.restore();
            break;
        }
        case LadderCell::State::Waiting:
            painter.fillRect(cell, tokens.line);
            break;
        case LadderCell::State::Running:
            painter.fillRect(cell, tokens.line);
            painter.fillRect(part, tokens.second);
            break;
        case LadderCell::State::Done:
            painter.fillRect(cell, done);
            break;
        case LadderCell::State::Failed:
            painter.fillRect(cell, tokens.line);
            painter.fillRect(part, tokens.rejected);
            break;
        }
        cell.translate(width + kSpace, 0);
    }
}

} // namespace vidimus::ui::widgets
