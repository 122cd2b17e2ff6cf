#include "ui/widgets/skeleton_rows.h"

#include "ui/widgets/painting.h"

namespace vidimus::ui::widgets {

SkeletonRows::SkeletonRows(int rowHeight, bool withThumbnails, QWidget* parent)
    : QWidget(parent)
    , m_rowHeight(std::max(8, rowHeight))
    , m_withThumbnails(withThumbnails)
{
    setAccessibleName(tr("Loading"));
}

void SkeletonRows::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    const QColor bar = tokens.hoverOver(tokens.surface);
    constexpr int kWidths[] {70, 52, 84, 61, 76}; // percent, so that rows look like text
    for (int row = 0; (row + 1) * m_rowHeight <= height(); ++row) {
        const int top = row * m_rowHeight;
        int x = kPanelPadding;
        if (m_withThumbnails) {
            drawPanel(painter, QRectF(x, top + 6, 64, 36), bar, QColor(), 2);
            x += 64 + kGap;
        }
        const int room = std::max(0, width() - x - kPanelPadding) * kWidths[row % 5] / 100;
        const int middle = top + m_rowHeight / 2;
        if (m_rowHeight >= kTallRowHeight) {
            drawPanel(painter, QRectF(x, middle - 13, room, 10), bar, QColor(), 3);
            drawPanel(painter, QRectF(x, middle + 4, room / 2.0, 8), bar, QColor(), 3);
        } else {
            drawPanel(painter, QRectF(x, middle - 5, room, 10), bar, QColor(), 3);
        }
    }
}

} // namespace vidimus::ui::widgets
