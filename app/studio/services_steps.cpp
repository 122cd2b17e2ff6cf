// What a person starts from the welcome page, the opening page or the drawer.
#include "app/studio/choose_path.h"
#include "app/studio/page_ids.h"
#include "app/studio/services.h"
#include "app/studio/trace.h"
#include "core/store/salvage.h"
#include "core/workbench/demo.h"
#include "core/workbench/ingest.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/rights_import.h"
#include "core/workbench/task_runner.h"
#include "ui/widgets/error_text.h"

#include <QApplication>
#include <QDir>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using ui::widgets::errorText;

void Services::tryStep(OpeningStep step)
{
    if (m_opener.isOpening())
        return;
    const QString backups = workbench::WorkspacePaths {m_folder}.backups();
    const auto restoreFrom = [this](const std::vector<FoundBackup>& found) {
        if (found.empty()) {
            m_window->announce(tr("There is no backup in that folder."));
            return;
        }
        m_openingPage->showWork(tr("Restoring the backup"), -1);
        openWorkspace(
            [manifest = found.front().manifest, folder = m_folder] { return restoreInPlace(manifest, folder); });
    };
    switch (step) {
    case OpeningStep::TryAgain:
        openWorkspace();
        break;
    case OpeningStep::Salvage:
        openWorkspace([folder = m_folder]() -> Result<void> {
            const auto report = store::salvage(folder, SystemClock::read());
            return report ? Result<void>() : Result<void>(report.error());
        });
        m_openingPage->showWork(tr("Salvaging what can be read; the damaged files are kept"), -1);
        break;
    case OpeningStep::RestoreNewest:
        restoreFrom(findBackups({backups}));
        break;
    case OpeningStep::RestoreFrom:
        chooseFolder(m_openingPage, tr("Folder with a backup"), backups,
            [restoreFrom](const QString& folder) { restoreFrom(findBackups({folder})); });
        break;
    case OpeningStep::LastProfile:
        m_profile.clear();
        openWorkspace();
        break;
    case OpeningStep::OtherFolder:
        chooseFolder(m_openingPage, tr("Folder of a workspace"), QFileInfo(m_folder).path(),
            [this](const QString& folder) { reopen(folder, {}); });
        break;
    case OpeningStep::Quit:
        m_window->close();
        break;
    }
}

void Services::takeWelcomeStep(WelcomePage::Step step)
{
    switch (step) {
    case WelcomePage::Step::AddFiles:
        chooseFiles(m_welcomePage, tr("Add video files"), tr("All files (*)"),
            [this](const QStringList& files) { addFiles(files); });
        break;
    case WelcomePage::Step::OpenDemo:
        m_fillWithDemo = true;
        reopen(QDir::cleanPath(workbench::defaultWorkspaceFolder()) + u"-demo"_s, {});
        break;
    case WelcomePage::Step::ImportRights:
        chooseFiles(m_welcomePage, tr("Import rights"), tr("Lists of rights (*.csv)"),
            [this](const QStringList& files) { importRights(files.first()); });
        break;
    case WelcomePage::Step::ShowPlaces:
        m_window->showPage(kDoctorPage);
        break;
    }
}

void Services::prepareDemo()
{
    m_fillWithDemo = false;
    const workbench::VerbNotes notes = [this](double share, const QString&) {
        QMetaObject::invokeMethod(
            this,
            [this, share] {
                if (m_welcomePage)
                    m_welcomePage->showWork(tr("Adding the demo’s clips"), share);
            },
            Qt::QueuedConnection);
    };
    if (m_welcomePage)
        m_welcomePage->showWork(tr("Adding the demo’s clips"), 0);
    m_workspace->tasks().run(
        m_window.get(),
        [workspace = m_workspace.get(), cancel = m_cancel.token(), notes] {
            return workbench::prepareDemoWorkspace(*workspace, cancel, notes);
        },
        [this](const Result<void>& done) {
            trace("demo_prepared", {{u"ok"_s, done.has_value()}});
            if (done && m_welcomePage)
                m_welcomePage->endWork();
            if (done && m_window->currentPageId() == kWelcomePage)
                m_window->showPage(kReviewPage);
            else if (!done && m_welcomePage)
                m_welcomePage->showFailure(errorText(done.error()).what, errorText(done.error()).action);
            Q_EMIT demoPrepared();
        });
}

