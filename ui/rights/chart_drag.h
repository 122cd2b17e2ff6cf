#pragma once

#include "ui/rights/cell_edit.h"
#include "ui/rights/grid_rows.h"
#include "ui/rights/time_scale.h"

#include <QPoint>
#include <optional>

namespace vidimus::ui::rights {

/// What the pointer drags in the chart, and where that would leave it. Nothing is edited before the button is let go.
/// A value; ui thread.
class ChartDrag {
public:
    enum class Kind { None, AsOf, Edge, Windows, Time };

    void begin(Kind kind, int x, const TimeScale& scale);
    void takeEdge(const GridRow& row, Edge edge);
    /// \a row is the one under the pointer, whose edge snaps; all of \a windows move as far.
    void takeWindows(const GridRow& row, std::vector<WindowId> windows);
    /// True when what would become of it changed.
    bool moveTo(int x);
    void end() { m_kind = Kind::None; }

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Moved further than a hand trembles.
    [[nodiscard]] bool isMoved() const { return m_moved; }
    [[nodiscard]] Edge edge() const { return m_edge; }
    [[nodiscard]] const std::vector<WindowId>& windows() const { return m_windows; }
    [[nodiscard]] Instant edgeAt() const { return m_edgeAt; } ///< of Edge
    [[nodiscard]] Milliseconds shift() const { return m_shift; } ///< of Windows
    [[nodiscard]] TimeScale timeScale(int x) const; ///< of Time
    /// The row as it would be; nothing when the drag does not touch it.
    [[nodiscard]] std::optional<GridRow> preview(const GridRow& row) const;

private:
    Kind m_kind = Kind::None;
    TimeScale m_scale;
    int m_x = 0;
    bool m_moved = false;
    Edge m_edge = Edge::Start;
    std::vector<WindowId> m_windows;
    Instant m_edgeAt {};
    Instant m_anchor {}; ///< the edge that snaps when windows move
    Milliseconds m_shift {0};
};

/// The edge of a row within reach of the pointer; the end where both are.
[[nodiscard]] std::optional<Edge> edgeNear(const GridRow& row, const TimeScale& scale, int x);

} // namespace vidimus::ui::rights
