#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

namespace vidimus::ui::rights {

class DealsPanel;
class DraftsPanel;
class ExpiriesPanel;
class HistoryPanel;
class HoldsPanel;
class IssuesPanel;

/// C4: what contradicts what with fixes to stage, the contracts, what ends soon, the plans that wait for a second
/// person, and the history of the window that is chosen in any of them. Ui thread.
class ContractsView : public Panel {
    Q_OBJECT

public:
    ContractsView(workbench::Workspace& workspace, RightsSession& session, QWidget* parent = nullptr);

    [[nodiscard]] IssuesPanel& issues() { return *m_issues; }
    [[nodiscard]] ExpiriesPanel& expiries() { return *m_expiries; }
    [[nodiscard]] HistoryPanel& history() { return *m_history; }
    [[nodiscard]] DealsPanel& deals() { return *m_deals; }
    [[nodiscard]] DraftsPanel& drafts() { return *m_drafts; }
    [[nodiscard]] HoldsPanel& holds() { return *m_holds; }
    void setNarrow(bool narrow);

Q_SIGNALS:
    void announced(const QString& sentence);

protected:
    void showEvent(QShowEvent* event) override;

private:
    IssuesPanel* m_issues;
    ExpiriesPanel* m_expiries;
    DealsPanel* m_deals;
    DraftsPanel* m_drafts;
    HoldsPanel* m_holds;
    HistoryPanel* m_history;
};

} // namespace vidimus::ui::rights
