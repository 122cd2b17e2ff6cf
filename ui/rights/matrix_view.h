#pragma once

#include <QTableView>

namespace vidimus::ui::rights {

class MatrixModel;

/// Titles by territory; both headings stay while the cells scroll. The model is told which rows are in view. Arrows
/// move, Enter asks why. Ui thread.
class MatrixView : public QTableView {
    Q_OBJECT

public:
    explicit MatrixView(MatrixModel& model, QWidget* parent = nullptr);

    /// First and last, the last -1 when there are none.
    [[nodiscard]] std::pair<int, int> rowsInView() const;
    /// Tells the model what is in view.
    void look();

Q_SIGNALS:
    void cellWanted(const QModelIndex& cell); ///< Enter or a click

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    MatrixModel& m_model;
};

} // namespace vidimus::ui::rights
