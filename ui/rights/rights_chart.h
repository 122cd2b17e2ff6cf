#pragma once

#include "ui/rights/chart_drag.h"
#include "ui/widgets/painted_part.h"

#include <QPointer>
#include <QWidget>

namespace vidimus::ui::rights {

class EdgeEditor;
class RightsGridView;

/// The bars of the grid's rows over time, painted row by row beside the grid, whose scroll position it shares. Only
/// rows in view are painted; a closed group is one line in which the shade tells how many windows act. Mouse: drag the
/// as-of line, an edge, or a window with all that are selected; drag the ground to move in time; click a row to choose
/// it; wheel scrolls, Ctrl+wheel zooms. Keys while it has the focus: ←/→ move the as-of line by a day (Shift month, Alt
/// hour), Home shows today. Accessible: value is the as-of instant, children are the bars. Table twin: the grid's F7.
/// Ui thread.
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

    struct Piece : widgets::PaintedPart { ///< an accessible child
        WindowId window;
    };
    [[nodiscard]] std::vector<Piece> pieces() const;
    [[nodiscard]] QSize sizeHint() const override { return {800, 400}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 120}; }

Q_SIGNALS:
    void atWanted(vidimus::Instant at);
    void windowChosen(const vidimus::WindowId& window);
    void edgeMoved(const vidimus::WindowId& window, vidimus::ui::rights::Edge edge, vidimus::Instant to);
    void windowsMoved(const std::vector<vidimus::WindowId>& windows, vidimus::Milliseconds by);
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
    [[nodiscard]] const GridRow* rowAtY(int y) const;
    [[nodiscard]] bool isOnLine(int x) const;
    void paintGrounds(QPainter& painter);
    void paintBars(QPainter& painter);
    void paintLines(QPainter& painter);

    RightsGridView& m_grid;
    TimeScale m_scale;
    Instant m_now {};
    Instant m_at {};
    ChartDrag m_drag;
    QPointer<EdgeEditor> m_editor;
    int m_paintedRows = 0;
};

} // namespace vidimus::ui::rights
