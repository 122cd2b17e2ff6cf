#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QTableView;

namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;

/// What ends in the next 90 days, soonest first, with the step of its alarm; the same goes to a calendar. Ui thread.
class ExpiriesPanel : public Panel {
    Q_OBJECT

public:
    ExpiriesPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }
    /// Writes starts and ends with their alarms to a file, beside the window.
    void exportCalendar(const QString& file);

Q_SIGNALS:
    void windowChosen(const vidimus::WindowId& window);
    void announced(const QString& sentence);

private:
    void askForCalendar();
    void refresh();

    workbench::Workspace& m_workspace;
    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    widgets::Button* m_calendar;
    CellTableModel* m_model;
    QTableView* m_table;
    widgets::TextLabel* m_empty;
};

} // namespace vidimus::ui::rights
