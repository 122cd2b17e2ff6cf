#include "ui/rights/plan_panel.h"

#include "ui/rights/cell_table_model.h"
#include "ui/rights/clash_panel.h"
#include "ui/rights/icon_text.h"
#include "ui/rights/import_text.h"
#include "ui/rights/problem_text.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kRemoveColumn = 6;
const QString kErrorRow = u"!"_s; // a sentence about the import, no edit

TableCell plain(const QString& text, std::optional<Ink> ink = std::nullopt, const QString& iconName = {})
{
    return {text, ink, iconName, {}, false, false, {}};
}

} // namespace

PlanPanel::PlanPanel(RightsSession& session, QWidget* parent)
    : Panel(Qt::TopEdge, parent)
    , m_session(session)
    , m_header(new SectionHeader(tr("Plan"), this))
    , m_unchanged(new Chip(tr("Nothing is changed yet"), Ink::Info, Chip::Look::Outline, this))
    , m_model(new CellTableModel({tr("Terr."), tr("What"), tr("Now"), {}, tr("After"), tr("Title"), {}}, this))
    , m_table(new QTableView(this))
    , m_clashes(new ClashPanel(session, this))
    , m_problem(new Paragraph({}, TextRole::LabelPlain, Ink::Rejected, this))
    , m_problemRow(new QWidget(this))
    , m_conflicts(new IconText(this))
    , m_dark(new IconText(this))
    , m_rows(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_drop(new Button(tr("Drop"), Button::Kind::Quiet, this))
    , m_fill(new Button(tr("Fill down"), Button::Kind::Quiet, this))
    , m_draft(new Button(tr("Ask a second person"), Button::Kind::Plain, this))
    , m_apply(new Button(tr("Apply plan"), Button::Kind::Primary, this))
{
    setAccessibleName(tr("Plan"));
    m_unchanged->setIconName(u"info"_s);
    m_header->addTrailing(m_unchanged);
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setMinimumHeight(56);
    m_table->setAccessibleName(tr("Staged edits"));
    auto* head = m_table->horizontalHeader();
    head->setSectionResizeMode(QHeaderView::Fixed);
    head->setSectionResizeMode(5, QHeaderView::Stretch);
    const std::array widths {74, 140, 150, 28, 150, 90, 30};
    for (int i = 0; i < static_cast<int>(widths.size()); ++i)
        m_table->setColumnWidth(i, widths[static_cast<std::size_t>(i)]);
    m_drop->setKeyHint(u"Esc"_s);
    m_fill->setKeyHint(shell::actionKeyText("rights.fillDown"_L1));
    m_apply->setKeyHint(shell::actionKeyText("rights.apply"_L1));
    auto* problem = new QHBoxLayout(m_problemRow);
    problem->setContentsMargins(kPanelPadding, 6, kPanelPadding, 6);
    problem->addWidget(m_problem);
    m_problemRow->hide();

    auto* sums = new QHBoxLayout;
    sums->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    sums->setSpacing(16);
    sums->addWidget(m_conflicts);
    sums->addWidget(m_dark);
    sums->addWidget(m_rows, 1);
    auto* sumRow = new Panel(Qt::TopEdge | Qt::BottomEdge, this);
    sumRow->setFixedHeight(36);
    sumRow->column()->addLayout(sums);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(kPanelPadding, 8, kPanelPadding, 8);
    buttons->setSpacing(kGap);
    buttons->addWidget(m_drop);
    buttons->addWidget(m_fill);
    buttons->addStretch(1);
    buttons->addWidget(m_draft);
    buttons->addWidget(m_apply);
    column()->addWidget(m_header);
    column()->addWidget(m_clashes, 1);
    column()->addWidget(m_table, 1);
    column()->addWidget(m_problemRow);
    column()->addWidget(sumRow);
    column()->addLayout(buttons);

    connect(m_apply, &QAbstractButton::clicked, &session, &RightsSession::apply);
    connect(m_draft, &QAbstractButton::clicked, &session, &RightsSession::keepDraft);
    connect(&session, &RightsSession::drafted, this, &PlanPanel::clearProblem);
    connect(m_drop, &QAbstractButton::clicked, &session, &RightsSession::drop);
    connect(m_fill, &QAbstractButton::clicked, this, &PlanPanel::fillDownWanted);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == kRemoveColumn)
            removeRow(index.row());
        else if (const QString id = m_model->idAt(index.row()); !id.isEmpty() && id != kErrorRow)
            Q_EMIT windowChosen(WindowId(id));
    });
    connect(&session, &RightsSession::planChanged, this, &PlanPanel::refresh);
    connect(&session, &RightsSession::measured, this, &PlanPanel::refreshSums);
    connect(&session, &RightsSession::applied, this, [this] { clearProblem(); });
    connect(&session, &RightsSession::failed, this, &PlanPanel::showProblem);
    refresh();
}

QString PlanPanel::problemText() const
{
    return m_problemText;
}

void PlanPanel::showProblem(const Error& error)
{
    m_problemText = problemSentence(error);
    m_problem->setText(m_problemText);
    m_problemRow->show();
    refresh();
}

void PlanPanel::clearProblem()
{
    m_problemText.clear();
    m_rowErrors.clear();
    m_rowNotes.clear();
    m_importFile.clear();
    m_problemRow->hide();
    refresh();
}

