#include "ui/rights/issues_panel.h"

#include "ui/rights/cell_table_model.h"
#include "ui/rights/issue_text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/table_helpers.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

IssuesPanel::IssuesPanel(RightsSession& session, QWidget* parent)
    : Panel({}, parent)
    , m_session(session)
    , m_header(new SectionHeader(tr("Conflicts and advice"), this))
    , m_kind(new SegmentedControl(this))
    , m_model(new CellTableModel({tr("What"), tr("Title"), tr("Territories"), tr("When"), tr("Suggested fix")}, this))
    , m_table(new QTableView(this))
    , m_empty(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_stage(new Button(tr("Stage the fix"), Button::Kind::Suggested, this))
{
    setAccessibleName(tr("Conflicts and advice"));
    m_kind->setAccessibleName(tr("Which ones"));
    m_kind->setSegments({{u"all"_s, tr("All")}, {u"conflicts"_s, tr("Conflicts")}, {u"advice"_s, tr("Advice")}});
    m_kind->setCurrent(u"all"_s);
    m_stage->setKeyHint(keyText(QKeySequence(Qt::Key_Return)));
    m_header->addTrailing(m_kind);
    m_header->addTrailing(m_stage);
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Conflicts and advice, with what would settle them"));
    m_table->horizontalHeader()->setSectionResizeMode(4, QHeaderView::Stretch);
    const std::array widths {230, 200, 130, 230};
    for (int i = 0; i < std::ssize(widths); ++i)
        m_table->setColumnWidth(i, widths[static_cast<std::size_t>(i)]);
    m_empty->setAlignment(Qt::AlignCenter);
    column()->addWidget(m_header);
    column()->addWidget(m_table, 1);
    column()->addWidget(m_empty, 1);
    connect(m_stage, &QAbstractButton::clicked, this, &IssuesPanel::stageCurrent);
    connect(m_table, &QTableView::doubleClicked, this, &IssuesPanel::stageCurrent);
    connect(m_kind, &SegmentedControl::chosen, this, &IssuesPanel::refresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        refreshButton();
        if (const engine::Issue* issue = currentIssue(); issue && !issue->conflict.rules.empty())
            Q_EMIT windowChosen(issue->conflict.rules.front());
    });
    connect(&session, &RightsSession::measured, this, &IssuesPanel::refresh);
    refresh();
}

const engine::Issue* IssuesPanel::currentIssue() const
{
    bool isNumber = false;
    const qsizetype place = m_model->idAt(m_table->currentIndex().row()).toLongLong(&isNumber);
    return isNumber && place < std::ssize(m_shown.list) ? &m_shown.list[static_cast<std::size_t>(place)] : nullptr;
}

void IssuesPanel::refresh()
{
    const engine::Issues& issues = m_session.measure().issues;
    const int row = std::max(0, m_table->currentIndex().row());
    const QString kind = m_kind->current();
    m_shown = {};
    m_shown.truncated = issues.truncated;
    m_shown.more = kind == u"advice" ? std::vector<engine::MoreConflicts> {} : issues.more;
    int conflicts = 0;
    for (const engine::Issue& issue : issues.list) {
        const bool advice = engine::isAdvice(issue.conflict.code);
        conflicts += advice ? 0 : 1;
        if (kind == u"all" || (kind == u"advice") == advice)
            m_shown.list.push_back(issue);
    }
    const bool measured = m_session.isMeasured() && m_session.measure().rules;
    m_model->setRows(measured ? issueRows(m_shown, *m_session.measure().rules) : std::vector<TableRow> {});
    //: Above the list: the number of conflicts, then of advice.
    m_header->setCount(measured ? tr("%1 and %2 pieces of advice")
                                      .arg(tr("%n conflict(s)", nullptr, conflicts))
                                      .arg(std::ssize(issues.list) - conflicts)
                                : tr("being worked out"));
    const bool empty = m_model->rowCount() == 0;
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
    m_empty->setText(!measured  ? tr("Every window is being held against every other…")
            : kind == u"advice" ? tr("There is no advice: nothing ends without a successor, nothing is missing.")
                                : tr("No window contradicts another."));
    if (!empty)
        m_table->selectRow(std::min(row, m_model->rowCount() - 1));
    refreshButton();
}

void IssuesPanel::refreshButton()
{
    const engine::Issue* issue = currentIssue();
    m_stage->setDisabledReason(!m_session.mayEdit() ? tr("Your role may look at rights, but not change them.")
            : !issue                                ? tr("Choose a row first.")
            : issue->fix.edit.isEmpty()             ? tr("There is nothing to stage here; somebody has to be asked.")
                                                    : QString());
}

void IssuesPanel::stageCurrent()
{
    const engine::Issue* issue = currentIssue();
    if (!issue || issue->fix.edit.isEmpty() || !m_session.mayEdit())
        return;
    const engine::Fix fix = issue->fix; // staging measures anew and replaces the list
    m_session.stage(fix.edit.put, fix.edit.remove, fix.edit.deals, fix.edit.titles);
    Q_EMIT staged(tr("Staged: %1").arg(fixText(fix)));
}

void IssuesPanel::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier
        && m_table->hasFocus()) {
        stageCurrent();
        return;
    }
    Panel::keyPressEvent(event);
}

} // namespace vidimus::ui::rights
