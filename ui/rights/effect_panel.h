#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QTableView;

namespace vidimus::ui::widgets {
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;

/// Who would gain and who would lose what, if the plan were applied: answers compared, not rules.
class EffectPanel : public Panel {
    Q_OBJECT

public:
    explicit EffectPanel(RightsSession& session, QWidget* parent = nullptr);
    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }

private:
    void refresh();

    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    CellTableModel* m_model;
    QTableView* m_table;
    widgets::TextLabel* m_foot;
};

} // namespace vidimus::ui::rights
