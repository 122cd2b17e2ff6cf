#include "app/studio/backup_page.h"

#include "app/studio/choose_path.h"
#include "core/workbench/scrub.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "ui/widgets/button.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"

#include <QDateTime>
#include <QDir>
#include <QLineEdit>
#include <QLocale>
#include <QStandardItemModel>
#include <QTableView>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::widgets;

namespace {

constexpr int kMaxRows = 10;

/// What came of restoring a backup.
QStandardItem* drillItem(const std::optional<store::DrillResult>& drill)
{
    auto* item = new QStandardItem(!drill ? BackupPage::tr("Not restored yet")
            : drill->isGood()             ? BackupPage::tr("Restored")
                                          : BackupPage::tr("Damaged"));
    item->setData(static_cast<int>(!drill ? Ink::Second : drill->isGood() ? Ink::Passed : Ink::Rejected), CellInkRole);
    if (drill) {
        //: %1 is a time
        const QString when = BackupPage::tr("Restored into a passing folder and compared, %1")
                                 .arg(zonedTimeText(drill->at, preferences().zone, true));
        item->setToolTip(drill->isGood() ? when : when + u'\n' + drill->problem);
    }
    return item;
}

/// One line on what was read back.
QString originalsText(const store::ScrubTotals& totals)
{
    if (totals.originals == 0)
        return BackupPage::tr("There are no originals yet.");
    //: %1 and %2 are counts of files, %3 a number of days, %4 a count
    const QString text = BackupPage::tr("%1 of %2 originals were read back within %3 days and are whole; %4 damaged.")
                             .arg(countText(totals.verified), countText(totals.originals))
                             .arg(workbench::kScrubDays)
                             .arg(countText(totals.damaged));
    if (totals.damaged > 0)
        return text + u' ' + BackupPage::tr("F8 says which.");
    if (!totals.last)
        return text;
    //: %1 is a time
    return text + u' ' + BackupPage::tr("The last one: %1.").arg(zonedTimeText(*totals.last, preferences().zone, true));
}

} // namespace

BackupPage::BackupPage(workbench::Workspace& workspace, const QString& scheduleFolder, QWidget* parent)
    : ServicePage(tr("Backup and restore"),
          tr("A backup is read back and held against its signed log. While nobody uses the window, each one is "
             "restored into a passing folder once a day, and its log compared."),
          parent)
    , m_workspace(workspace)
    , m_scheduleFolder(scheduleFolder)
    , m_model(new QStandardItemModel(this))
{
    buildMake();
    buildList();
    buildOriginals();
    refreshButtons();
}

BackupPage::~BackupPage()
{
    m_cancel.cancel();
}

void BackupPage::buildMake()
{
    beginSection(tr("Make a backup"),
        tr("Copies the database, the keys and all originals into a new folder. Work goes on meanwhile."));
    m_folder = new QLineEdit(m_workspace.paths().backups());
    m_folder->setFixedWidth(520);
    auto* choose = new Button(tr("Choose…"));
    choose->setAccessibleName(tr("Choose the folder for the backup"));
    choose->setIconName(u"folder"_s);
    m_make = new Button(tr("Back up now"), Button::Kind::Primary);
    addRow({labelled(tr("Folder for the backup"), m_folder, column()), choose, m_make});
    m_progress = new NoticeStrip(u"disk"_s, Ink::Info, column());
    add(m_progress);
    m_progress->hide();
    connect(choose, &Button::clicked, this, [this] {
        chooseFolder(this, tr("Folder for the backup"), m_folder->text(),
            [this](const QString& folder) { m_folder->setText(folder); });
    });
    connect(m_make, &Button::clicked, this, &BackupPage::make);
    connect(m_folder, &QLineEdit::editingFinished, this, &BackupPage::refreshList);
}

