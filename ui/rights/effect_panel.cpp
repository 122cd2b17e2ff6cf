#include "ui/rights/effect_panel.h"

#include "ui/rights/effect_rows.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace widgets;

EffectPanel::EffectPanel(RightsSession& session, QWidget* parent)
    : Panel(Qt::TopEdge | Qt::LeftEdge, parent)
    , m_session(session)
    , m_header(new SectionHeader(tr("Effect"), this))
    , m_model(new CellTableModel({tr("Where"), tr("What and when"), tr("Days")}, this))
    , m_table(new QTableView(this))
    , m_foot(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
{
    setAccessibleName(tr("Effect"));
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("What the plan changes"));
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::ResizeToContents); // a sum is never cut off
    m_table->setColumnWidth(0, 96);
    m_table->setMinimumHeight(56);
    m_foot->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    column()->addWidget(m_header);
    column()->addWidget(m_table, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(kPanelPadding, 6, kPanelPadding, 8);
    foot->addWidget(m_foot);
    column()->addLayout(foot);
    connect(&session, &RightsSession::planChanged, this, &EffectPanel::refresh);
    connect(&session, &RightsSession::measured, this, &EffectPanel::refresh);
    refresh();
}

void EffectPanel::refresh()
{
    const bool empty = m_session.plan().isEmpty();
    if (empty) {
        m_model->setRows({});
        m_header->setCount({});
        m_foot->setText(tr("Stage an edit to see who gains and who loses."));
        return;
    }
    if (!m_session.isMeasured()) {
        m_header->setCount(tr("being worked out"));
        return;
    }
    const PlanMeasure& measure = m_session.measure();
    m_header->setCount(tr("country days, all times UTC"));
    m_model->setRows(effectRows(measure.effects, *measure.rules));
    m_foot->setText(measure.effects.titlesChanged == 0
            ? tr("No answer changes.")
            : tr("%n title(s) change for viewers", nullptr, static_cast<int>(measure.effects.titlesChanged)));
}

} // namespace vidimus::ui::rights
