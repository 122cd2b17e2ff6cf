#pragma once

#include <QTableView>

namespace vidimus::ui::rights {

class MatrixModel;

/// Titles by territory; both headings stay while the cells scroll. Arrows move, Enter asks why. Ui thread.
class MatrixView : public QTableView {
    Q_OBJECT

public:
    explicit MatrixView(MatrixModel& model, QWidget* parent = nullptr);

Q_SIGNALS:
    void cellWanted(const QModelIndex& cell); ///< Enter or a click

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace vidimus::ui::rights
