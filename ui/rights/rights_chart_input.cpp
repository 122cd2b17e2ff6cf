#include "ui/rights/chart_painter.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/time_text.h"
#include "ui/widgets/painting.h"

#include <QMouseEvent>
#include <QScrollBar>

/// Mouse, wheel and arrow keys of the chart.
namespace vidimus::ui::rights {

using namespace widgets;

namespace {

constexpr int kGrab = 5; // px around the line that the pointer takes hold of

} // namespace

bool RightsChart::isOnLine(int x) const
{
    return std::abs(m_scale.xOf(m_at) - x) <= kGrab;
}

void RightsChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPoint point = event->position().toPoint();
    if (point.y() < kChartHead) {
        m_drag.begin(ChartDrag::Kind::AsOf, point.x(), m_scale);
        Q_EMIT atWanted(m_scale.snapped(m_scale.at(point.x())));
        return;
    }
    const GridRow* row = rowAtY(point.y());
    if (!row) {
        m_drag.begin(isOnLine(point.x()) ? ChartDrag::Kind::AsOf : ChartDrag::Kind::Time, point.x(), m_scale);
        return;
    }
    std::vector<WindowId> selected = m_grid.selectedWindows();
    if (std::ranges::find(selected, row->rule.id) == selected.end())
        selected = {row->rule.id};
    const auto edge = edgeNear(*row, m_scale, point.x());
    const QRect line(0, 0, width(), kRowHeight);
    const QRectF bar = barRect(row->acts, m_scale, line, width());
    const bool inside = bar.left() <= point.x() && point.x() < bar.right();
    const bool bounded = row->rule.window.start || row->rule.window.end;
    if (edge) {
        m_drag.begin(ChartDrag::Kind::Edge, point.x(), m_scale);
        m_drag.takeEdge(*row, *edge);
    } else if (isOnLine(point.x())) {
        m_drag.begin(ChartDrag::Kind::AsOf, point.x(), m_scale);
    } else if (inside && bounded && !row->removed) {
        m_drag.begin(ChartDrag::Kind::Windows, point.x(), m_scale);
        m_drag.takeWindows(*row, selected);
    } else {
        m_drag.begin(ChartDrag::Kind::Time, point.x(), m_scale);
    }
    if (selected.size() < 2 || edge)
        m_grid.showWindow(row->rule.id, Column::State); // may move what was scrolled; the row is not used any more
    if (edge)
        m_grid.setEdge(edge);
}

void RightsChart::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint point = event->position().toPoint();
    switch (m_drag.kind()) {
    case ChartDrag::Kind::None: {
        const GridRow* row = rowAtY(point.y());
        const bool onLine = isOnLine(point.x()) || point.y() < kChartHead;
        setCursor(row && edgeNear(*row, m_scale, point.x()) ? Qt::SplitHCursor
                : onLine                                    ? Qt::SizeHorCursor
                                                            : Qt::ArrowCursor);
        break;
    }
    case ChartDrag::Kind::AsOf:
        Q_EMIT atWanted(m_scale.snapped(m_scale.at(point.x())));
        break;
    case ChartDrag::Kind::Edge:
    case ChartDrag::Kind::Windows:
        if (m_drag.moveTo(point.x())) {
            setCursor(m_drag.kind() == ChartDrag::Kind::Edge ? Qt::SplitHCursor : Qt::ClosedHandCursor);
            update();
        }
        break;
    case ChartDrag::Kind::Time:
        if (m_drag.moveTo(point.x()))
            setScale(m_drag.timeScale(point.x()));
        break;
    }
}

void RightsChart::mouseReleaseEvent(QMouseEvent*)
{
    const ChartDrag drag = m_drag;
    m_drag.end();
    setCursor(Qt::ArrowCursor);
    if (drag.isMoved() && drag.kind() == ChartDrag::Kind::Edge)
        Q_EMIT edgeMoved(drag.windows().front(), drag.edge(), drag.edgeAt());
    else if (drag.isMoved() && drag.kind() == ChartDrag::Kind::Windows && drag.shift() != Milliseconds(0))
        Q_EMIT windowsMoved(drag.windows(), drag.shift());
    update();
}

void RightsChart::wheelEvent(QWheelEvent* event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        const int step = event->angleDelta().y() > 0 ? -1 : 1;
        const int zoom = std::clamp(static_cast<int>(m_scale.zoom()) + step, 0, static_cast<int>(Zoom::Year));
        const double x = event->position().x();
        setScale(m_scale.placed(m_scale.at(x), x, static_cast<Zoom>(zoom)));
        event->accept();
        return;
    }
    const QPoint delta = event->angleDelta();
    if (std::abs(delta.x()) > std::abs(delta.y()) || event->modifiers() & Qt::ShiftModifier) {
        const int pixels = delta.x() != 0 ? delta.x() : delta.y();
        setScale(TimeScale(m_scale.at(-pixels), m_scale.zoom()));
    } else {
        QScrollBar* bar = m_grid.verticalScrollBar();
        bar->setValue(bar->value() - delta.y() * kRowHeight * 3 / 120);
    }
    event->accept();
}

void RightsChart::keyPressEvent(QKeyEvent* event)
{
    const int direction = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (direction != 0) {
        const NudgeStep step = event->modifiers() & Qt::AltModifier ? NudgeStep::Hour
            : event->modifiers() & Qt::ShiftModifier                ? NudgeStep::Month
                                                                    : NudgeStep::Day;
        const Instant to = nudged(m_at, step, direction);
        Q_EMIT atWanted(to);
        bringIntoView(to);
        return;
    }
    if (event->key() == Qt::Key_Home) {
        bringIntoView(m_now, true);
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace vidimus::ui::rights
