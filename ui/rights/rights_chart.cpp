#include "ui/rights/rights_chart.h"

#include "ui/rights/chart_painter.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/time_text.h"
#include "ui/widgets/painting.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kGrab = 5; // px around an edge or the line that the pointer takes hold of

} // namespace

RightsChart::RightsChart(RightsGridView& grid, QWidget* parent)
    : QWidget(parent)
    , m_grid(grid)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Windows over time"));
    connect(&grid, &RightsGridView::laidOut, this, qOverload<>(&QWidget::update));
    connect(&grid, &RightsGridView::cursorMoved, this, qOverload<>(&QWidget::update));
}

void RightsChart::setNow(Instant now)
{
    m_now = now;
    if (m_scale.start() == Instant {})
        m_scale = m_scale.placed(now, 360, m_scale.zoom());
    update();
}

void RightsChart::setAt(Instant at)
{
    if (at == m_at)
        return;
    m_at = at;
    QAccessibleValueChangeEvent changed(this, toRfc3339(at));
    QAccessible::updateAccessibility(&changed);
    update();
}

void RightsChart::setScale(const TimeScale& scale)
{
    const bool zoomed = scale.zoom() != m_scale.zoom();
    m_scale = scale;
    update();
    if (zoomed)
        Q_EMIT zoomChanged(scale.zoom());
}

void RightsChart::setZoom(Zoom zoom)
{
    const double x = m_scale.xOf(m_at);
    const bool seen = x >= 0 && x < width();
    const double pivot = seen ? x : width() / 2.0;
    setScale(m_scale.placed(seen ? m_at : m_scale.at(pivot), pivot, zoom));
}

void RightsChart::bringIntoView(Instant instant, bool always)
{
    const double x = m_scale.xOf(instant);
    if (always || x < 20 || x > width() - 20)
        setScale(m_scale.placed(instant, width() * 0.35, m_scale.zoom()));
}

const GridRow* RightsChart::rowAtY(int y) const
{
    if (y < kChartHead)
        return nullptr;
    return static_cast<const RightsGridModel*>(m_grid.model())->rowAt(m_grid.indexAt({1, y - kChartHead}));
}

std::vector<RightsChart::Piece> RightsChart::pieces() const
{
    std::vector<Piece> list;
    const auto* model = static_cast<const RightsGridModel*>(m_grid.model());
    m_grid.forEachShownRow([&](const QModelIndex& index, QRect rect) {
        const GridRow* row = model->rowAt(index);
        if (!row)
            return;
        const QRect line(0, rect.top() + kChartHead, width(), rect.height());
        const QRectF bar = barRect(row->acts, m_scale, line, width());
        list.push_back(
            {bar.toAlignedRect().intersected(line), barSentence(*row, model->groupAt(index)->name), row->rule.id});
    });
    return list;
}

void RightsChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.surface);
    const auto* model = static_cast<const RightsGridModel*>(m_grid.model());
    const WindowId current = m_grid.currentRow() ? m_grid.currentRow()->rule.id : WindowId();
    m_paintedRows = 0;
    m_grid.forEachShownRow([&](const QModelIndex& index, QRect at) {
        const QRect line(0, at.top() + kChartHead, width(), at.height());
        const GridRow* row = model->rowAt(index);
        const bool selected = m_grid.selectionModel()->isRowSelected(index.row(), index.parent());
        const QColor under = row ? tokens.surface : tokens.dark ? tokens.raised : tokens.surface;
        painter.fillRect(line, selected ? tokens.selectionOver(under) : under);
        painter.fillRect(QRect(0, line.bottom(), width(), 1), blended(tokens.line, tokens.surface, row ? 0.5 : 1.0));
    });
    for (const TimeTick& month : m_scale.months(width()))
        painter.fillRect(QRect(static_cast<int>(month.x), kChartHead, 1, height() - kChartHead),
            blended(tokens.line, tokens.surface, 0.8));
    painter.setClipRect(QRect(0, kChartHead, width(), height() - kChartHead));
    m_grid.forEachShownRow([&](const QModelIndex& index, QRect at) {
        const GridRow* row = model->rowAt(index);
        if (!row)
            return;
        const QRect line(0, at.top() + kChartHead, width(), at.height());
        ++m_paintedRows;
        if (m_drag == Drag::WindowEdge && m_draggedTo && row->rule.id == m_dragged.window) {
            GridRow moved = *row;
            moved.rule = withEdge(row->rule, m_dragged.edge, *m_draggedTo);
            moved.acts = moved.rule.window;
            if (!moved.saved)
                moved.saved = row->rule;
            drawRow(painter, moved, line, m_scale, m_now);
        } else {
            drawRow(painter, *row, line, m_scale, m_now);
        }
        if (row->rule.id == current && m_grid.edge()) {
            const auto& edge = *m_grid.edge() == Edge::Start ? row->rule.window.start : row->rule.window.end;
            const double fallback = *m_grid.edge() == Edge::Start ? 4 : width() - 4;
            const double x = edge ? m_scale.xOf(*edge) : fallback;
            drawPanel(painter, QRectF(x - 3, line.top() + 3, 6, line.height() - 7), tokens.accent, tokens.surface, 2);
        }
    });
    painter.setClipping(false);
    drawHead(painter, m_scale, width());

    const int today = static_cast<int>(m_scale.xOf(m_now));
    if (today >= 0 && today < width()) {
        painter.setPen(QPen(tokens.second, 1, Qt::DotLine));
        painter.drawLine(today, kChartHead - 22, today, height());
        const QString text = tr("Today");
        const int wide = roleMetrics(TextRole::Label).horizontalAdvance(text) + 12;
        const QRect box(std::clamp(today - wide / 2, 0, width() - wide), 4, wide, 20);
        drawPanel(painter, box, tokens.raised, tokens.line, 4);
        drawText(painter, box, text, TextRole::Label, tokens.text, Qt::AlignCenter);
    }
    const int asOf = static_cast<int>(m_scale.xOf(m_at));
    if (asOf >= -6 && asOf < width() + 6) {
        painter.fillRect(QRect(asOf, kChartHead - 8, 1, height()), tokens.accent);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.accent);
        const double middle = asOf + 0.5;
        const double top = kChartHead - 14;
        painter.drawPolygon(QPolygonF(
            {{middle - 5, top}, {middle + 5, top}, {middle + 5, top + 7}, {middle, top + 12}, {middle - 5, top + 7}}));
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.fillRect(QRect(0, 0, 1, height()), tokens.line);
}

