#pragma once

#include "ui/rights/cell_edit.h"

#include <QLineEdit>

namespace vidimus::ui::rights {

/// The field over an edge in the chart. Takes an instant with or without a zone; the tooltip says what clocks of the
/// person's zone show. Goes by itself when it loses the focus. Ui thread.
class EdgeEditor : public QLineEdit {
    Q_OBJECT

public:
    EdgeEditor(const engine::Rule& rule, Edge edge, QWidget* parent);

Q_SIGNALS:
    void typed(const vidimus::WindowId& window, vidimus::ui::rights::Edge edge, const QString& text);
};

} // namespace vidimus::ui::rights
