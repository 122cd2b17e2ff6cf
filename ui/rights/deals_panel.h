#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

#include <set>

class QTableView;

namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;

/// The contracts with their licensor, state and term, how many windows stand on each and what ends next; and which of
/// them demand a second person. Ui thread.
class DealsPanel : public Panel {
    Q_OBJECT

public:
    DealsPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }

Q_SIGNALS:
    void announced(const QString& sentence);
    void windowChosen(const vidimus::WindowId& window); ///< the one of the contract that ends next

private:
    void refresh();
    void readDemands();
    void refreshButton();
    void toggleDemand();
    [[nodiscard]] DealId currentDeal() const;

    workbench::Workspace& m_workspace;
    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    CellTableModel* m_model;
    QTableView* m_table;
    widgets::TextLabel* m_empty;
    widgets::Button* m_demand;
    std::set<DealId> m_demands;
};

} // namespace vidimus::ui::rights
