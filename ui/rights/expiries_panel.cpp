#include "ui/rights/expiries_panel.h"

#include "core/base/durable_file.h"
#include "core/workbench/rights_import.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/expiry_rows.h"
#include "ui/rights/problem_text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

ExpiriesPanel::ExpiriesPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent)
    : Panel({}, parent)
    , m_workspace(workspace)
    , m_session(session)
    , m_header(new SectionHeader(tr("Ends within 90 days"), this))
    , m_calendar(new Button(tr("Calendar…"), Button::Kind::Quiet, this))
    , m_model(new CellTableModel({tr("Alarm"), tr("Title"), tr("Where"), tr("Ends"), tr("Contract")}, this))
    , m_table(new QTableView(this))
    , m_empty(new TextLabel(tr("Nothing ends in the next 90 days."), TextRole::Body, Ink::Second, this))
{
    setAccessibleName(tr("Ends within 90 days"));
    m_calendar->setToolTip(tr("Saves all starts and ends as a calendar, with alarms 90, 60, 30, 7 and 1 days before"));
    m_header->addTrailing(m_calendar);
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Windows that end soon"));
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_table->setColumnWidth(0, 84);
    m_table->setColumnWidth(2, 180);
    m_table->setColumnWidth(3, 220);
    m_table->setColumnWidth(4, 80);
    m_empty->setAlignment(Qt::AlignCenter);
    column()->addWidget(m_header);
    column()->addWidget(m_table, 1);
    column()->addWidget(m_empty, 1);
    connect(m_calendar, &QAbstractButton::clicked, this, &ExpiriesPanel::askForCalendar);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& at) {
        if (m_table->hasFocus() && at.isValid())
            Q_EMIT windowChosen(WindowId(m_model->idAt(at.row())));
    });
    connect(&session, &RightsSession::measured, this, &ExpiriesPanel::refresh);
    refresh();
}

void ExpiriesPanel::refresh()
{
    if (m_session.measure().rules)
        m_model->setRows(expiryRows(*m_session.measure().rules, m_session.now()));
    const bool empty = m_model->rowCount() == 0;
    m_header->setCount(empty ? QString() : QString::number(m_model->rowCount()));
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
}

void ExpiriesPanel::askForCalendar()
{
    auto* dialog = new QFileDialog(this, tr("Save the calendar"), QString(), tr("Calendars (*.ics)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"ics"_s);
    dialog->selectFile(u"rights.ics"_s);
    dialog->setModal(false);
    connect(dialog, &QFileDialog::fileSelected, this, &ExpiriesPanel::exportCalendar);
    connect(dialog, &QDialog::finished, m_table, [this] { m_table->setFocus(Qt::OtherFocusReason); });
    dialog->show();
}

void ExpiriesPanel::exportCalendar(const QString& file)
{
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, file]() -> Result<void> {
            const auto bytes
                = workbench::exportRights(workspace, {.format = workbench::RightsFormat::Calendar, .filter = {}});
            return bytes ? writeFileDurably(file, *bytes) : Result<void>(bytes.error());
        },
        [this, file](const Result<void>& written) {
            Q_EMIT announced(written
                    ? tr("The calendar is in %1. Import it anew after rights changed.").arg(QFileInfo(file).fileName())
                    : problemSentence(written.error()));
        });
}

} // namespace vidimus::ui::rights
