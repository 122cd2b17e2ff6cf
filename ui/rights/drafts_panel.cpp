#include "ui/rights/drafts_panel.h"

#include "core/workbench/events.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/plan_rows.h"
#include "ui/rights/problem_text.h"
#include "ui/rights/rights_texts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

/// "DE +1: avod start, avod end".
QString whatText(const workbench::RightsDraft& draft)
{
    std::vector<PlanRow> rows;
    for (const engine::Rule& rule : draft.plan.put) {
        const auto seen = std::ranges::find(draft.plan.seen, rule.id, &engine::Rule::id);
        addRuleRows(seen == draft.plan.seen.end() ? nullptr : &*seen, &rule, rows);
    }
    QStringList words;
    for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 3); ++i)
        words << u"%1: %2 %3"_s.arg(rows[i].territory, rows[i].what, rows[i].after);
    return words.join(u"; "_s);
}

} // namespace

DraftsPanel::DraftsPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent)
    : Panel(Qt::TopEdge, parent)
    , m_workspace(workspace)
    , m_session(session)
    , m_header(new SectionHeader(tr("Waiting for a second person"), this))
    , m_approve(new Button(tr("Approve"), Button::Kind::Suggested, this))
    , m_drop(new Button(tr("Drop"), Button::Kind::Quiet, this))
    , m_model(new CellTableModel({tr("Made"), tr("By"), tr("Windows"), tr("What")}, this))
    , m_table(new QTableView(this))
{
    setAccessibleName(tr("Plans that wait for a second person"));
    m_approve->setKeyHint(keyText(QKeySequence(Qt::Key_Return)));
    m_header->addTrailing(m_drop);
    m_header->addTrailing(m_approve);
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Plans that wait for a second person"));
    m_table->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
    m_table->setColumnWidth(0, 150);
    m_table->setColumnWidth(1, 110);
    m_table->setColumnWidth(2, 70);
    m_table->setMinimumHeight(84);
    column()->addWidget(m_header);
    column()->addWidget(m_table, 1);
    connect(m_approve, &QAbstractButton::clicked, this, &DraftsPanel::approveCurrent);
    connect(m_drop, &QAbstractButton::clicked, this, &DraftsPanel::dropCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DraftsPanel::refreshButtons);
    connect(&workspace.events(), &workbench::WorkspaceEvents::rulesChanged, this, &DraftsPanel::reload);
    hide();
    reload();
}

void DraftsPanel::reload()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::rightsDrafts(workspace); },
        [this](const Result<std::vector<workbench::RightsDraft>>& drafts) {
            if (drafts)
                show(*drafts);
            else
                Q_EMIT announced(problemSentence(drafts.error()));
        });
}

void DraftsPanel::show(const std::vector<workbench::RightsDraft>& drafts)
{
    m_drafts = drafts;
    std::vector<TableRow> rows;
    for (const workbench::RightsDraft& draft : drafts) {
        const auto count = draft.plan.put.size() + draft.plan.remove.size();
        const QString author = draft.authorName.isEmpty() ? draft.author.toString() : draft.authorName;
        rows.push_back({{{instantText(draft.madeAt), std::nullopt, {}, {}, false, false, {}},
                            {author, Ink::Second, {}, {}, false, false, {}},
                            {QString::number(count), std::nullopt, {}, {}, false, true, {}},
                            {whatText(draft), Ink::Second, {}, {}, false, false, {}}},
            draft.id});
    }
    m_model->setRows(std::move(rows));
    m_header->setCount(QString::number(drafts.size()));
    setVisible(!drafts.empty());
    if (!drafts.empty())
        m_table->selectRow(0);
    refreshButtons();
}

void DraftsPanel::refreshButtons()
{
    const int row = m_table->currentIndex().row();
    const bool chosen = row >= 0 && row < std::ssize(m_drafts);
    const QString mayNot = m_session.mayEdit() ? QString() : tr("Your role may look at rights, but not change them.");
    const bool own = chosen && m_drafts[static_cast<std::size_t>(row)].author == m_workspace.me().id;
    m_approve->setDisabledReason(!mayNot.isEmpty() ? mayNot
            : !chosen                              ? tr("Choose a plan first.")
            : own                                  ? tr("You made this plan; another person has to approve it.")
                                                   : QString());
    m_drop->setDisabledReason(!mayNot.isEmpty() ? mayNot : !chosen ? tr("Choose a plan first.") : QString());
}

void DraftsPanel::approveCurrent()
{
    const int row = m_table->currentIndex().row();
    if (!m_approve->isEnabled() || row < 0 || row >= std::ssize(m_drafts))
        return;
    const workbench::RightsDraft draft = m_drafts[static_cast<std::size_t>(row)];
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, id = draft.id] { return workbench::approveRightsDraft(workspace, id); },
        [this, draft](const Result<void>& result) {
            const bool stale = !result && result.error().reason == "stale_plan";
            if (stale)
                m_session.take(draft.plan);
            Q_EMIT announced(result ? tr("The plan was approved and saved.")
                    : stale ? tr("Its windows were changed since it was made. It is staged here now: choose for each "
                                 "row what stands, then save it, and drop the one that waits.")
                            : problemSentence(result.error()));
            reload();
        });
}

void DraftsPanel::dropCurrent()
{
    const QString id = m_model->idAt(m_table->currentIndex().row());
    if (!m_drop->isEnabled() || id.isEmpty())
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, id] { return workbench::dropRightsDraft(workspace, id); },
        [this](const Result<void>& result) {
            Q_EMIT announced(
                result ? tr("The plan waits no more; it stays in the log.") : problemSentence(result.error()));
            reload();
        });
}

void DraftsPanel::keyPressEvent(QKeyEvent* event)
{
    const bool plain = event->modifiers() == Qt::NoModifier && m_table->hasFocus();
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        return approveCurrent();
    Panel::keyPressEvent(event);
}

} // namespace vidimus::ui::rights
