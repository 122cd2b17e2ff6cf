#include "ui/rights/rights_chart.h"

#include "ui/rights/chart_painter.h"
#include "ui/rights/edge_editor.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/time_text.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"

#include <QAccessible>
#include <QHelpEvent>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

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
        const QRect line(0, rect.top() + kChartHead, width(), rect.height());
        if (!row) {
            const GridGroup* group = model->groupAt(index);
            if (group && !m_grid.isExpanded(index))
                list.push_back({line, groupSentence(*group), {}});
            return;
        }
        const QRectF bar = barRect(row->acts, m_scale, line, width());
        list.push_back({bar.toAlignedRect().intersected(line), barSentence(*row), row->rule.id});
    });
    return list;
}

void RightsChart::paintGrounds(QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    const auto* model = static_cast<const RightsGridModel*>(m_grid.model());
    m_grid.forEachShownRow([&](const QModelIndex& index, QRect at) {
        const QRect line(0, at.top() + kChartHead, width(), at.height());
        const bool isRow = model->rowAt(index);
        const bool selected = m_grid.selectionModel()->isRowSelected(index.row(), index.parent());
        const QColor under = isRow ? tokens.surface : tokens.dark ? tokens.raised : tokens.surface;
        painter.fillRect(line, selected ? tokens.selectionOver(under) : under);
        painter.fillRect(QRect(0, line.bottom(), width(), 1), blended(tokens.line, tokens.surface, isRow ? 0.5 : 1.0));
    });
    for (const TimeTick& month : m_scale.months(width()))
        painter.fillRect(QRect(static_cast<int>(month.x), kChartHead, 1, height() - kChartHead),
            blended(tokens.line, tokens.surface, 0.8));
}

void RightsChart::paintBars(QPainter& painter)
{
    const Tokens& tokens = currentTokens();
    const auto* model = static_cast<const RightsGridModel*>(m_grid.model());
    const WindowId current = m_grid.currentRow() ? m_grid.currentRow()->rule.id : WindowId();
    const QTimeZone zone = preferences().zone;
    m_paintedRows = 0;
    painter.setClipRect(QRect(0, kChartHead, width(), height() - kChartHead));
    m_grid.forEachShownRow([&](const QModelIndex& index, QRect at) {
        const QRect line(0, at.top() + kChartHead, width(), at.height());
        const GridRow* row = model->rowAt(index);
        if (!row) {
            if (const GridGroup* group = model->groupAt(index); group && !m_grid.isExpanded(index))
                drawDensity(painter, densityRuns(group->rows, m_scale, width()), line);
            return;
        }
        ++m_paintedRows;
        const auto moved = m_drag.preview(*row);
        drawRow(painter, moved ? *moved : *row, line, m_scale, m_now);
        if (m_scale.zoom() == Zoom::Day)
            drawClockChanges(painter, row->rule.window, line, m_scale, zone);
        if (row->rule.id == current && m_grid.edge()) {
            const auto& edge = *m_grid.edge() == Edge::Start ? row->rule.window.start : row->rule.window.end;
            const double fallback = *m_grid.edge() == Edge::Start ? 4 : width() - 4;
            const double x = edge ? m_scale.xOf(*edge) : fallback;
            drawPanel(painter, QRectF(x - 3, line.top() + 3, 6, line.height() - 7), tokens.accent, tokens.surface, 2);
        }
    });
    painter.setClipping(false);
}

void RightsChart::paintLines(QPainter& painter)
{
    const Tokens& tokens = currentTokens();
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
}

void RightsChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.surface);
    paintGrounds(painter);
    paintBars(painter);
    drawHead(painter, m_scale, width());
    paintLines(painter);
    painter.fillRect(QRect(0, 0, 1, height()), tokens.line);
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
    m_editor = new EdgeEditor(row->rule, edge, this);
    m_editor->setGeometry(std::clamp(static_cast<int>(x) - 90, 2, std::max(2, width() - 232)), at.top() + kChartHead,
        230, at.height() - 1);
    m_editor->show();
    m_editor->setFocus(Qt::OtherFocusReason);
    connect(m_editor, &EdgeEditor::typed, this, [this](const WindowId& window, Edge typed, const QString& text) {
        cancelEdit();
        Q_EMIT edgeTyped(window, typed, text);
    });
    connect(m_editor, &QLineEdit::editingFinished, this, &RightsChart::cancelEdit);
}

bool RightsChart::isEditing() const
{
    return m_editor != nullptr;
}

void RightsChart::cancelEdit()
{
    EdgeEditor* editor = std::exchange(m_editor, nullptr);
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
        const auto shown = pieces();
        showPartTip(*static_cast<QHelpEvent*>(event), this, {shown.begin(), shown.end()});
        return true;
    }
    return QWidget::event(event);
}

} // namespace vidimus::ui::rights
