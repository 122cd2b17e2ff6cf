#pragma once

#include "core/base/ids.h"
#include "core/catalog/operation.h"

#include <QHash>
#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTableView;

namespace vidimus::ui::publishing {

class OperationPanel;
class OutboxModel;

/// What waits to be sent beside the selected operation in full.
class OutboxView : public QWidget {
    Q_OBJECT

public:
    explicit OutboxView(QWidget* parent);

    void setOperations(std::vector<catalog::Operation> operations, const QHash<TitleId, QString>& names, Instant now);
    /// Null when nothing is selected.
    [[nodiscard]] const catalog::Operation* selected() const;
    [[nodiscard]] OutboxModel& model() { return *m_model; }
    [[nodiscard]] QWidget* focusWidgetOf() const;
    [[nodiscard]] QRect panelRect() const;
    void setNarrow(bool narrow);

Q_SIGNALS:
    void retryWanted();
    void dropWanted();
    void sendWanted();

private:
    void showSelected();

    OutboxModel* m_model;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    QTableView* m_table;
    OperationPanel* m_panel;
    OperationId m_selected;
    Instant m_now {};
};

} // namespace vidimus::ui::publishing
