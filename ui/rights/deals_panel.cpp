#include "ui/rights/deals_panel.h"

#include "core/workbench/events.h"
#include "core/workbench/rights_drafts.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/problem_text.h"
#include "ui/rights/rights_texts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QHash>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

struct DealSum {
    int windows = 0;
    std::optional<Instant> nextEnd;
    WindowId next;
};

TableCell statusCell(engine::DealStatus status)
{
    const auto cell = [](const QString& text, Ink ink, const QString& iconName) {
        return TableCell {text, ink, iconName, {}, false, false, {}};
    };
    switch (status) {
    case engine::DealStatus::Draft:
        return cell(DealsPanel::tr("Draft"), Ink::Second, u"edit"_s);
    case engine::DealStatus::Pending:
        return cell(DealsPanel::tr("Pending"), Ink::Warning, u"clock"_s);
    case engine::DealStatus::Active:
        return cell(DealsPanel::tr("Active"), Ink::Passed, u"check"_s);
    case engine::DealStatus::Suspended:
        return cell(DealsPanel::tr("Suspended"), Ink::Warning, u"pause"_s);
    case engine::DealStatus::Ended:
        break;
    }
    return cell(DealsPanel::tr("Ended"), Ink::Second, u"stop"_s);
}

} // namespace

DealsPanel::DealsPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent)
    : Panel(Qt::TopEdge, parent)
    , m_workspace(workspace)
    , m_session(session)
    , m_header(new SectionHeader(tr("Contracts"), this))
    , m_model(new CellTableModel(
          {tr("Contract"), tr("Licensor"), tr("State"), tr("Term"), tr("Windows"), tr("Next end"), tr("People")}, this))
    , m_table(new QTableView(this))
    , m_empty(new TextLabel(tr("No contract stands yet; an import brings them."), TextRole::Body, Ink::Second, this))
    , m_demand(new Button({}, Button::Kind::Quiet, this))
{
    setAccessibleName(tr("Contracts"));
    m_header->addTrailing(m_demand);
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Contracts"));
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    const std::array widths {110, 200, 110, 230, 80, 170, 90};
    for (int i = 0; i < std::ssize(widths); ++i)
        m_table->setColumnWidth(i, widths[static_cast<std::size_t>(i)]);
    m_empty->setAlignment(Qt::AlignCenter);
    column()->addWidget(m_header);
    column()->addWidget(m_table, 1);
    column()->addWidget(m_empty, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
        if (const QString id = m_model->idAt(at.row()); m_table->hasFocus() && !id.isEmpty())
            Q_EMIT windowChosen(WindowId(id));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DealsPanel::refreshButton);
    connect(m_demand, &QAbstractButton::clicked, this, &DealsPanel::toggleDemand);
    connect(&session, &RightsSession::measured, this, &DealsPanel::refresh);
    connect(&workspace.events(), &workbench::WorkspaceEvents::rulesChanged, this, &DealsPanel::readDemands);
    readDemands();
    refresh();
}

DealId DealsPanel::currentDeal() const
{
    const int row = m_table->currentIndex().row();
    return row < 0 ? DealId() : DealId(m_model->textAt(row, 0));
}

void DealsPanel::readDemands()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::dealsOfTwoPeople(workspace); },
        [this](const Result<std::set<DealId>>& deals) {
            if (deals) {
                m_demands = *deals;
                refresh();
            }
        });
}

void DealsPanel::refreshButton()
{
    const DealId deal = currentDeal();
    m_demand->setText(m_demands.contains(deal) ? tr("Let one person save") : tr("Demand a second person"));
    m_demand->setDisabledReason(!m_session.mayEdit() ? tr("Your role may look at rights, but not change them.")
            : deal.isEmpty()                         ? tr("Choose a contract first.")
                                                     : QString());
}

void DealsPanel::toggleDemand()
{
    const DealId deal = currentDeal();
    const bool demanded = !m_demands.contains(deal);
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, deal, demanded] { return workbench::demandSecondPerson(workspace, deal, demanded); },
        [this, deal, demanded](const Result<void>& done) {
            Q_EMIT announced(!done ? problemSentence(done.error())
                    : demanded     ? tr("Changes of %1 now wait for a second person.").arg(deal.toString())
                                   : tr("Changes of %1 are saved by one person.").arg(deal.toString()));
        });
}

void DealsPanel::refresh()
{
    std::vector<TableRow> rows;
    if (m_session.measure().rules) {
        const engine::RuleSet& rules = *m_session.measure().rules;
        const Instant now = m_session.now();
        QHash<QString, DealSum> sums;
        for (const engine::Rule& rule : rules.rules) {
            if (rule.deal.isEmpty())
                continue;
            DealSum& sum = sums[rule.deal.toString()];
            ++sum.windows;
            const auto& end = rule.window.end;
            if (end && now < *end && (!sum.nextEnd || *end < *sum.nextEnd)) {
                sum.nextEnd = end;
                sum.next = rule.id;
            }
        }
        for (const engine::Deal& deal : rules.deals) {
            const DealSum sum = sums.value(deal.id.toString());
            rows.push_back(
                {{{deal.id.toString(), std::nullopt, {}, {}, false, false, {}},
                     {deal.licensor, std::nullopt, {}, {}, false, false, {}}, statusCell(deal.status),
                     {windowText(deal.term), Ink::Second, {}, {}, false, false, {}},
                     {QString::number(sum.windows), std::nullopt, {}, {}, false, true, {}},
                     {sum.nextEnd ? instantText(*sum.nextEnd) : tr("none"), Ink::Second, {}, {}, false, false, {}},
                     {m_demands.contains(deal.id) ? tr("two") : tr("one"), Ink::Second,
                         m_demands.contains(deal.id) ? u"people"_s : u"person"_s, {}, false, false, {}}},
                    sum.next.toString()});
        }
    }
    const bool empty = rows.empty();
    m_header->setCount(empty ? QString() : QString::number(rows.size()));
    m_model->setRows(std::move(rows));
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
    refreshButton();
}

} // namespace vidimus::ui::rights
