#pragma once

#include "ui/rights/rights_grid_model.h"

#include <QTreeView>
#include <functional>

namespace vidimus::ui::rights {

/// The list of windows. Arrows move the cell; past the last column they choose the start and the end in the chart.
/// Ui thread.
class RightsGridView : public QTreeView {
    Q_OBJECT

public:
    explicit RightsGridView(RightsGridModel& model, QWidget* parent = nullptr);

    [[nodiscard]] QModelIndex currentWindow() const; ///< first column, or invalid
    [[nodiscard]] const GridRow* currentRow() const;
    [[nodiscard]] std::vector<WindowId> selectedWindows() const;
    /// What an edit of \a window applies to: all that are selected with it.
    [[nodiscard]] std::vector<WindowId> editTargets(const WindowId& window) const;
    /// The current window and those below it in its group.
    [[nodiscard]] std::vector<WindowId> windowsFromCursor() const;
    [[nodiscard]] std::vector<GridRow> selectedRows() const;
    /// The edge that the keys act on, when the cursor stands in the chart.
    [[nodiscard]] std::optional<Edge> edge() const { return m_edge; }
    void setEdge(std::optional<Edge> edge);
    [[nodiscard]] bool isCursorAt(const QModelIndex& index) const;
    /// The column that F2 and fill down act on; an edge counts as its column.
    [[nodiscard]] Column cursorColumn() const;
    void showWindow(const WindowId& window, Column column);
    /// Opens the editor of the cursor's cell; an edge without a shown column is told by edgeEditWanted().
    bool editCursor();
    [[nodiscard]] bool isEditing() const { return state() == EditingState; }
    void cancelEdit();
    /// The table twin shows start, end and sites as columns.
    void setTableTwin(bool twin);
    [[nodiscard]] bool isTableTwin() const { return m_twin; }
    void setNarrow(bool narrow);
    /// Closes all groups, or opens them when all are closed.
    void toggleGroups();
    /// Rows in the viewport, top down; \a use(index of the first column, y, height).
    void forEachShownRow(const std::function<void(const QModelIndex&, QRect)>& use) const;

Q_SIGNALS:
    void cursorMoved();
    void edgeEditWanted(vidimus::ui::rights::Edge edge);
    void laidOut(); ///< rows may stand elsewhere now

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void mousePressEvent(QMouseEvent* event) override;
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override { }
    void resizeEvent(QResizeEvent* event) override;

private:
    void moveColumn(int step);
    void applyColumns();
    [[nodiscard]] std::vector<int> shownColumns() const;

    RightsGridModel& m_model;
    std::optional<Edge> m_edge;
    bool m_twin = false;
    bool m_narrow = false;
};

} // namespace vidimus::ui::rights
