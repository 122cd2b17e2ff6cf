#include "ui/shell/main_window.h"

#include "ui/shell/attention_drawer.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/key_dispatcher.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/rail.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/painting.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QMimeData>
#include <QPainter>
#include <QStackedWidget>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kFrameLine = 3; // staging or production
constexpr int kDrawerWidth = 412;
constexpr int kNarrowDrawerWidth = 304;
// The full layout needs this much; below it "what gives way first" applies.
constexpr int kFullWidth = 1600;
constexpr int kFullHeight = 860;
constexpr auto kAttentionId = "app.attention"_L1;
constexpr auto kKeysId = "app.keys"_L1;

/// Staging and production are never to be confused, also while they cannot be reached.
ConnectionState::Kind siteOf(const ConnectionState& state)
{
    return state.kind == ConnectionState::Kind::Offline ? state.site : state.kind;
}

QStringList localFiles(const QMimeData& data)
{
    QStringList files;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile())
            files << url.toLocalFile();
    }
    return files;
}

/// Darkens the page while the palette or the key sheet is open; a click closes them.
class Shade : public QWidget {
public:
    Shade(std::function<void()> clicked, QWidget* parent)
        : QWidget(parent)
        , m_clicked(std::move(clicked))
    {
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), QColor(0, 0, 0, 128)); }
    void mousePressEvent(QMouseEvent*) override { m_clicked(); }

private:
    std::function<void()> m_clicked;
};

} // namespace

