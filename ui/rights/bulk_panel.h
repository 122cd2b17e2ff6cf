#pragma once

#include "ui/rights/panel.h"
#include "ui/rights/rights_session.h"

class QStackedWidget;

namespace vidimus::ui::widgets {
class Button;
class IconButton;
class SegmentedControl;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::rights {

class BulkForm;

enum class BulkTask { Shift, Replace, Copy };

/// A strip above the grid for edits of all selected windows at once. It says what it would do while one types, stages
/// it with Enter, and holds up nothing. Ui thread.
class BulkPanel : public Panel {
    Q_OBJECT

public:
    explicit BulkPanel(RightsSession& session, QWidget* parent = nullptr);

    void open(BulkTask task, const std::vector<WindowId>& selected);
    void setSelected(const std::vector<WindowId>& selected);
    void shut();
    void stage();
    [[nodiscard]] BulkForm& form() const;
    [[nodiscard]] QString summaryText() const;

Q_SIGNALS:
    void closed();
    void staged(int count);

private:
    void refresh();
    [[nodiscard]] std::vector<engine::Rule> selectedRules() const;

    RightsSession& m_session;
    widgets::SegmentedControl* m_task;
    QStackedWidget* m_forms;
    widgets::TextLabel* m_summary;
    widgets::Button* m_stage;
    widgets::IconButton* m_close;
    std::vector<WindowId> m_selected;
};

} // namespace vidimus::ui::rights
