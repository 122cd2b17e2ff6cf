#pragma once

#include "core/workbench/rights_drafts.h"
#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QTableView;

namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;

/// Plans that wait for a second person: who made them, when, and what they would change. Enter approves, Delete takes
/// one from the list. Hidden while there are none. Ui thread.
class DraftsPanel : public Panel {
    Q_OBJECT

public:
    DraftsPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }
    void reload();
    /// One whose windows were changed meanwhile is staged instead, with what has to be chosen.
    void approveCurrent();
    void dropCurrent();

Q_SIGNALS:
    void announced(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void show(const std::vector<workbench::RightsDraft>& drafts);
    void refreshButtons();

    workbench::Workspace& m_workspace;
    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    widgets::Button* m_approve;
    widgets::Button* m_drop;
    CellTableModel* m_model;
    QTableView* m_table;
    std::vector<workbench::RightsDraft> m_drafts;
};

} // namespace vidimus::ui::rights