MainWindow::MainWindow(const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_commands(new CommandTable(this))
    , m_dispatcher(new KeyDispatcher(this, *m_commands, this))
    , m_attention(new AttentionModel(this))
    , m_title(new TitleArea(this))
    , m_rail(new Rail(this))
    , m_status(new StatusStrip(clock, this))
    , m_stack(new QStackedWidget(this))
    , m_palette(new CommandPalette(*m_commands, this))
    , m_keySheet(new KeySheet(*m_commands, this))
    , m_drawer(new AttentionDrawer(*m_attention, this))
    , m_shade(new Shade([this] { closeOverlay(); }, this))
    , m_announcer(new Announcer(this))
{
    setWindowTitle(tr("Vidimus"));
    setMinimumSize(1024, 640);
    setAcceptDrops(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_stack, 1);
    layout->addLayout(middle, 1);
    layout->addWidget(m_status);
    new FocusRing(this);

    m_rail->addEntry(kAttentionId, tr("Attention"), u"warning"_s, Rail::Place::Service, false);
    m_rail->addEntry(kKeysId, tr("Keys"), u"help"_s, Rail::Place::Service, false);
    connect(m_rail, &Rail::chosen, this, [this](const QString& id) {
        if (id == kAttentionId || id == kKeysId)
            m_commands->trigger(id);
        else
            showPage(id);
    });
    connect(m_title, &TitleArea::paletteWanted, this, &MainWindow::openPalette);
    connect(m_title, &TitleArea::viewChosen, this, [this](const QString& id) {
        if (auto* shown = currentPage())
            shown->showView(id);
    });
    connect(m_status, &StatusStrip::attentionWanted, this, [this] { setDrawerOpen(!isDrawerOpen()); });
    connect(m_status, &StatusStrip::keysWanted, this, &MainWindow::openKeySheet);
    connect(m_dispatcher, &KeyDispatcher::modeChanged, this, [this](Mode mode) {
        m_status->setMode(mode);
        m_announcer->say(tr("Mode %1").arg(modeText(mode)));
    });
    connect(
        m_commands, &CommandTable::refused, this, [this](const QString&, const QString& reason) { announce(reason); });
    connect(m_palette, &CommandPalette::closed, this, [this](const QString& id) {
        closeOverlay();
        if (!id.isEmpty())
            m_commands->trigger(id);
    });
    connect(m_keySheet, &KeySheet::closed, this, &MainWindow::closeOverlay);
    connect(m_drawer, &AttentionDrawer::closeWanted, this, [this] { setDrawerOpen(false); });
    connect(m_drawer, &AttentionDrawer::stepChosen, this, &MainWindow::attentionStepChosen);
    connect(m_attention, &AttentionModel::changed, this, [this] {
        m_status->setAttentionCount(m_attention->count());
        m_rail->setBadge(kAttentionId, m_attention->count(), true);
    });
    m_dispatcher->setBaseFocus([this] { return baseFocus(); });
    m_dispatcher->addEscapeStep(this, [this] {
        if (!isDrawerOpen() || !m_drawer->isAncestorOf(QApplication::focusWidget()))
            return false;
        setDrawerOpen(false);
        return true;
    });
    m_dispatcher->addEscapeStep(this, [this] {
        if (!m_overlay)
            return false;
        closeOverlay();
        return true;
    });
    answerOwnCommands();
    applyNarrow();
}

MainWindow::~MainWindow()
{
    // Pages may own widgets that stand in the title area; these go with their page.
    m_title->setPageWidget(nullptr);
}

void MainWindow::answerOwnCommands()
{
    const auto answer = [this](const QString& id, std::function<void()> act) {
        m_commands->handle(id, this, [act = std::move(act)](int) { act(); });
    };
    answer(u"app.palette"_s, [this] { openPalette(); });
    answer(kKeysId, [this] { openKeySheet(); });
    answer(kAttentionId, [this] { setDrawerOpen(!isDrawerOpen()); });
    answer(u"app.nextPane"_s, [this] { nextPane(); });
    answer(u"app.help"_s, [this] { Q_EMIT helpWanted(); });
    answer(u"app.quit"_s, [this] { close(); });
    answer(u"app.filter"_s, [this] {
        auto* shown = currentPage();
        if (QWidget* input = shown ? shown->filterInput() : nullptr)
            input->setFocus(Qt::ShortcutFocusReason);
    });
}

void MainWindow::addPages(std::vector<PageDescriptor> pages)
{
    for (PageDescriptor& descriptor : pages) {
        if (!descriptor.hidden) {
            m_rail->addEntry(descriptor.id, descriptor.title, descriptor.iconName,
                descriptor.service ? Rail::Place::Service : Rail::Place::Page);
        }
        m_commands->handle(u"app."_s + descriptor.id, this, [this, id = descriptor.id](int) { showPage(id); });
        m_pages.push_back({std::move(descriptor), nullptr});
    }
    m_rail->setNarrow(m_narrow);
    if (m_currentId.isEmpty() && !m_pages.empty())
        showPage(m_pages.front().descriptor.id);
}

MainWindow::Entry* MainWindow::entryOf(const QString& id)
{
    const auto found = std::ranges::find_if(m_pages, [&id](const Entry& entry) { return entry.descriptor.id == id; });
    return found == m_pages.end() ? nullptr : &*found;
}

WorkspacePage* MainWindow::page(const QString& id)
{
    Entry* entry = entryOf(id);
    if (!entry)
        return nullptr;
    if (!entry->page) {
        entry->page = entry->descriptor.create(m_stack);
        m_stack->addWidget(entry->page);
        connectPage(*entry);
        entry->page->setNarrow(m_narrow);
        if (m_waitingStates.contains(id))
            entry->page->restoreState(m_waitingStates.take(id));
    }
    return entry->page;
}

void MainWindow::connectPage(Entry& entry)
{
    WorkspacePage* made = entry.page;
    const QString id = entry.descriptor.id;
    connect(made, &WorkspacePage::badgeChanged, this, [this, id](int count) { setBadge(id, count); });
    connect(made, &WorkspacePage::viewsChanged, this, [this, made] {
        if (made == currentPage()) {
            refreshViews();
            m_dispatcher->setPageMode(made->pageMode());
        }
    });
    connect(made, &WorkspacePage::reasonChanged, this, [this, made](const QString& text) {
        if (made == currentPage())
            m_status->setReason(text);
    });
    connect(made, &WorkspacePage::drawerAreaChanged, this, &MainWindow::placeOverlays);
    connect(made, &WorkspacePage::subjectWanted, this, [this](const QString& pageId, const QString& subject) {
        if (WorkspacePage* wanted = page(pageId)) {
            showPage(pageId);
            wanted->openSubject(subject);
        }
    });
}

void MainWindow::showPage(const QString& id)
{
    WorkspacePage* wanted = page(id);
    if (!wanted)
        return;
    m_currentId = id;
    m_stack->setCurrentWidget(wanted);
    m_rail->setCurrent(id);
    m_commands->setPage(wanted->commandsOf().isEmpty() ? id : wanted->commandsOf());
    m_title->setPageWidget(wanted->titleWidget());
    m_status->setReason({});
    refreshViews();
    m_dispatcher->setPageMode(wanted->pageMode());
    if (QWidget* base = baseFocus(); base && !m_overlay)
        base->setFocus(Qt::OtherFocusReason);
    placeOverlays();
    Q_EMIT pageShown(id);
}

QStringList MainWindow::pageIds() const
{
    QStringList ids;
    for (const Entry& entry : m_pages)
        ids << entry.descriptor.id;
    return ids;
}

void MainWindow::setBadge(const QString& pageId, int count)
{
    m_rail->setBadge(pageId, count);
}

WorkspacePage* MainWindow::currentPage() const
{
    return qobject_cast<WorkspacePage*>(m_stack->currentWidget());
}

QWidget* MainWindow::baseFocus() const
{
    auto* shown = currentPage();
    return shown ? shown->baseFocus() : nullptr;
}

void MainWindow::refreshViews()
{
    if (const auto* shown = currentPage())
        m_title->setViews(shown->views(), shown->currentView());
}

void MainWindow::setConnection(const ConnectionState& state)
{
    m_connection = state;
    m_title->setConnection(state);
    const auto site = siteOf(state);
    const bool line = site == ConnectionState::Kind::Staging || site == ConnectionState::Kind::Production;
    layout()->setContentsMargins(0, line ? kFrameLine : 0, 0, 0);
    update();
}

void MainWindow::setStorage(const StorageState& state)
{
    m_status->setStorage(state);
}

void MainWindow::setReason(const QString& text)
{
    m_status->setReason(text);
}

void MainWindow::setZone(const QTimeZone& zone)
{
    m_drawer->setZone(zone);
}

void MainWindow::announce(const QString& sentence)
{
    m_status->setReason(sentence);
    m_announcer->say(sentence);
}

void MainWindow::openPalette()
{
    if (m_overlay == m_palette)
        return;
    openOverlay(m_palette, m_palette->field());
    m_palette->open();
}

void MainWindow::openKeySheet()
{
    if (m_overlay == m_keySheet) {
        closeOverlay();
        return;
    }
    openOverlay(m_keySheet, nullptr);
    m_keySheet->open();
}

void MainWindow::openOverlay(QWidget* overlay, QWidget* focus)
{
    if (m_overlay && m_overlay != overlay)
        m_overlay->hide();
    else if (!m_overlay)
        m_focusMemory.remember(this);
    m_overlay = overlay;
    overlay->setParent(this);
    placeOverlays();
    m_shade->show();
    m_shade->raise();
    overlay->show();
    overlay->raise();
    if (isDrawerOpen())
        m_drawer->raise();
    if (focus)
        focus->setFocus(Qt::OtherFocusReason);
}

void MainWindow::closeOverlay()
{
    if (!m_overlay)
        return;
    QWidget* closing = m_overlay;
    m_overlay = nullptr;
    m_focusMemory.restore(baseFocus());
    closing->hide();
    m_shade->hide();
}

void MainWindow::setDrawerOpen(bool open)
{
    if (!open && m_drawer->isAncestorOf(QApplication::focusWidget()) && baseFocus())
        baseFocus()->setFocus(Qt::OtherFocusReason);
    m_drawer->setVisible(open);
    placeOverlays();
    if (open) {
        m_drawer->raise();
        m_announcer->say(tr("%n need attention", nullptr, m_attention->count()));
    }
}

bool MainWindow::isDrawerOpen() const
{
    return m_drawer->isVisibleTo(this);
}

void MainWindow::placeOverlays()
{
    const QRect pageRect(m_stack->mapTo(this, QPoint()), m_stack->size());
    const auto* shown = currentPage();
    QRect drawer = shown ? shown->drawerArea() : QRect();
    if (drawer.isValid()) {
        drawer.moveTopLeft(shown->mapTo(this, drawer.topLeft()));
    } else {
        const int width = m_narrow ? kNarrowDrawerWidth : kDrawerWidth;
        drawer = QRect(pageRect.right() - width + 1, pageRect.top(), width, pageRect.height());
        drawer = QStyle::visualRect(layoutDirection(), pageRect, drawer);
    }
    m_drawer->setGeometry(drawer);
    // What the page keeps below the drawer (its decision bar) stays bright and in reach.
    m_shade->setGeometry(QRect(pageRect.topLeft(), QPoint(pageRect.right(), drawer.bottom())));
    QRect rest(pageRect.left(), m_title->geometry().bottom() + 1, pageRect.width(), pageRect.height());
    if (isDrawerOpen() && layoutDirection() == Qt::LeftToRight)
        rest.setRight(drawer.left() - 1);
    m_palette->place(rest);
    const QSize sheet(std::min(1180, pageRect.width() - 48), std::min(760, pageRect.height() - 48));
    m_keySheet->setGeometry(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, sheet, pageRect));
    if (m_overlay && m_overlay != m_palette && m_overlay != m_keySheet) {
        const QSize size = m_overlay->sizeHint().boundedTo(pageRect.size() - QSize(24, 24));
        m_overlay->setGeometry(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, size, pageRect));
    }
}

