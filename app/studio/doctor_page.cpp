#include "app/studio/doctor_page.h"

#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/widgets/button.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"

#include <QStandardItemModel>
#include <QTableView>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::widgets;

namespace {

constexpr int kMaxRows = 16;

QStandardItem* stateItem(const QString& state)
{
    const bool ok = state == u"ok";
    const bool missing = state == u"missing";
    auto* item = new QStandardItem(ok ? DoctorPage::tr("Works")
            : missing                 ? DoctorPage::tr("Missing")
                                      : DoctorPage::tr("Works, with limits"));
    item->setData(static_cast<int>(ok ? Ink::Passed : missing ? Ink::Rejected : Ink::Warning), CellInkRole);
    item->setData(ok ? u"check"_s : missing ? u"cross"_s : u"warning"_s, CellIconRole);
    return item;
}

} // namespace

DoctorPage::DoctorPage(workbench::Workspace& workspace, QWidget* parent)
    : ServicePage(tr("What is here"),
          tr("Vidimus %1, free software under the GNU General Public License 3 or later.")
              .arg(QStringLiteral(VIDIMUS_VERSION)),
          parent)
    , m_workspace(workspace)
    , m_parts(new QStandardItemModel(this))
{
    beginSection(tr("Parts"), tr("Media is opened only inside the sandbox; its rung says how many walls stand."));
    m_parts->setHorizontalHeaderLabels({tr("Part"), tr("State"), tr("Version"), tr("Detail")});
    m_table = makeTable(m_parts, tr("Parts of the program"), {160, 160, 260, 0});
    add(m_table);
    fitHeight(m_table, kMaxRows);
    m_lookAgain = new Button(tr("Look again"));
    m_lookAgain->setIconName(u"refresh"_s);
    addRow({m_lookAgain});
    connect(m_lookAgain, &Button::clicked, this, &DoctorPage::look);

    beginSection(tr("Audit log"), tr("Every decision and edit is in a log that cannot be changed unseen."));
    m_verify = new Button(tr("Verify the log"));
    m_verify->setIconName(u"shield-check"_s);
    addRow({m_verify});
    connect(m_verify, &Button::clicked, this, &DoctorPage::verifyLog);

    beginSection(tr("Where things are kept"));
    const workbench::WorkspacePaths& paths = workspace.paths();
    auto* places = new QStandardItemModel(this);
    places->setHorizontalHeaderLabels({tr("What"), tr("Folder")});
    const auto place = [places](const QString& what, const QString& folder) {
        places->appendRow({new QStandardItem(what), new QStandardItem(folder)});
    };
    place(tr("Workspace"), paths.root);
    place(tr("Originals, by content"), paths.media());
    place(tr("Renditions"), paths.renditions());
    place(tr("Embedded catalog"), paths.catalogData());
    place(tr("Backups"), paths.backups());
    place(tr("Thumbnails, can be deleted"), paths.cache());
    auto* table = makeTable(places, tr("Where things are kept"), {220, 0});
    add(table);
    fitHeight(table, kMaxRows);
    look();
}

void DoctorPage::look()
{
    m_lookAgain->setDisabledReason(tr("The parts are being tried."));
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::doctor(&workspace, workspace.workers()); },
        [this](const std::vector<workbench::Part>& parts) { fill(parts); });
}

void DoctorPage::fill(const std::vector<workbench::Part>& parts)
{
    m_lookAgain->setDisabledReason({});
    m_parts->removeRows(0, m_parts->rowCount());
    for (const workbench::Part& part : parts) {
        m_parts->appendRow({new QStandardItem(part.name), stateItem(part.state), new QStandardItem(part.version),
            new QStandardItem(part.detail)});
    }
    fitHeight(m_table, kMaxRows);
}

void DoctorPage::verifyLog()
{
    m_verify->setDisabledReason(tr("The log is being read."));
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workbench::verifyAudit(workspace); },
        [this](const Result<audit::LogReport>& report) {
            m_verify->setDisabledReason({});
            if (!report)
                say(errorText(report.error()).what, true);
            else if (report->isSound())
                say(tr("The log is whole and agrees with its signed heads. Entries: %1")
                        .arg(countText(static_cast<qint64>(report->entries))));
            else
                say(tr("The log does not agree with its signed heads. Keep a backup and call an auditor."), true);
        });
}

} // namespace vidimus::studio
