#pragma once

#include "core/workbench/rights_history.h"
#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QTableView;

namespace vidimus::ui::widgets {
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;

/// Who changed a window when, from what to what, and the row of the file that it came from. Ui thread.
class HistoryPanel : public Panel {
    Q_OBJECT

public:
    HistoryPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent = nullptr);
    ~HistoryPanel() override;

    void showWindow(const WindowId& window);
    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }
    [[nodiscard]] QString originText() const;

private:
    void ask();
    void show(const std::vector<workbench::WindowChange>& changes);

    workbench::Workspace& m_workspace;
    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    CellTableModel* m_model;
    QTableView* m_table;
    widgets::TextLabel* m_origin;
    WindowId m_window;
    CancelSource m_cancel;
    int m_turn = 0;
};

} // namespace vidimus::ui::rights
