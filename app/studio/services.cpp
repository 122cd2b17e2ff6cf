#include "app/studio/services.h"

#include "app/studio/attention_feed.h"
#include "app/studio/backup_keeper.h"
#include "app/studio/frame_memory.h"
#include "app/studio/idle_watch.h"
#include "app/studio/language.h"
#include "app/studio/page_ids.h"
#include "app/studio/page_table.h"
#include "app/studio/scrub_keeper.h"
#include "app/studio/session_keeper.h"
#include "app/studio/settings_keeper.h"
#include "app/studio/status_feed.h"
#include "app/studio/trace.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/serve_verbs.h"
#include "ui/shell/registry_commands.h"

#include <QApplication>
#include <QDir>
#include <QEvent>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::shell;

namespace {

constexpr QSize kFirstSize {1600, 940};

/// Calls \a then when the window has painted next, then goes.
class NextPaint : public QObject {
public:
    NextPaint(QWidget* window, std::function<void()> then)
        : QObject(window)
        , m_then(std::move(then))
    {
        window->installEventFilter(this);
        window->update();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            // The event comes before the painting; what is queued comes after it.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_then();
                    deleteLater();
                },
                Qt::QueuedConnection);
        }
        return false;
    }

private:
    std::function<void()> m_then;
};

} // namespace

Services::Services(QApplication& application, Arguments arguments)
    : m_application(application)
    , m_arguments(std::move(arguments))
    , m_folder(workspaceFolderOf(m_arguments))
    , m_profile(m_arguments.profile)
    , m_theme(application)
    , m_fillWithDemo(m_arguments.demo)
{
    connect(
        &m_opener, &WorkspaceOpener::opened, this, [this](const std::shared_ptr<Opened>& opened) { take(*opened); });
    connect(&m_opener, &WorkspaceOpener::refused, this, &Services::refuse);
}

Services::~Services()
{
    m_cancel.cancel();
    if (m_session)
        m_session->finish();
    rememberFrame();
    m_server.reset();
    m_feeds.reset();
    m_window.reset();
    m_workspace.reset();
}

void Services::rememberFrame()
{
    if (!m_settings)
        return;
    const Settings& settings = m_settings->settings();
    const QRect geometry = m_window->isMaximized() ? m_window->normalGeometry() : m_window->geometry();
    FrameMemory {geometry, m_window->isMaximized(), settings.scheme, settings.language}.write(m_folder);
}

void Services::start()
{
    const FrameMemory memory = FrameMemory::read(m_folder);
    m_theme.setChoice(memory.scheme);
    m_language = memory.language;
    makeWindow();
    m_window->resize(kFirstSize);
    if (memory.geometry.isValid())
        m_window->setGeometry(memory.geometry);
    new NextPaint(m_window.get(), [] { trace("first_paint"); });
    if (memory.maximized)
        m_window->showMaximized();
    else
        m_window->show();
    trace("window_shown");
    openWorkspace();
}

void Services::makeWindow()
{
    auto window = std::make_unique<MainWindow>(m_clock);
    window->setWindowIcon(m_application.windowIcon());
    window->setWindowTitle(tr("Vidimus – %1").arg(QFileInfo(m_folder).fileName()));
    window->commands().add(registryCommands());
    window->addPages({{.id = kOpeningPage,
        .title = tr("Opening"),
        .iconName = u"clock"_s,
        .create = [](QWidget* parent) { return new OpeningPage(parent); },
        .hidden = true}});
    m_openingPage = qobject_cast<OpeningPage*>(window->page(kOpeningPage));
    connect(m_openingPage, &OpeningPage::stepChosen, this, &Services::tryStep);
    connect(window.get(), &MainWindow::helpWanted, this, &Services::openManual);
    connect(window.get(), &MainWindow::filesDropped, this, &Services::takeFiles);
    if (m_window) { // takes the old one's place before that goes, so that nothing flickers
        window->setGeometry(m_window->geometry());
        window->setWindowState(m_window->windowState());
        window->show();
    }
    m_window = std::move(window);
}

void Services::openWorkspace(std::function<Result<void>()> between)
{
    m_openingPage->showWaiting();
    m_opener.open({.folder = m_folder, .profile = m_profile}, std::move(m_workspace), std::move(between));
}

void Services::reopen(const QString& folder, const QString& profile, std::function<Result<void>()> between)
{
    if (m_opener.isOpening())
        return;
    m_folder = folder;
    m_profile = profile;
    letGo();
    openWorkspace(std::move(between));
}

void Services::letGo()
{
    m_cancel.cancel();
    m_cancel = CancelSource();
    if (m_session)
        m_session->finish();
    m_server.reset();
    m_feeds.reset();
    m_settings = nullptr;
    m_session = nullptr;
    m_backups = nullptr;
    makeWindow();
}

