#include "ui/rights/bulk_panel.h"
#include "ui/rights/contracts_view.h"
#include "ui/rights/explain_panel.h"
#include "ui/rights/live_at_panel.h"
#include "ui/rights/pin_control.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_bar.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_keys.h"
#include "ui/rights/rights_page.h"

/// Who tells whom: edits from grid and chart to the session, and wishes between the parts of the page.
namespace vidimus::ui::rights {

void RightsPage::connectEdits()
{
    connect(
        m_model, &RightsGridModel::edited, this, [this](const WindowId& window, Column column, const QString& text) {
            m_session->edit(m_grid->editTargets(window), column, text);
        });
    connect(m_bulk, &BulkPanel::closed, this, [this] { m_grid->setFocus(Qt::OtherFocusReason); });
    connect(m_bulk, &BulkPanel::staged, this,
        [this](int count) { announce(tr("%n edit(s) staged. Ctrl+Z takes them back.", nullptr, count)); });
    connect(m_session, &RightsSession::pasted, this, [this](int changed, int added) {
        //: After a paste: how many windows changed, and how many are new.
        announce(tr("%n window(s) changed, %1 new. Ctrl+Z takes it back.", nullptr, changed).arg(added));
    });
    connect(m_session, &RightsSession::merged, this,
        [this](int count) { announce(tr("%n window(s) became one", nullptr, count)); });
    connect(m_grid, &RightsGridView::cursorMoved, this, &RightsPage::refreshReason);
    connect(m_grid, &RightsGridView::edgeEditWanted, m_chart, &RightsChart::editEdge);
    connect(m_chart, &RightsChart::atWanted, m_session, &RightsSession::setAt);
    connect(m_chart, &RightsChart::windowChosen, this, &RightsPage::showWindow);
    connect(m_chart, &RightsChart::edgeMoved, this, [this](const WindowId& window, Edge edge, Instant to) {
        if (const engine::Rule* rule = m_session->plan().find(window))
            m_session->stage({withEdge(*rule, edge, to)});
    });
    connect(m_chart, &RightsChart::windowsMoved, this, [this](const std::vector<WindowId>& windows, Milliseconds by) {
        m_session->change(windows, [by](const engine::Rule& rule) { return withShift(rule, by); });
    });
    connect(m_bar, &RightsBar::groupingWanted, this, &RightsPage::setGrouping);
    connect(m_chart, &RightsChart::edgeTyped, this, [this](const WindowId& window, Edge edge, const QString& text) {
        m_session->edit(m_grid->editTargets(window), edge == Edge::Start ? Column::Start : Column::End, text);
    });
}

void RightsPage::connectViews()
{
    connect(m_session, &RightsSession::drafted, this,
        [this] { announce(tr("The plan waits for a second person, under Contracts. Nothing of it is in force.")); });
    connect(m_session, &RightsSession::templateKept, this,
        [this](const QString& licensor) { announce(tr("This is the template of %1 now").arg(licensor)); });
    connect(m_session, &RightsSession::templateMissing, this, [this](const QString& licensor) {
        announce(licensor.isEmpty() ? tr("The window's contract names no licensor")
                                    : tr("%1 has no template yet; keep a window as one first").arg(licensor));
    });
    connect(m_session, &RightsSession::added, this, &RightsPage::showWindow);
    connect(m_pin, &PinControl::failed, m_session, &RightsSession::failed);
    connect(m_pin, &PinControl::changed, this, [this] {
        m_bar->setPin(m_pin->pinnedVersion());
        announce(m_pin->pinnedVersion()
                ? tr("Visitors get version %1 again; the rules here stay as they are").arg(*m_pin->pinnedVersion())
                : tr("Visitors get the newest version"));
    });
    connect(m_contracts, &ContractsView::announced, this, &RightsPage::announce);
    connect(m_chart, &RightsChart::zoomChanged, m_bar, &RightsBar::setZoom);
    connect(m_bar, &RightsBar::zoomWanted, m_chart, &RightsChart::setZoom);
    connect(m_bar, &RightsBar::todayWanted, this, &RightsPage::showToday);
    connect(m_bar, &RightsBar::importWanted, this, &RightsPage::askForImport);
    connect(m_bar, &RightsBar::nextConflictWanted, this, [this] {
        if (m_keys)
            m_keys->nextConflict();
    });
    connect(m_live, &LiveAtPanel::atWanted, this, [this](Instant at) {
        m_session->setAt(at);
        m_chart->bringIntoView(at);
    });
    connect(m_plan, &PlanPanel::windowChosen, this, &RightsPage::showWindow);
    connect(m_plan, &PlanPanel::fillDownWanted, this, [this] {
        if (m_keys)
            m_keys->fillDown();
    });
    connect(m_explain, &ExplainPanel::windowChosen, this, &RightsPage::showWindow);
}

} // namespace vidimus::ui::rights
