#include "ui/rights/contracts_view.h"

#include "ui/rights/deals_panel.h"
#include "ui/rights/drafts_panel.h"
#include "ui/rights/expiries_panel.h"
#include "ui/rights/history_panel.h"
#include "ui/rights/holds_panel.h"
#include "ui/rights/issues_panel.h"
#include "ui/widgets/splitter.h"

#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace widgets;

ContractsView::ContractsView(workbench::Workspace& workspace, RightsSession& session, QWidget* parent)
    : Panel({}, parent)
    , m_issues(new IssuesPanel(session, this))
    , m_expiries(new ExpiriesPanel(workspace, session, this))
    , m_deals(new DealsPanel(workspace, session, this))
    , m_drafts(new DraftsPanel(workspace, session, this))
    , m_holds(new HoldsPanel(workspace, this))
    , m_history(new HistoryPanel(workspace, session, this))
{
    setAccessibleName(tr("Contracts and expiries"));
    auto* left = new Splitter(Qt::Vertical, this);
    left->addWidget(m_issues);
    left->addWidget(m_deals);
    auto* right = new Splitter(Qt::Vertical, this);
    right->addWidget(m_expiries);
    right->addWidget(m_drafts);
    right->addWidget(m_holds);
    right->addWidget(m_history);
    auto* both = new Splitter(Qt::Horizontal, this);
    both->addWidget(left);
    both->addWidget(right);
    both->setStretchFactor(0, 1);
    both->setStretchFactor(1, 1);
    both->setSizes({1040, 800});
    for (Splitter* splitter : {left, right, both})
        splitter->setChildrenCollapsible(false);
    left->setSizes({600, 360});
    right->setSizes({460, 160, 160, 340});
    column()->addWidget(both, 1);
    connect(m_issues, &IssuesPanel::windowChosen, m_history, &HistoryPanel::showWindow);
    connect(m_expiries, &ExpiriesPanel::windowChosen, m_history, &HistoryPanel::showWindow);
    connect(m_deals, &DealsPanel::windowChosen, m_history, &HistoryPanel::showWindow);
    connect(m_issues, &IssuesPanel::staged, this, &ContractsView::announced);
    connect(m_drafts, &DraftsPanel::announced, this, &ContractsView::announced);
    connect(m_holds, &HoldsPanel::announced, this, &ContractsView::announced);
    connect(m_deals, &DealsPanel::announced, this, &ContractsView::announced);
    connect(m_expiries, &ExpiriesPanel::announced, this, &ContractsView::announced);
}

void ContractsView::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    m_holds->reload();
}

void ContractsView::setNarrow(bool narrow)
{
    m_issues->table()->setColumnHidden(2, narrow);
    m_issues->table()->setColumnWidth(0, narrow ? 170 : 230);
    m_issues->table()->setColumnWidth(1, narrow ? 140 : 200);
    m_issues->table()->setColumnWidth(3, narrow ? 170 : 230);
    m_expiries->table()->setColumnHidden(4, narrow);
    m_expiries->table()->setColumnWidth(3, narrow ? 190 : 220);
    m_expiries->table()->setColumnHidden(2, narrow);
    m_history->table()->setColumnWidth(0, 150);
    m_history->table()->setColumnWidth(1, narrow ? 64 : 110);
    m_history->table()->setColumnWidth(2, narrow ? 100 : 130);
    m_history->table()->setColumnWidth(3, narrow ? 120 : 190);
    m_deals->table()->setColumnHidden(3, narrow);
    m_deals->table()->setColumnHidden(4, narrow);
    m_deals->table()->setColumnWidth(0, narrow ? 80 : 110);
}

} // namespace vidimus::ui::rights
