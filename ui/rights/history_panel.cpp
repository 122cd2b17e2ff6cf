#include "ui/rights/history_panel.h"

#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/plan_rows.h"
#include "ui/rights/problem_text.h"
#include "ui/rights/rights_texts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

HistoryPanel::HistoryPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent)
    : Panel(Qt::TopEdge, parent)
    , m_workspace(workspace)
    , m_session(session)
    , m_header(new SectionHeader(tr("History"), this))
    , m_model(new CellTableModel({tr("When"), tr("Who"), tr("What"), tr("Before"), tr("After")}, this))
    , m_table(new QTableView(this))
    , m_origin(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
{
    setAccessibleName(tr("History of the window"));
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Changes of the window, newest first"));
    m_table->horizontalHeader()->setSectionResizeMode(4, QHeaderView::Stretch);
    m_table->setColumnWidth(0, 150);
    m_table->setColumnWidth(1, 110);
    m_table->setColumnWidth(2, 110);
    m_table->setColumnWidth(3, 200);
    m_origin->setText(tr("Choose a window to see who changed it."));
    column()->addWidget(m_header);
    column()->addWidget(m_table, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(kPanelPadding, 6, kPanelPadding, 8);
    foot->addWidget(m_origin);
    column()->addLayout(foot);
    connect(&session, &RightsSession::applied, this, &HistoryPanel::ask);
}

HistoryPanel::~HistoryPanel()
{
    m_cancel.cancel();
}

QString HistoryPanel::originText() const
{
    return m_origin->text();
}

void HistoryPanel::showWindow(const WindowId& window)
{
    if (window == m_window)
        return;
    m_window = window;
    ask();
}

void HistoryPanel::ask()
{
    if (m_window.isEmpty())
        return;
    m_cancel.cancel();
    m_cancel = CancelSource();
    const int turn = ++m_turn;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, window = m_window, cancel = m_cancel.token()] {
            return workbench::windowHistory(workspace, window, cancel);
        },
        [this, turn](const Result<std::vector<workbench::WindowChange>>& changes) {
            if (turn != m_turn)
                return;
            if (changes)
                show(*changes);
            else
                m_origin->setText(problemSentence(changes.error()));
        });
}

void HistoryPanel::show(const std::vector<workbench::WindowChange>& changes)
{
    std::vector<TableRow> rows;
    for (const workbench::WindowChange& change : changes) {
        std::vector<PlanRow> parts;
        if (change.before || change.after)
            addRuleRows(change.before ? &*change.before : nullptr, change.after ? &*change.after : nullptr, parts);
        if (parts.empty())
            parts.push_back({m_window, {}, {}, change.after ? tr("saved again") : tr("removed"), {}, {}});
        bool first = true;
        for (const PlanRow& part : parts) {
            const auto only = [&first](const QString& text) { return first ? text : QString(); };
            rows.push_back(
                {{{only(instantText(change.at)), std::nullopt, {}, {}, false, false, instantText(change.at)},
                     {only(change.person), Ink::Second, {}, {}, false, false, change.person},
                     {part.what, std::nullopt, {}, {}, false, false, {}},
                     {part.before, Ink::Second, {}, {}, !part.before.isEmpty() && !part.after.isEmpty(), false, {}},
                     {part.after, std::nullopt, {}, {}, false, false, {}}},
                    {}});
            first = false;
        }
    }
    m_model->setRows(std::move(rows));
    m_header->setCount(tr("%n change(s)", nullptr, static_cast<int>(changes.size())));
    const engine::Rule* rule = m_session.plan().find(m_window);
    const auto origin = rule ? rule->provenance : std::nullopt;
    QString text = !origin ? tr("Made by hand, not imported.")
        : origin->sheet.isEmpty()
        ? tr("Imported from %1, row %2.").arg(origin->file).arg(origin->row)
        : tr("Imported from %1, sheet %2, row %3.").arg(origin->file, origin->sheet).arg(origin->row);
    if (origin && !origin->timeZones.isEmpty())
        //: %1 is the sentence on the import, %2 a version such as 2025b.
        text = tr("%1 Local times were read with time zones %2.").arg(text, origin->timeZones);
    m_origin->setText(text);
}

} // namespace vidimus::ui::rights
