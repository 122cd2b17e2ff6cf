#include "app/studio/page_table.h"

#include "app/studio/backup_keeper.h"
#include "app/studio/backup_page.h"
#include "app/studio/doctor_page.h"
#include "app/studio/manual_chapters.h"
#include "app/studio/page_ids.h"
#include "app/studio/people_page.h"
#include "app/studio/settings_keeper.h"
#include "app/studio/settings_rows.h"
#include "app/studio/welcome_page.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/pages.h"
#include "ui/publishing/pages.h"
#include "ui/quality/pages.h"
#include "ui/rights/rights_pages.h"
#include "ui/shell/manual_page.h"
#include "ui/shell/settings_page.h"

#include <QCoreApplication>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using ui::shell::PageDescriptor;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("StudioPages", text);
}

PageDescriptor peoplePage(const PageContext& context)
{
    return {.id = kPeoplePage,
        .title = tr("People"),
        .iconName = u"people"_s,
        .service = true,
        .create = [context](QWidget* parent) {
            auto* page = new PeoplePage(context.workspace, parent);
            QObject::connect(page, &PeoplePage::profileChosen, page, context.useProfile, Qt::QueuedConnection);
            return page;
        }};
}

PageDescriptor backupPage(const PageContext& context)
{
    return {.id = kBackupPage,
        .title = tr("Backup"),
        .iconName = u"disk"_s,
        .service = true,
        .create = [context](QWidget* parent) {
            auto* page = new BackupPage(
                context.workspace, backupFolderOf(context.settings.settings(), context.workspace), parent);
            QObject::connect(page, &BackupPage::restoreWanted, page, context.restore, Qt::QueuedConnection);
            QObject::connect(page, &BackupPage::workspaceWanted, page, context.openFolder, Qt::QueuedConnection);
            return page;
        }};
}

PageDescriptor settingsPage(const PageContext& context)
{
    return {.id = kSettingsPage,
        .title = tr("Settings"),
        .iconName = u"settings"_s,
        .service = true,
        .create = [context](QWidget* parent) {
            auto* page = new ui::shell::SettingsPage(parent);
            addSettingRows(*page, context.settings);
            return page;
        }};
}

PageDescriptor manualPage(const PageContext& context)
{
    return {.id = kManualPage,
        .title = tr("Manual"),
        .iconName = u"book"_s,
        .service = true,
        .create
        = [context](QWidget* parent) { return new ui::shell::ManualPage(manualChapters(), context.commands, parent); }};
}

PageDescriptor welcomePage(const PageContext& context)
{
    return {.id = kWelcomePage,
        .title = tr("Begin"),
        .iconName = u"play"_s,
        .create =
            [context](QWidget* parent) {
                auto* page = new WelcomePage(context.workspace.paths().root, parent);
                context.begin(page);
                return page;
            },
        .hidden = true};
}

} // namespace

std::vector<PageDescriptor> pageTable(const PageContext& context)
{
    std::vector<PageDescriptor> pages;
    const auto add = [&pages](std::vector<PageDescriptor> more) {
        for (PageDescriptor& page : more)
            pages.push_back(std::move(page));
    };
    add(ui::moderation::moderationPages(context.workspace));
    add(ui::rights::rightsPages(context.workspace));
    add(ui::publishing::publishingPages(context.workspace));
    add(ui::quality::qualityPages(context.workspace));
    pages.push_back(peoplePage(context));
    pages.push_back(backupPage(context));
    pages.push_back({.id = kDoctorPage,
        .title = tr("About"),
        .iconName = u"cpu"_s,
        .service = true,
        .create = [context](QWidget* parent) { return new DoctorPage(context.workspace, parent); }});
    pages.push_back(settingsPage(context));
    pages.push_back(manualPage(context));
    pages.push_back(welcomePage(context));
    return pages;
}

} // namespace vidimus::studio