void MainWindow::nextPane()
{
    auto* shown = currentPage();
    if (!shown)
        return;
    const auto panes = shown->panes();
    const QWidget* focus = QApplication::focusWidget();
    const auto current = std::ranges::find_if(
        panes, [focus](const QWidget* pane) { return pane == focus || pane->isAncestorOf(focus); });
    const std::size_t from
        = current == panes.end() ? panes.size() - 1 : static_cast<std::size_t>(current - panes.begin());
    for (std::size_t step = 1; step <= panes.size(); ++step) {
        QWidget* pane = panes[(from + step) % panes.size()];
        if (pane->isVisible() && pane->isEnabled()) {
            pane->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void MainWindow::applyNarrow()
{
    m_narrow = width() < kFullWidth || height() < kFullHeight;
    m_rail->setNarrow(m_narrow);
    m_title->setNarrow(m_narrow);
    m_status->setNarrow(m_narrow);
    for (const Entry& entry : m_pages) {
        if (entry.page)
            entry.page->setNarrow(m_narrow);
    }
    refreshViews();
}

void MainWindow::resizeEvent(QResizeEvent*)
{
    const bool narrow = width() < kFullWidth || height() < kFullHeight;
    if (narrow != m_narrow)
        applyNarrow();
    layout()->activate();
    placeOverlays();
}

bool MainWindow::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &MainWindow::placeOverlays, Qt::QueuedConnection);
    return QWidget::event(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList files = localFiles(*event->mimeData());
    if (files.isEmpty())
        return;
    event->acceptProposedAction();
    Q_EMIT filesDropped(files);
}

void MainWindow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.window);
    if (siteOf(m_connection) == ConnectionState::Kind::Staging)
        painter.fillRect(QRect(0, 0, width(), kFrameLine), tokens.staging);
    else if (siteOf(m_connection) == ConnectionState::Kind::Production)
        painter.fillRect(QRect(0, 0, width(), kFrameLine), tokens.production);
}

