#pragma once

#include "ui/rights/cell_edit.h"
#include "ui/rights/grid_rows.h"
#include "ui/rights/time_scale.h"

#include <QPointer>
#include <QWidget>

class QLineEdit;

namespace vidimus::ui::rights {

class RightsGridView;

/// The bars of the grid's rows over time, painted row by row beside the grid, whose scroll position it shares. Only
/// rows in view are painted. Mouse: drag the as-of line or an edge, click a row to choose it, wheel scrolls, Ctrl+wheel
/// zooms. Keys while it has the focus: ←/→ move the as-of line by a day (Shift month, Alt hour), Home shows today.
/// Accessible: value is the as-of instant, children are the bars. Table twin: the grid's F7. Ui thread.
class RightsChart : public QWidget {
    Q_OBJECT

public:
    explicit RightsChart(RightsGridView& grid, QWidget* parent = nullptr);

    void setNow(Instant now);
    void setAt(Instant at);
    [[nodiscard]] Instant at() const { return m_at; }
    [[nodiscard]] const TimeScale& scale() const { return m_scale; }
    void setZoom(Zoom zoom);
    /// Brings an instant into view, at a third of the width unless it is seen already.
    void bringIntoView(Instant instant, bool always = false);
    void setScale(const TimeScale& scale);
    /// Opens a field over the edge of the current window.
    void editEdge(Edge edge);
    [[nodiscard]] bool isEditing() const;
    void cancelEdit();
    /// Rows painted the last time; for tests.
    [[nodiscard]] int paintedRows() const { return m_paintedRows; }

    struct Piece { ///< an accessible child
        QRect rect;
        QString text;
        WindowId window;
    };
    [[nodiscard]] std::vector<Piece> pieces() const;
    [[nodiscard]] QSize sizeHint() const override { return {800, 400}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 120}; }

Q_SIGNALS:
    void atWanted(vidimus::Instant at);
    void windowChosen(const vidimus::WindowId& window);
    void edgeMoved(const vidimus::WindowId& window, vidimus::ui::rights::Edge edge, vidimus::Instant to);
    void edgeTyped(const vidimus::WindowId& window, vidimus::ui::rights::Edge edge, const QString& text);
    void zoomChanged(vidimus::ui::rights::Zoom zoom);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct EdgeHit {
        WindowId window;
        Edge edge = Edge::Start;
    };
    enum class Drag { None, AsOf, WindowEdge, Time };
    [[nodiscard]] std::optional<EdgeHit> edgeAt(QPoint point) const;
    [[nodiscard]] const GridRow* rowAtY(int y) const;

    RightsGridView& m_grid;
    TimeScale m_scale;
    Instant m_now {};
    Instant m_at {};
    Drag m_drag = Drag::None;
    EdgeHit m_dragged;
    TimeScale m_dragScale;
    int m_dragX = 0;
    std::optional<Instant> m_draggedTo;
    QPointer<QLineEdit> m_editor;
    int m_paintedRows = 0;
};

} // namespace vidimus::ui::rights