std::optional<RightsChart::EdgeHit> RightsChart::edgeAt(QPoint point) const
{
    const GridRow* row = rowAtY(point.y());
    if (!row || row->removed)
        return std::nullopt;
    const auto near
        = [&](const std::optional<Instant>& edge) { return edge && std::abs(m_scale.xOf(*edge) - point.x()) <= kGrab; };
    if (near(row->rule.window.end))
        return EdgeHit {row->rule.id, Edge::End};
    if (near(row->rule.window.start))
        return EdgeHit {row->rule.id, Edge::Start};
    return std::nullopt;
}

void RightsChart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPoint point = event->position().toPoint();
    m_dragX = point.x();
    m_dragScale = m_scale;
    m_draggedTo.reset();
    if (point.y() < kChartHead) {
        m_drag = Drag::AsOf;
        Q_EMIT atWanted(m_scale.snapped(m_scale.at(point.x())));
        return;
    }
    if (const GridRow* row = rowAtY(point.y()))
        m_grid.showWindow(row->rule.id, Column::State);
    if (const auto hit = edgeAt(point)) {
        m_drag = Drag::WindowEdge;
        m_dragged = *hit;
        m_grid.setEdge(hit->edge);
        return;
    }
    m_drag = std::abs(m_scale.xOf(m_at) - point.x()) <= kGrab ? Drag::AsOf : Drag::Time;
}

void RightsChart::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint point = event->position().toPoint();
    switch (m_drag) {
    case Drag::None: {
        const bool onLine = std::abs(m_scale.xOf(m_at) - point.x()) <= kGrab || point.y() < kChartHead;
        setCursor(edgeAt(point) ? Qt::SplitHCursor : onLine ? Qt::SizeHorCursor : Qt::ArrowCursor);
        break;
    }
    case Drag::AsOf:
        Q_EMIT atWanted(m_scale.snapped(m_scale.at(point.x())));
        break;
    case Drag::WindowEdge:
        m_draggedTo = m_scale.snapped(m_scale.at(point.x()));
        update();
        break;
    case Drag::Time:
        setScale(TimeScale(m_dragScale.at(m_dragX - point.x()), m_scale.zoom()));
        break;
    }
}

void RightsChart::mouseReleaseEvent(QMouseEvent*)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::WindowEdge && m_draggedTo)
        Q_EMIT edgeMoved(m_dragged.window, m_dragged.edge, *m_draggedTo);
    m_draggedTo.reset();
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

void RightsChart::editEdge(Edge edge)
{
    const GridRow* row = m_grid.currentRow();
    if (!row || row->removed)
        return;
    cancelEdit();
    const QRect at = m_grid.visualRect(m_grid.currentIndex());
    const auto& instant = edge == Edge::Start ? row->rule.window.start : row->rule.window.end;
    if (instant)
        bringIntoView(*instant);
    const double x = instant ? m_scale.xOf(*instant) : edge == Edge::Start ? 0.0 : double(width());
    m_editor = new QLineEdit(editText(row->rule, edge == Edge::Start ? Column::Start : Column::End), this);
    m_editor->setAccessibleName(edge == Edge::Start ? tr("Start of the window") : tr("End of the window"));
    m_editor->setPlaceholderText(edge == Edge::Start ? tr("always") : tr("open"));
    m_editor->setGeometry(std::clamp(static_cast<int>(x) - 90, 2, std::max(2, width() - 192)), at.top() + kChartHead,
        190, at.height() - 1);
    m_editor->selectAll();
    m_editor->show();
    m_editor->setFocus(Qt::OtherFocusReason);
    connect(m_editor, &QLineEdit::returnPressed, this, [this, window = row->rule.id, edge] {
        const QString text = m_editor->text();
        cancelEdit();
        Q_EMIT edgeTyped(window, edge, text);
    });
    connect(m_editor, &QLineEdit::editingFinished, this, &RightsChart::cancelEdit);
}

bool RightsChart::isEditing() const
{
    return m_editor != nullptr;
}

void RightsChart::cancelEdit()
{
    QLineEdit* editor = std::exchange(m_editor, nullptr);
    if (!editor)
        return;
    const bool focused = editor->hasFocus();
    editor->disconnect(this);
    editor->hide();
    editor->deleteLater();
    if (focused)
        m_grid.setFocus(Qt::OtherFocusReason);
}

bool RightsChart::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (const Piece& piece : pieces()) {
            if (piece.rect.contains(help->pos())) {
                QToolTip::showText(help->globalPos(), piece.text, this, piece.rect);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace vidimus::ui::rights