void Services::take(Opened& opened)
{
    m_workspace = std::move(opened.workspace);
    listen();
    m_feeds = std::make_unique<QObject>();
    m_settings = new SettingsKeeper(*m_workspace, opened.settings, m_feeds.get());
    const auto* idle = new IdleWatch(m_feeds.get());
    auto* scrub = new ScrubKeeper(*m_workspace, *idle, m_feeds.get());
    connect(scrub, &ScrubKeeper::failed, m_window.get(), [this](const Error& error) {
        m_window->announce(tr("The originals cannot be read back: %1").arg(ui::widgets::errorText(error).what));
    });
    m_backups = new BackupKeeper(*m_workspace, m_settings->settings(), *idle, m_feeds.get());
    connect(m_backups, &BackupKeeper::failed, m_window.get(), [this](const Error& error) {
        m_window->announce(tr("The scheduled backup failed: %1").arg(ui::widgets::errorText(error).what));
    });
    connect(m_backups, &BackupKeeper::drilled, m_window.get(), [this](const store::DrillResult& drill) {
        if (!drill.isGood())
            m_window->announce(tr("A backup could not be restored. The page “Backup” says which."));
    });
    connect(m_settings, &SettingsKeeper::changed, this, &Services::applySettings);
    connect(&ui::widgets::preferencesSignal(), &ui::widgets::PreferencesSignal::changed, m_settings,
        [this] { m_settings->set(keys::kAutoAdvance, ui::widgets::preferences().autoAdvance); });
    connect(m_settings, &SettingsKeeper::notStored, m_window.get(), [this](const Error& error) {
        m_window->announce(tr("The setting is not stored: %1").arg(ui::widgets::errorText(error).what));
    });
    connect(&m_workspace->events(), &workbench::WorkspaceEvents::databaseDamaged, this, &Services::abandon,
        Qt::QueuedConnection);
    addPages();
    answerCommands();
    applySettings(m_settings->settings());
    new StatusFeed(*m_window, *m_workspace, m_feeds.get());
    auto* attention = new AttentionFeed(*m_window, *m_workspace, m_feeds.get());
    connect(attention, &AttentionFeed::assetWanted, this, &Services::openAsset);
    showFirstPage(opened.settings.value(keys::kSession), opened.isEmpty);
    m_session = new SessionKeeper(*m_window, *m_workspace, m_feeds.get());
    trace("ready", {{u"page"_s, m_window->currentPageId()}});
    new NextPaint(m_window.get(), [] { trace("interactive"); });
    Q_EMIT ready();
    if (m_fillWithDemo)
        prepareDemo();
}

void Services::listen()
{
    auto server = workbench::serveVerbs(*m_workspace);
    if (server)
        m_server = *std::move(server);
    else
        qWarning("socket: %s", qPrintable(server.error().detail));
}

void Services::applySettings(const Settings& settings)
{
    if (m_theme.choice() != settings.scheme)
        m_theme.setChoice(settings.scheme);
    ui::widgets::setMotionReduced(settings.reduceMotion);
    m_window->commands().setSingleKeysEnabled(settings.singleKeys);
    const ui::widgets::Preferences wanted = preferencesFrom(settings);
    ui::widgets::setPreferences(wanted);
    m_window->setZone(wanted.zone);
    if (m_language != settings.language && m_arguments.task == Arguments::Task::Run) {
        m_language = settings.language;
        rememberFrame();
        useLanguage(m_application, m_language);
        // The window is made anew in the other language, at the place where the person is; not from inside its control.
        QMetaObject::invokeMethod(this, [this] { reopen(m_folder, m_profile); }, Qt::QueuedConnection);
    }
    m_backups->setSettings(settings);
    trace("settings", {{u"theme"_s, schemeChoiceName(settings.scheme)}, {u"single_keys"_s, settings.singleKeys}});
}

void Services::addPages()
{
    PageContext context {.workspace = *m_workspace, .settings = *m_settings, .commands = m_window->commands()};
    context.useProfile = [this](const QString& name) { reopen(m_folder, name); };
    context.restore = [this](const QString& manifest) {
        reopen(m_folder, {}, [manifest, folder = m_folder] { return restoreInPlace(manifest, folder); });
    };
    context.openFolder = [this](const QString& folder) { reopen(folder, {}); };
    context.begin = [this](WelcomePage* page) {
        m_welcomePage = page;
        connect(page, &WelcomePage::stepTaken, this, &Services::takeWelcomeStep);
    };
    m_window->addPages(pageTable(context));
}

void Services::answerCommands()
{
    CommandTable& commands = m_window->commands();
    // The review page answers while it is shown; from elsewhere this leads there.
    commands.handle(u"queue.ingest"_s, m_window.get(), [this](int) {
        m_window->showPage(kReviewPage);
        m_window->commands().trigger(u"queue.ingest"_s);
    });
    commands.handle(u"app.theme"_s, m_settings, [this](int) {
        const bool dark = ui::widgets::currentTokens().dark;
        m_settings->set(
            keys::kScheme, schemeChoiceName(dark ? ui::widgets::SchemeChoice::Light : ui::widgets::SchemeChoice::Dark));
    });
}

void Services::showFirstPage(const QJsonValue& session, bool isEmpty)
{
    if (session.isObject())
        m_window->restoreSession(session.toObject());
    if (isEmpty)
        m_window->showPage(kWelcomePage);
    else if (m_window->currentPageId() == kOpeningPage)
        m_window->showPage(kReviewPage);
}

void Services::abandon()
{
    if (!m_workspace || !m_workspace->store().damage())
        return; // told about one that was let go meanwhile
    const Error error = *m_workspace->store().damage();
    letGo();
    m_workspace.reset();
    refuse(error);
}

void Services::refuse(const Error& error)
{
    trace("refused", {{u"reason"_s, QString::fromLatin1(error.reason)}});
    const bool hasBackups = !findBackups({workbench::WorkspacePaths {m_folder}.backups()}).empty();
    m_openingPage->showProblem(error, stepsFor(error, hasBackups));
    m_window->showPage(kOpeningPage);
    Q_EMIT refused(error);
}

} // namespace vidimus::studio