void BackupPage::buildList()
{
    beginSection(tr("Backups"),
        tr("Restoring here closes the workspace, sets what stands there aside in a folder “replaced-…”, and opens it "
           "again. Restoring into another folder changes nothing here."));
    m_model->setHorizontalHeaderLabels(
        {tr("Made"), tr("Holds"), tr("Size"), tr("Log entries"), tr("Check"), tr("Folder")});
    m_table = makeTable(m_model, tr("Backups"), {190, 170, 90, 90, 130, 0});
    add(m_table);
    fitHeight(m_table, kMaxRows);
    m_verify = new Button(tr("Check it"));
    m_verify->setIconName(u"shield-check"_s);
    m_restoreHere = new Button(tr("Restore here"));
    m_restoreHere->setIconName(u"undo"_s);
    m_restoreAside = new Button(tr("Restore into a folder…"));
    m_restoreAside->setIconName(u"folder"_s);
    addRow({m_verify, m_restoreHere, m_restoreAside});
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &BackupPage::refreshButtons);
    connect(m_verify, &Button::clicked, this, &BackupPage::verifyChosen);
    connect(m_restoreAside, &Button::clicked, this, &BackupPage::restoreAside);
    connect(m_restoreHere, &Button::clicked, this, [this] {
        if (const FoundBackup* backup = chosen())
            Q_EMIT restoreWanted(backup->manifest);
    });
}

void BackupPage::buildOriginals()
{
    beginSection(tr("Originals"),
        tr("While nobody uses the window, a thirtieth of the originals’ bytes is read back each day and held against "
           "the hash that was taken when they came in."));
    m_originals = new TextLabel({}, TextRole::Body, Ink::Text, column());
    add(m_originals);
}

void BackupPage::showEvent(QShowEvent* event)
{
    ServicePage::showEvent(event);
    refreshList();
    refreshOriginals();
}

void BackupPage::refreshOriginals()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::scrubTotals(workspace); },
        [this](const Result<store::ScrubTotals>& totals) {
            m_originals->setText(totals ? originalsText(*totals) : errorText(totals.error()).what);
            m_originals->setInk(!totals || totals->damaged > 0 ? Ink::Rejected : Ink::Text);
        });
}

void BackupPage::refreshList()
{
    const QStringList folders {m_workspace.paths().backups(), m_scheduleFolder, m_folder->text().trimmed()};
    m_workspace.tasks().run(
        this, [folders] { return findBackups(folders); },
        [this](std::vector<FoundBackup> found) { showList(std::move(found)); });
}

void BackupPage::showList(std::vector<FoundBackup> found)
{
    const FoundBackup* before = chosen();
    const QString kept = before ? before->manifest : QString();
    m_found = std::move(found);
    m_model->removeRows(0, m_model->rowCount());
    const QLocale locale;
    for (const FoundBackup& backup : m_found) {
        auto* state = drillItem(backup.drill);
        auto* size = new QStandardItem(locale.formattedDataSize(backup.facts.bytes, 1, QLocale::DataSizeSIFormat));
        auto* entries = new QStandardItem(countText(static_cast<qint64>(backup.facts.entries)));
        size->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        entries->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        auto* folder = new QStandardItem(QFileInfo(backup.manifest).path());
        folder->setToolTip(backup.manifest);
        m_model->appendRow({new QStandardItem(zonedTimeText(backup.facts.at, preferences().zone, true)),
            new QStandardItem(backup.hasOriginals ? tr("All") : tr("Database")), size, entries, state, folder});
    }
    fitHeight(m_table, kMaxRows);
    const auto again = std::ranges::find(m_found, kept, &FoundBackup::manifest);
    if (again != m_found.end())
        m_table->selectRow(static_cast<int>(again - m_found.begin()));
    refreshButtons();
}

const FoundBackup* BackupPage::chosen() const
{
    const int row = m_table ? selectedRow(m_table) : -1;
    return row >= 0 && row < static_cast<int>(m_found.size()) ? &m_found[static_cast<std::size_t>(row)] : nullptr;
}

