#include "ui/rights/import_panel.h"

#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/rights_session.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/table_helpers.h"

#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QTimeZone>
#include <QVBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kColumnsHeight = 196;
constexpr int kBoxWidth = 148;

enum MappingColumn { HeadingColumn, SampleColumn, ReadAsColumn };
/// What a box of the table stands for: a column of Avails, or one of these.
const QString kByName = u"*"_s;
const QString kLeftOut;

QStringList zoneNames()
{
    QStringList names;
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        names.append(QString::fromLatin1(id));
    return names;
}

void setUpSearchable(QComboBox* box)
{
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->setFixedWidth(kBoxWidth);
}

} // namespace

ImportPanel::ImportPanel(workbench::Workspace& workspace, RightsSession& session, QWidget* parent)
    : Panel(Qt::BottomEdge, parent)
    , m_workspace(workspace)
    , m_session(session)
    , m_name(new TextLabel({}, TextRole::BodyMedium, Ink::Text, this))
    , m_result(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_licensor(new QComboBox(this))
    , m_zone(new QComboBox(this))
    , m_endRule(new QComboBox(this))
    , m_dates(new QComboBox(this))
    , m_columnsButton(new Button(tr("Columns"), Button::Kind::Plain, this))
    , m_keep(new Button(tr("Keep for licensor"), Button::Kind::Plain, this))
    , m_markedUp(new Button(tr("Marked-up workbook…"), Button::Kind::Plain, this))
    , m_skip(new Button(tr("Leave bad rows out"), Button::Kind::Plain, this))
    , m_close(new IconButton(u"cross"_s, tr("Close the import"), this))
    , m_columns(new QTableWidget(this))
{
    setAccessibleName(tr("Import"));
    setUpSearchable(m_licensor);
    m_licensor->setAccessibleName(tr("Licensor"));
    m_licensor->lineEdit()->setPlaceholderText(tr("Licensor"));
    setUpSearchable(m_zone);
    m_zone->setAccessibleName(tr("Zone of times without one"));
    m_zone->addItems(zoneNames());
    m_zone->setCurrentText(u"UTC"_s);
    m_endRule->setAccessibleName(tr("A date alone as an end"));
    m_endRule->addItem(tr("End date counts"), static_cast<int>(vidimus::rights::DateOnlyEnd::InclusiveDay));
    m_endRule->addItem(tr("Ends at its midnight"), static_cast<int>(vidimus::rights::DateOnlyEnd::Exclusive));
    m_endRule->setToolTip(tr("Whether a date without a time as an end is the last day, or the instant the day begins"));
    m_dates->setAccessibleName(tr("How dates are written"));
    using vidimus::rights::DateFormat;
    m_dates->addItem(u"2026-03-31"_s, static_cast<int>(DateFormat::Iso)); // the same in every language
    m_dates->addItem(u"31/3/2026"_s, static_cast<int>(DateFormat::DayFirst));
    m_dates->addItem(u"3/31/2026"_s, static_cast<int>(DateFormat::MonthFirst));
    m_dates->addItem(tr("Day numbers"), static_cast<int>(DateFormat::Serial));
    m_dates->setToolTip(
        tr("Which number of 3/4/2026 is the month, or that bare numbers count a spreadsheet's days; ISO dates are read "
           "in any case"));
    m_columnsButton->setCheckable(true);
    m_skip->setCheckable(true);
    m_skip->setToolTip(tr("A list with bad rows changes nothing, unless its good rows shall go in without them"));
    m_skip->hide();
    m_name->setElide(Qt::ElideMiddle);
    layOut();

    connect(m_licensor, &QComboBox::activated, this, &ImportPanel::chooseLicensor);
    connect(m_licensor->lineEdit(), &QLineEdit::editingFinished, this, &ImportPanel::chooseLicensor);
    connect(m_zone, &QComboBox::activated, this, &ImportPanel::readAgain);
    connect(m_zone->lineEdit(), &QLineEdit::editingFinished, this, &ImportPanel::readAgain);
    connect(m_endRule, &QComboBox::activated, this, &ImportPanel::readAgain);
    connect(m_dates, &QComboBox::activated, this, &ImportPanel::readAgain);
    connect(m_columnsButton, &QAbstractButton::toggled, this, &ImportPanel::showColumns);
    connect(m_keep, &QAbstractButton::clicked, this, &ImportPanel::keepProfile);
    connect(m_markedUp, &QAbstractButton::clicked, this, &ImportPanel::askForMarkedUp);
    connect(m_skip, &QAbstractButton::toggled, this, &ImportPanel::readAgain);
    connect(m_close, &QAbstractButton::clicked, this, &ImportPanel::closeFile);
    connect(&session, &RightsSession::importRead, this,
        [this](const QString&, const avails::ImportPlan& plan, bool held) { showResult(plan, held); });
    connect(&session, &RightsSession::importFailed, this, [this](const QString& sentence) {
        m_result->setInk(Ink::Rejected);
        m_result->setText(sentence);
        showColumns(true); // most often nobody knows the headings yet
    });
    connect(&session, &RightsSession::applied, this, &ImportPanel::closeFile);
    hide();
}

void ImportPanel::layOut()
{
    auto* top = new QHBoxLayout;
    top->setContentsMargins(kPanelPadding, 8, kPanelPadding, 8);
    top->setSpacing(kGap);
    top->addWidget(m_name, 1);
    for (QWidget* widget : std::initializer_list<QWidget*> {
             m_licensor, m_zone, m_endRule, m_dates, m_columnsButton, m_keep, m_markedUp, m_close})
        top->addWidget(widget);
    column()->addLayout(top);
    auto* result = new QHBoxLayout;
    result->setContentsMargins(kPanelPadding, 0, kPanelPadding, 8);
    result->addWidget(m_result, 1);
    result->addWidget(m_skip);
    column()->addLayout(result);

    m_columns->setColumnCount(3);
    m_columns->setHorizontalHeaderLabels({tr("In the file"), tr("First row"), tr("Read as")});
    setUpTable(m_columns);
    m_columns->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_columns->setFixedHeight(kColumnsHeight);
    m_columns->setAccessibleName(tr("Columns of the file"));
    m_columns->horizontalHeader()->setStretchLastSection(false);
    m_columns->setColumnWidth(SampleColumn, 320);
    m_columns->setColumnWidth(HeadingColumn, 260);
    m_columns->setColumnWidth(ReadAsColumn, 280);
    m_columns->hide();
    column()->addWidget(m_columns);
}

void ImportPanel::open(const QString& file)
{
    m_file = file;
    m_kept = {};
    m_name->setText(QFileInfo(file).fileName());
    m_result->setInk(Ink::Second);
    m_result->setText(tr("Reading…"));
    m_columnsButton->setChecked(false);
    {
        const QSignalBlocker blocker(m_skip); // a word for one list is none for the next
        m_skip->setChecked(false);
    }
    m_skip->hide();
    show();
    const QString licensor = m_licensor->currentText();
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::licensorsWithProfile(workspace); },
        [this, licensor](const Result<QStringList>& names) {
            if (!names)
                return;
            const QSignalBlocker blocker(m_licensor);
            m_licensor->clear();
            m_licensor->addItems(*names);
            m_licensor->setCurrentText(licensor);
        });
    chooseLicensor();
    m_licensor->setFocus(Qt::OtherFocusReason);
}