void Services::addFiles(const QStringList& files)
{
    struct Outcome {
        int added = 0;
        QString firstRefused; ///< file name
        Error error;
    };
    const auto progress = [this](double share, const QString& name) {
        QMetaObject::invokeMethod(
            this,
            [this, share, name] {
                if (m_welcomePage)
                    m_welcomePage->showWork(tr("Adding %1").arg(name), share);
            },
            Qt::QueuedConnection);
    };
    m_workspace->tasks().run(
        m_window.get(),
        [workspace = m_workspace.get(), cancel = m_cancel.token(), files, progress] {
            Outcome outcome;
            for (qsizetype i = 0; i < files.size(); ++i) {
                const QString name = QFileInfo(files[i]).fileName();
                const double done = static_cast<double>(i);
                const double count = static_cast<double>(files.size());
                const auto asset = workbench::ingestFile(*workspace, files[i], cancel, [&](const Progress& at) {
                    progress((done + (at.total > 0 ? at.done / at.total : 0)) / count, name);
                });
                if (asset)
                    ++outcome.added;
                else if (outcome.firstRefused.isEmpty()) {
                    outcome.firstRefused = name;
                    outcome.error = asset.error();
                }
            }
            return outcome;
        },
        [this](const Outcome& outcome) {
            if (m_welcomePage)
                m_welcomePage->endWork();
            if (!outcome.firstRefused.isEmpty()) {
                const QString sentence
                    = tr("%1 was not added: %2").arg(outcome.firstRefused, errorText(outcome.error).what);
                if (m_welcomePage)
                    m_welcomePage->showFailure(sentence, {});
                m_window->announce(sentence);
            }
            if (outcome.added > 0)
                m_window->showPage(kReviewPage);
        });
}

void Services::importRights(const QString& file)
{
    m_workspace->tasks().run(
        m_window.get(),
        [workspace = m_workspace.get(), file] { return workbench::importRights(*workspace, {.file = file}); },
        [this, file](const Result<avails::ImportPlan>& plan) {
            if (!plan) {
                if (m_welcomePage)
                    m_welcomePage->showFailure(errorText(plan.error()).what, plan.error().detail);
                return;
            }
            if (workbench::isHeldBack(*plan, {.file = file})) {
                if (m_welcomePage)
                    m_welcomePage->showFailure(
                        tr("Nothing was imported: %n row(s) of the list are bad", nullptr, plan->rejected),
                        tr("Open the list on the rights page (Ctrl+I): it shows each of them, and can leave them "
                           "out."));
                return;
            }
            m_window->showPage(kRightsPage);
            m_window->announce(tr("%1 rows taken, %2 refused").arg(plan->accepted).arg(plan->rejected));
        });
}

void Services::openManual()
{
    const QString shown = m_window->currentPageId();
    if (shown == kManualPage) {
        m_window->showPage(m_beforeManual.isEmpty() ? QString(kReviewPage) : m_beforeManual);
        return;
    }
    if (!m_window->page(kManualPage)) // the workspace is not open
        return m_window->openKeySheet();
    m_beforeManual = shown;
    m_window->showPage(kManualPage);
    m_window->page(kManualPage)->openSubject(shown);
}

void Services::takeFiles(const QStringList& files)
{
    if (!m_workspace)
        return;
    m_window->showPage(kReviewPage);
    m_window->page(kReviewPage)->takeFiles(files);
}

void Services::openAsset(const AssetId& asset)
{
    m_window->showPage(kReviewPage);
    m_window->page(kReviewPage)->openSubject(asset.toString());
}

} // namespace vidimus::studio