void BackupPage::refreshButtons()
{
    const FoundBackup* backup = chosen();
    const QString busy = m_isBusy ? tr("Another copy is being made.") : QString();
    const QString reason = backup ? busy : tr("Choose a backup in the table.");
    m_verify->setDisabledReason(reason);
    m_restoreHere->setDisabledReason(reason);
    m_restoreAside->setDisabledReason(backup && !backup->hasOriginals
            ? tr("This one holds the database only; its originals lie in this workspace.")
            : reason);
    m_make->setDisabledReason(busy);
}

void BackupPage::make()
{
    const QString chosenFolder = m_folder->text().trimmed();
    if (!QDir::isAbsolutePath(chosenFolder)) {
        say(tr("Name a folder with its whole path."), true);
        return;
    }
    const QString name = u"vidimus-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyy-MM-dd-HHmmss"_s);
    const QString folder = QDir(chosenFolder).filePath(name);
    m_isBusy = true;
    refreshButtons();
    m_progress->setText(tr("Copying into %1").arg(folder), {});
    m_progress->setShare(0.0);
    m_progress->show();
    const ProgressSink progress = [this, strip = QPointer<NoticeStrip>(m_progress)](const Progress& at) {
        const double share = at.total > 0 ? at.done / at.total : 0;
        QMetaObject::invokeMethod(this, [strip, share] { strip->setShare(share); }, Qt::QueuedConnection);
    };
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, folder, cancel = m_cancel.token(), progress] {
            auto result = workbench::backupWorkspace(workspace, folder, cancel, progress);
            if (!result)
                return result;
            for (const FoundBackup& made : findBackups({folder})) {
                const auto drill = store::drillBackup(made.manifest, SystemClock::read());
                if (!drill)
                    return Result<workbench::BackupResult>(drill.error());
                if (!drill->isGood())
                    return Result<workbench::BackupResult>(Error {ErrorCode::Corrupt, drill->problem, {}});
            }
            return result;
        },
        [this](const Result<workbench::BackupResult>& result) {
            m_isBusy = false;
            m_progress->hide();
            if (result)
                say(tr("The backup is made, and was restored to see that it can be: %1")
                        .arg(QLocale().formattedDataSize(result->bytes, 1, QLocale::DataSizeSIFormat)));
            else
                say(errorText(result.error()).what, true);
            refreshButtons();
            refreshList();
        });
}

void BackupPage::verifyChosen()
{
    const FoundBackup* backup = chosen();
    if (!backup)
        return;
    m_isBusy = true;
    refreshButtons();
    m_workspace.tasks().run(
        this, [manifest = backup->manifest] { return store::drillBackup(manifest, SystemClock::read()); },
        [this](const Result<store::DrillResult>& drill) {
            m_isBusy = false;
            if (!drill)
                say(errorText(drill.error()).what, true);
            else if (drill->isGood())
                say(tr("The backup was restored into a passing folder and is whole."));
            else
                say(tr("The backup does not check out. Do not restore it."), true);
            refreshList();
        });
}

void BackupPage::restoreAside()
{
    const FoundBackup* backup = chosen();
    if (!backup)
        return;
    const QString from = QFileInfo(backup->manifest).path();
    chooseFolder(
        this, tr("Empty folder for the restored workspace"), QDir::homePath(), [this, from](const QString& to) {
            if (!QDir(to).isEmpty()) {
                say(tr("That folder is not empty. Choose or make an empty one."), true);
                return;
            }
            m_isBusy = true;
            refreshButtons();
            m_workspace.tasks().run(
                this, [from, to, cancel = m_cancel.token()] { return workbench::restoreWorkspace(from, to, cancel); },
                [this, to](const Result<workbench::BackupResult>& result) {
                    m_isBusy = false;
                    refreshButtons();
                    if (!result) {
                        say(errorText(result.error()).what, true);
                        return;
                    }
                    say(tr("Restored into %1. It is being opened.").arg(to));
                    Q_EMIT workspaceWanted(to);
                });
        });
}

} // namespace vidimus::studio