void ImportPanel::closeFile()
{
    if (m_file.isEmpty())
        return;
    m_file.clear();
    ++m_turn;
    hide();
    Q_EMIT closed();
}

void ImportPanel::chooseLicensor()
{
    if (m_file.isEmpty())
        return;
    const int turn = ++m_turn;
    m_keep->setDisabledReason(
        m_licensor->currentText().trimmed().isEmpty() ? tr("Name the licensor first") : QString());
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, licensor = m_licensor->currentText().trimmed()] {
            return workbench::licensorProfile(workspace, licensor);
        },
        [this, turn](const Result<workbench::LicensorProfile>& kept) {
            if (turn != m_turn || m_file.isEmpty())
                return;
            // A licensor without a profile leaves what was answered so far, so that it can be kept.
            if (kept && *kept != workbench::LicensorProfile {}) {
                m_kept = *kept;
                const QSignalBlocker zone(m_zone);
                const QSignalBlocker rule(m_endRule);
                const QSignalBlocker dates(m_dates);
                m_zone->setCurrentText(m_kept.times.zone);
                m_endRule->setCurrentIndex(m_endRule->findData(static_cast<int>(m_kept.times.dateOnlyEnd)));
                m_dates->setCurrentIndex(m_dates->findData(static_cast<int>(m_kept.times.dates)));
            }
            readAgain();
            if (m_columnsButton->isChecked())
                showColumns(true);
        });
}

workbench::LicensorProfile ImportPanel::profile() const
{
    workbench::LicensorProfile profile = m_kept;
    const QString zone = m_zone->currentText().trimmed();
    profile.times.zone = zone.isEmpty() ? u"UTC"_s : zone;
    profile.times.dateOnlyEnd = static_cast<vidimus::rights::DateOnlyEnd>(m_endRule->currentData().toInt());
    profile.times.dates = static_cast<vidimus::rights::DateFormat>(m_dates->currentData().toInt());
    return profile;
}

