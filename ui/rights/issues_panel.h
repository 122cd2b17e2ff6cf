#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QTableView;

namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
class SegmentedControl;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class CellTableModel;

/// All conflicts of the planned rules at once, and the advice, each with what would settle it. Enter stages the fix of
/// the row; it can be undone like any other edit. Ui thread.
class IssuesPanel : public Panel {
    Q_OBJECT

public:
    explicit IssuesPanel(RightsSession& session, QWidget* parent = nullptr);

    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] const CellTableModel& model() const { return *m_model; }
    void stageCurrent();

Q_SIGNALS:
    void windowChosen(const vidimus::WindowId& window);
    void staged(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    void refreshButton();
    [[nodiscard]] const engine::Issue* currentIssue() const;

    RightsSession& m_session;
    widgets::SectionHeader* m_header;
    widgets::SegmentedControl* m_kind;
    CellTableModel* m_model;
    QTableView* m_table;
    widgets::TextLabel* m_empty;
    widgets::Button* m_stage;
    engine::Issues m_shown;
};

} // namespace vidimus::ui::rights