QJsonObject MainWindow::saveSession() const
{
    QJsonObject pages;
    for (const Entry& entry : m_pages) {
        const QString& id = entry.descriptor.id;
        if (entry.page)
            pages.insert(
                id, QJsonObject {{u"view"_s, entry.page->currentView()}, {u"state"_s, entry.page->saveState()}});
        else if (m_waitingStates.contains(id))
            pages.insert(id, QJsonObject {{u"state"_s, m_waitingStates.value(id)}});
    }
    const QRect normal = isMaximized() ? normalGeometry() : geometry();
    return {{u"version"_s, 1}, {u"geometry"_s, QJsonArray {normal.x(), normal.y(), normal.width(), normal.height()}},
        {u"maximized"_s, isMaximized()}, {u"page"_s, m_currentId}, {u"pages"_s, pages}, {u"drawer"_s, isDrawerOpen()},
        {u"recent"_s, QJsonArray::fromStringList(m_palette->recent())}};
}

void MainWindow::restoreSession(const QJsonObject& session)
{
    if (session.value("version"_L1).toInt() != 1)
        return;
    const QJsonArray geometry = session.value("geometry"_L1).toArray();
    if (geometry.size() == 4) {
        const QRect wanted(geometry[0].toInt(), geometry[1].toInt(), geometry[2].toInt(), geometry[3].toInt());
        if (wanted.width() >= minimumWidth() && wanted.height() >= minimumHeight() && wanted.width() <= 16384
            && wanted.height() <= 16384)
            setGeometry(wanted);
    }
    QStringList recent;
    for (const QJsonValue& id : session.value("recent"_L1).toArray()) {
        if (m_commands->find(id.toString()))
            recent << id.toString();
    }
    m_palette->setRecent(recent);
    const QJsonObject pages = session.value("pages"_L1).toObject();
    for (Entry& entry : m_pages) {
        const QJsonObject saved = pages.value(entry.descriptor.id).toObject();
        const QJsonObject state = saved.value("state"_L1).toObject();
        if (entry.page)
            entry.page->restoreState(state);
        else if (!state.isEmpty())
            m_waitingStates.insert(entry.descriptor.id, state);
    }
    const QString id = session.value("page"_L1).toString();
    if (entryOf(id)) {
        showPage(id);
        const QString view = pages.value(id).toObject().value("view"_L1).toString();
        if (!view.isEmpty()) {
            currentPage()->showView(view);
            refreshViews();
        }
    }
    setDrawerOpen(session.value("drawer"_L1).toBool());
    if (session.value("maximized"_L1).toBool())
        setWindowState(windowState() | Qt::WindowMaximized);
}

} // namespace vidimus::ui::shell