workbench::RightsImport ImportPanel::import() const
{
    return {.file = m_file,
        .licensor = m_licensor->currentText().trimmed(),
        .profile = profile(),
        .dryRun = true,
        .skipBadRows = m_skip->isChecked()};
}

void ImportPanel::readAgain()
{
    if (!m_file.isEmpty() && !m_filling)
        m_session.readImport(import());
}

void ImportPanel::showResult(const avails::ImportPlan& plan, bool held)
{
    m_skip->setVisible(plan.rejected > 0 && plan.accepted > 0);
    const auto changes = plan.rules.added.size() + plan.rules.changed.size() + plan.rules.removed.size();
    m_result->setInk(plan.rejected > 0 ? Ink::Warning : Ink::Second);
    if (held) {
        m_result->setText(tr("Rows %1 · bad %2 · nothing is staged").arg(plan.rows).arg(plan.rejected));
        return;
    }
    m_result->setText(tr("Rows %1 · read %2 · left out %3 · changes staged %4 · notes %5")
            .arg(plan.rows)
            .arg(plan.accepted)
            .arg(plan.rejected)
            .arg(changes)
            .arg(plan.notes.size()));
}

void ImportPanel::showColumns(bool shown)
{
    const QSignalBlocker blocker(m_columnsButton);
    m_columnsButton->setChecked(shown);
    m_columns->setVisible(shown);
    if (!shown || m_file.isEmpty())
        return;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, file = m_file, mapping = m_kept.mapping] {
            return workbench::readHeadings(workspace, file, mapping);
        },
        [this, file = m_file](const Result<workbench::SheetHeadings>& headings) {
            if (headings && file == m_file)
                fillColumns(*headings);
        });
}

void ImportPanel::fillColumns(const workbench::SheetHeadings& headings)
{
    m_filling = true;
    m_columns->setRowCount(0);
    for (qsizetype i = 0; i < headings.headings.size(); ++i) {
        const QString heading = headings.headings[i];
        if (heading.isEmpty())
            continue;
        const int row = m_columns->rowCount();
        m_columns->insertRow(row);
        m_columns->setItem(row, HeadingColumn, new QTableWidgetItem(heading));
        m_columns->setItem(row, SampleColumn, new QTableWidgetItem(headings.sample.value(i)));
        auto* box = new QComboBox(m_columns);
        box->setAccessibleName(tr("%1 is read as").arg(heading));
        const QString byName = avails::columnOfHeading(heading);
        box->addItem(byName.isEmpty() ? tr("not known, left out") : tr("%1 (by its name)").arg(byName), kByName);
        box->addItem(tr("left out"), kLeftOut);
        for (const QString& column : avails::importedColumns())
            box->addItem(column, column);
        const bool mapped = m_kept.mapping.columns.contains(heading);
        box->setCurrentIndex(box->findData(mapped ? m_kept.mapping.columns.value(heading) : kByName));
        connect(box, &QComboBox::activated, this, [this, box, heading, row = headings.row] {
            const QString column = box->currentData().toString();
            if (column == kByName)
                m_kept.mapping.columns.remove(heading);
            else
                m_kept.mapping.columns.insert(heading, column);
            // A row that nobody would know for headings is named by its number.
            m_kept.mapping.headingRow = row;
            readAgain();
        });
        m_columns->setCellWidget(row, ReadAsColumn, box);
    }
    m_filling = false;
}

void ImportPanel::keepProfile()
{
    const QString licensor = m_licensor->currentText().trimmed();
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, licensor, kept = profile()] {
            return workbench::keepLicensorProfile(workspace, licensor, kept);
        },
        [this, licensor](const Result<void>& kept) {
            Q_EMIT announced(kept ? tr("The next file of %1 is read the same way").arg(licensor)
                                  : tr("It was not kept: %1").arg(kept.error().detail));
        });
}

void ImportPanel::askForMarkedUp()
{
    const QFileInfo source(m_file);
    auto* dialog = new QFileDialog(this, tr("Marked-up workbook for the licensor"),
        source.absolutePath() + u'/' + source.completeBaseName() + u"-checked.xlsx"_s, tr("Workbooks (*.xlsx)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setModal(false);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& target) {
        workbench::RightsImport marked = import();
        marked.markedUp = target;
        m_workspace.tasks().run(
            this, [&workspace = m_workspace, marked] { return workbench::importRights(workspace, marked); },
            [this, target](const Result<avails::ImportPlan>& plan) {
                Q_EMIT announced(plan ? tr("Written: %1").arg(QFileInfo(target).fileName())
                                      : tr("The workbook was not written: %1").arg(plan.error().detail));
            });
    });
    connect(dialog, &QDialog::finished, this, [this] { m_markedUp->setFocus(Qt::OtherFocusReason); });
    dialog->show();
}

} // namespace vidimus::ui::rights
