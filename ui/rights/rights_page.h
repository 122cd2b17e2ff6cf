#pragma once

#include "ui/rights/grid_rows.h"
#include "ui/rights/rights_session.h"
#include "ui/shell/workspace_page.h"

class QSplitter;
class QStackedWidget;

namespace vidimus::ui::widgets {
class TextLabel;
}

namespace vidimus::ui::rights {

class BulkPanel;
class ContractsView;
class EffectPanel;
class ImportPanel;
class ExplainPanel;
class LiveAtPanel;
class PinControl;
class PlanPanel;
class RightsBar;
class RightsChart;
class RightsGridModel;
class RightsGridView;
class RightsKeys;
class TitleSelector;
class WhereView;

/// The rights workspace in four views over one staged plan: C1 timeline (grid and chart), C2 plan (the grid with every
/// column, edits of many windows), C3 explain (map, matrix, the visitor's preview), C4 contracts (conflicts, expiries,
/// history). Joins the parts; what keys do is in RightsKeys. Ui thread.
class RightsPage : public shell::WorkspacePage {
    Q_OBJECT

public:
    explicit RightsPage(workbench::Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] std::vector<widgets::SegmentedControl::Segment> views() const override;
    [[nodiscard]] QString currentView() const override { return m_view; }
    void showView(const QString& id) override;
    void showNextView();
    [[nodiscard]] QWidget* titleWidget() override { return m_titleWidget; }
    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] QWidget* filterInput() override;
    [[nodiscard]] std::vector<QWidget*> panes() override;
    [[nodiscard]] QRect drawerArea() const override;
    void setNarrow(bool narrow) override;
    [[nodiscard]] QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;
    /// \a id of a title: the page is about it alone then, and says why it is or is not available.
    void openSubject(const QString& id) override;

    [[nodiscard]] RightsSession& session() { return *m_session; }
    [[nodiscard]] RightsGridView& grid() { return *m_grid; }
    [[nodiscard]] RightsGridModel& model() { return *m_model; }
    [[nodiscard]] RightsChart& chart() { return *m_chart; }
    [[nodiscard]] RightsBar& bar() { return *m_bar; }
    [[nodiscard]] LiveAtPanel& live() { return *m_live; }
    [[nodiscard]] PlanPanel& plan() { return *m_plan; }
    [[nodiscard]] BulkPanel& bulk() { return *m_bulk; }
    [[nodiscard]] ImportPanel& import() { return *m_import; }
    [[nodiscard]] EffectPanel& effect() { return *m_effect; }
    [[nodiscard]] ExplainPanel& explainer() { return *m_explain; }
    [[nodiscard]] WhereView& where() { return *m_where; }
    [[nodiscard]] PinControl& pin() { return *m_pin; }
    [[nodiscard]] ContractsView& contracts() { return *m_contracts; }

    void explainCurrent();
    void showToday();
    /// F7: the plan shows as a table what the timeline draws.
    void toggleTwin();
    void setGrouping(Grouping grouping);
    /// Asks for a file without holding up the window.
    void askForImport();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeTitle();
    QWidget* makeContent(workbench::Workspace& workspace);
    QWidget* makeLower(QWidget* parent);
    void connectParts();
    void connectViews();
    void connectEdits();
    void arrange();
    void refreshRows();
    void refreshState();
    void refreshReason();
    void announce(const QString& sentence);
    void showWindow(const WindowId& window);
    [[nodiscard]] bool hasRules() const;

    RightsSession* m_session;
    PinControl* m_pin;
    RightsGridModel* m_model;
    QStackedWidget* m_stack;
    QWidget* m_titleWidget = nullptr;
    TitleSelector* m_titles = nullptr;
    widgets::TextLabel* m_clock = nullptr;
    RightsBar* m_bar = nullptr;
    RightsGridView* m_grid = nullptr;
    RightsChart* m_chart = nullptr;
    QWidget* m_chartSide = nullptr;
    QSplitter* m_split = nullptr;
    QStackedWidget* m_views = nullptr;
    WhereView* m_where = nullptr;
    ContractsView* m_contracts = nullptr;
    QSplitter* m_lower = nullptr;
    QWidget* m_lowerHolder = nullptr;
    BulkPanel* m_bulk = nullptr;
    ImportPanel* m_import = nullptr;
    LiveAtPanel* m_live = nullptr;
    PlanPanel* m_plan = nullptr;
    EffectPanel* m_effect = nullptr;
    ExplainPanel* m_explain = nullptr;
    QWidget* m_content = nullptr;
    QWidget* m_loading = nullptr;
    QWidget* m_empty = nullptr;
    QWidget* m_failed = nullptr;
    std::unique_ptr<RightsKeys> m_keys;
    QJsonObject m_waitingState;
    bool m_narrow = false;
    Grouping m_grouping = Grouping::Title;
    QString m_view;
};

} // namespace vidimus::ui::rights