void PlanPanel::showImport(const QString& file, const avails::ImportPlan& plan, bool held)
{
    m_rowErrors = plan.errors;
    m_rowNotes = importNotes(plan.notes);
    m_importFile = QFileInfo(file).fileName();
    const auto heldText = [&] {
        return (plan.accepted > 0
                ? tr("%1: %n row(s) are bad, so nothing of the list is staged; the reasons stand below. Have them "
                     "corrected, "
                     "or choose “Leave bad rows out”.",
                      nullptr, plan.rejected)
                : tr("%1: %n row(s) are bad and none is good, so nothing is staged; the reasons stand below.", nullptr,
                      plan.rejected))
            .arg(m_importFile);
    };
    m_problemText = held ? heldText()
        : plan.rejected > 0
        ? tr("%1: %n row(s) will be imported, %2 are left out; the reasons stand below.", nullptr, plan.accepted)
              .arg(m_importFile)
              .arg(plan.rejected)
        : QString();
    m_problem->setText(m_problemText);
    m_problemRow->setVisible(!m_problemText.isEmpty());
    refresh();
}

void PlanPanel::removeRow(int row)
{
    const QString id = m_model->idAt(row);
    if (!id.isEmpty() && id != kErrorRow)
        m_session.unstage(WindowId(id));
}

void PlanPanel::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) && m_table->hasFocus()) {
        removeRow(m_table->currentIndex().row());
        return;
    }
    Panel::keyPressEvent(event);
}

void PlanPanel::refresh()
{
    const StagedPlan& plan = m_session.plan();
    QHash<QString, QString> titles;
    for (const engine::Title& title : plan.base().titles)
        titles.insert(title.id.toString(), title.name);
    std::vector<TableRow> rows;
    for (const PlanRow& row : plan.rows()) {
        const QString title = titles.value(row.title.toString());
        TableCell cross = plain({}, Ink::Second, row.window.isEmpty() ? QString() : u"cross"_s);
        cross.spoken = tr("Take this edit out of the plan");
        rows.push_back({{plain(row.territory, Ink::Second), plain(row.what),
                            {row.before, Ink::Second, {}, {}, true, false, tr("now %1").arg(row.before)},
                            plain({}, Ink::Second, u"chevron-right"_s),
                            {row.after, std::nullopt, {}, {}, false, false, tr("after %1").arg(row.after)},
                            plain(title, Ink::Second), cross},
            row.window.toString()});
    }
    for (const avails::CellMessage& message : m_rowErrors)
        rows.push_back({{plain(QString::number(message.row), Ink::Rejected),
                            plain(importErrorText(message), Ink::Rejected, u"cross"_s)},
            kErrorRow});
    for (const ImportNote& note : m_rowNotes) // below the edits and the faults: nothing has to be done about them
        rows.push_back({{plain(note.firstRow > 0 ? QString::number(note.firstRow) : QString(), Ink::Second),
                            plain(note.sentence, Ink::Second, u"info"_s)},
            kErrorRow});
    m_model->setRows(std::move(rows));
    m_table->clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->idAt(row) == kErrorRow)
            m_table->setSpan(row, 1, 1, kRemoveColumn);
    }
    m_table->setVisible(!plan.hasClashes());
    const bool empty = plan.isEmpty();
    m_header->setCount(empty
            ? m_importFile.isEmpty() ? tr("no edits staged") : tr("nothing of %1 is staged").arg(m_importFile)
            : tr("%n edit(s) staged", nullptr,
                  m_model->rowCount() - static_cast<int>(m_rowErrors.size() + m_rowNotes.size())));
    m_unchanged->setVisible(!empty);
    m_unchanged->setText(m_session.isApplying() ? tr("Saving…") : tr("Nothing is changed yet"));
    const bool busy = m_session.isApplying();
    const QString reason = !m_session.mayEdit() ? tr("Your role may look at rights, but not change them.")
        : plan.hasClashes() ? tr("Somebody else changed what the plan changes. Choose for each row first.")
        : empty             ? tr("Nothing is staged.")
        : busy              ? tr("The plan is being saved.")
                            : QString();
    m_apply->setDisabledReason(reason);
    m_draft->setDisabledReason(reason);
    m_drop->setDisabledReason(empty ? tr("Nothing is staged.") : busy ? tr("The plan is being saved.") : QString());
    refreshSums();
}

void PlanPanel::refreshSums()
{
    if (!m_session.isMeasured()) {
        m_rows->setText(tr("Working out what it would do…"));
        return;
    }
    const PlanMeasure& measure = m_session.measure();
    const int after = static_cast<int>(measure.after.list.size());
    m_conflicts->set(tr("%n conflict(s) after", nullptr, after), after == 0 ? u"check"_s : u"cross"_s,
        after == 0 ? Ink::Passed : Ink::Rejected);
    const int lost = static_cast<int>(measure.effects.liveLost);
    m_dark->set(lost == 0 ? tr("Nothing goes dark now") : tr("%n cell(s) go dark now", nullptr, lost),
        lost == 0 ? u"check"_s : u"moon"_s, lost == 0 ? Ink::Passed : Ink::Rejected);
    m_rows->setText(tr("Rows changed %1").arg(countText(m_session.plan().count())));
}

void PlanPanel::setNarrow(bool narrow)
{
    m_clashes->setNarrow(narrow);
    m_table->setColumnHidden(3, narrow);
    m_table->setColumnHidden(5, narrow);
    m_table->setColumnWidth(0, narrow ? 64 : 74);
    m_table->setColumnWidth(1, narrow ? 108 : 140);
    m_table->setColumnWidth(2, 150);
    m_table->horizontalHeader()->setSectionResizeMode(4, narrow ? QHeaderView::Stretch : QHeaderView::Fixed);
    m_fill->setVisible(!narrow);
    m_rows->setVisible(!narrow);
    m_unchanged->setMaximumWidth(narrow ? 0 : QWIDGETSIZE_MAX);
}

} // namespace vidimus::ui::rights
