#pragma once

#include "app/studio/arguments.h"
#include "app/studio/backup_list.h"
#include "app/studio/opening_page.h"
#include "app/studio/settings.h"
#include "app/studio/welcome_page.h"
#include "app/studio/workspace_opener.h"
#include "core/base/cancel.h"
#include "ui/shell/main_window.h"

namespace vidimus::workbench {
class LocalServer;
}

namespace vidimus::studio {

class BackupKeeper;
class SessionKeeper;
class SettingsKeeper;

/// Builds the studio: the one place that knows window, workspace, socket and feeds, and joins them. The window stands
/// before the workspace is open, and outlives nothing of it. Ui thread.
class Services : public QObject {
    Q_OBJECT

public:
    Services(QApplication& application, Arguments arguments);
    ~Services() override;

    /// Shows the window and begins to open the workspace.
    void start();
    [[nodiscard]] ui::shell::MainWindow& window() { return *m_window; }
    /// Null until ready().
    [[nodiscard]] workbench::Workspace* workspace() { return m_workspace.get(); }
    [[nodiscard]] ui::widgets::Theme& theme() { return m_theme; }
    [[nodiscard]] const QString& folder() const { return m_folder; }
    /// The page that says why the workspace does not open; lives as long as the window.
    [[nodiscard]] OpeningPage& openingPage() { return *m_openingPage; }

Q_SIGNALS:
    void ready();
    void refused(const vidimus::Error& error);
    /// The demo's clips are in the workspace (or could not be put there).
    void demoPrepared();

private:
    void makeWindow();
    void openWorkspace(std::function<Result<void>()> between = {});
    void reopen(const QString& folder, const QString& profile, std::function<Result<void>()> between = {});
    /// What must not outlive the workspace; the window is replaced by one that shows outlines.
    void letGo();
    void take(Opened& opened);
    void listen();
    void addPages();
    void answerCommands();
    void applySettings(const Settings& settings);
    void rememberFrame();
    void showFirstPage(const QJsonValue& session, bool isEmpty);
    void refuse(const Error& error);
    /// Lets a workspace go whose database turned out to be damaged, and says so.
    void abandon();
    void tryStep(OpeningStep step);
    void takeWelcomeStep(WelcomePage::Step step);
    void prepareDemo();
    void addFiles(const QStringList& files);
    void importRights(const QString& file);
    void openAsset(const AssetId& asset);
    /// F1: the chapter about the page that is shown, and back.
    void openManual();
    void takeFiles(const QStringList& files);

    QApplication& m_application;
    Arguments m_arguments;
    QString m_folder;
    QString m_profile;
    QString m_language;
    ui::widgets::Theme m_theme;
    SystemClock m_clock;
    WorkspaceOpener m_opener;
    CancelSource m_cancel; ///< of work that ends with the workspace
    std::unique_ptr<workbench::Workspace> m_workspace;
    std::unique_ptr<workbench::LocalServer> m_server; ///< ends before the workspace
    std::unique_ptr<ui::shell::MainWindow> m_window; ///< its pages end before the workspace
    std::unique_ptr<QObject> m_feeds; ///< parent of what listens to the workspace
    OpeningPage* m_openingPage = nullptr;
    QPointer<WelcomePage> m_welcomePage;
    SettingsKeeper* m_settings = nullptr;
    SessionKeeper* m_session = nullptr;
    BackupKeeper* m_backups = nullptr;
    QString m_beforeManual; ///< page id
    bool m_fillWithDemo = false;
};

} // namespace vidimus::studio
