#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QTableView;

namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;

/// Three columns for what somebody else changed while it was being edited here: as both found it, theirs, mine. One
/// side is chosen for the rows marked. Hidden while there are none. Ui thread.
class ClashPanel : public Panel {
    Q_OBJECT

public:
    explicit ClashPanel(RightsSession& session, QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }
    void setNarrow(bool narrow);
    /// Lets one side stand in the rows marked.
    void choose(Side side);

private:
    void refresh();

    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    widgets::Button* m_mine;
    widgets::Button* m_theirs;
    CellTableModel* m_model;
    QTableView* m_table;
    std::vector<Clash> m_clashes;
};

} // namespace vidimus::ui::rights
