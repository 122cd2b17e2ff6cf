#include "ui/rights/chart_drag.h"

namespace vidimus::ui::rights {

namespace {

constexpr int kGrab = 5; // px around an edge that the pointer takes hold of
constexpr int kTremble = 4; // px

} // namespace

void ChartDrag::begin(Kind kind, int x, const TimeScale& scale)
{
    m_kind = kind;
    m_x = x;
    m_scale = scale;
    m_moved = false;
    m_windows.clear();
    m_shift = Milliseconds(0);
}

void ChartDrag::takeEdge(const GridRow& row, Edge edge)
{
    m_edge = edge;
    m_windows = {row.rule.id};
    m_edgeAt = (edge == Edge::Start ? row.rule.window.start : row.rule.window.end).value_or(Instant {});
}

void ChartDrag::takeWindows(const GridRow& row, std::vector<WindowId> windows)
{
    m_windows = std::move(windows);
    m_anchor = row.rule.window.start ? *row.rule.window.start : row.rule.window.end.value_or(Instant {});
}

bool ChartDrag::moveTo(int x)
{
    m_moved = m_moved || std::abs(x - m_x) >= kTremble;
    if (!m_moved)
        return false;
    if (m_kind == Kind::Edge) {
        const Instant to = m_scale.snapped(m_scale.at(x));
        return std::exchange(m_edgeAt, to) != to;
    }
    if (m_kind == Kind::Windows) {
        const Instant to = m_scale.snapped(m_scale.at(m_scale.xOf(m_anchor) + x - m_x));
        return std::exchange(m_shift, to - m_anchor) != to - m_anchor;
    }
    return true;
}

TimeScale ChartDrag::timeScale(int x) const
{
    return TimeScale(m_scale.at(m_x - x), m_scale.zoom());
}

std::optional<GridRow> ChartDrag::preview(const GridRow& row) const
{
    const bool edits = m_moved && (m_kind == Kind::Edge || m_kind == Kind::Windows);
    if (!edits || row.removed || std::ranges::find(m_windows, row.rule.id) == m_windows.end())
        return std::nullopt;
    GridRow moved = row;
    moved.rule = m_kind == Kind::Edge ? withEdge(row.rule, m_edge, m_edgeAt) : withShift(row.rule, m_shift);
    moved.acts = moved.rule.window;
    if (!moved.saved)
        moved.saved = row.rule;
    return moved;
}

std::optional<Edge> edgeNear(const GridRow& row, const TimeScale& scale, int x)
{
    const auto near
        = [&](const std::optional<Instant>& edge) { return edge && std::abs(scale.xOf(*edge) - x) <= kGrab; };
    if (row.removed)
        return std::nullopt;
    if (near(row.rule.window.end))
        return Edge::End;
    if (near(row.rule.window.start))
        return Edge::Start;
    return std::nullopt;
}

} // namespace vidimus::ui::rights
