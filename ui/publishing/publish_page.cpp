#include "ui/publishing/publish_page.h"

#include "core/workbench/events.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/queue_check.h"
#include "core/workbench/renditions.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/publishing/board_view.h"
#include "ui/publishing/frame_strip.h"
#include "ui/publishing/gate_list.h"
#include "ui/publishing/gate_text.h"
#include "ui/publishing/thumbnails.h"
#include "ui/publishing/title_facts_text.h"
#include "ui/publishing/title_panel.h"
#include "ui/publishing/title_work_list.h"
#include "ui/publishing/truth_text.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/skeleton_rows.h"
#include "ui/widgets/splitter.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using vidimus::publishing::PublicationState;

namespace {
constexpr int kMaxJobs = 500;
constexpr int kPanelWidth = 600;
constexpr int kNarrowPanelWidth = 420;
constexpr auto kGather = 80ms;
constexpr auto kPublish = "publish.publish"_L1;
constexpr auto kWithdraw = "publish.withdraw"_L1;
enum StackPage { Loading, Empty, Content };
} // namespace

struct PublishPage::Work {
    std::vector<jobs::Job> jobs;
    std::vector<catalog::Operation> operations;
};

PublishPage::PublishPage(workbench::Workspace& workspace, QWidget* parent)
    : WorkspacePage(parent)
    , m_workspace(workspace)
    , m_thumbnails(new Thumbnails(workspace, this))
    , m_titleWidget(new QWidget(this))
    , m_counts(new TextLabel({}, TextRole::Body, Ink::Text, m_titleWidget))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new Splitter(Qt::Horizontal, m_stack))
    , m_notice(new NoticeStrip(u"warning"_s, Ink::Warning, this))
    , m_ladders(new QMenu(this))
{
    m_titleWidget->hide();
    auto* title = new QHBoxLayout(m_titleWidget);
    title->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    title->addWidget(m_counts);

    auto* left = new Splitter(Qt::Vertical, m_splitter);
    m_board = new BoardView(*m_thumbnails, left);
    m_frames = new FrameStrip(workspace, left);
    m_workList = new TitleWorkList(left);
    left->addWidget(m_board);
    left->addWidget(m_frames);
    left->addWidget(m_workList);
    left->setStretchFactor(0, 1);
    left->setSizes({524, 300, 188});
    left->setChildrenCollapsible(false);
    m_frames->setMinimumHeight(300);
    m_workList->setMinimumHeight(96);
    m_board->setMinimumHeight(160);
    m_panel = new TitlePanel(m_splitter);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_panel->setMinimumWidth(kNarrowPanelWidth);
    m_panel->setMaximumWidth(720);
    m_splitter->setSizes({1244, kPanelWidth});

    auto* empty = new EmptyState(u"upload"_s, tr("There is no title to publish yet."),
        tr("A title appears here as soon as a file is added. Its gates say what is missing."), m_stack);
    connect(empty->setNextStep(tr("Add files…"), u"Ctrl+O"_s), &Button::clicked, this, [this] {
        if (m_window)
            m_window->commands().trigger(u"queue.ingest"_s);
    });
    m_stack->addWidget(new SkeletonRows(116, true, m_stack));
    m_stack->addWidget(empty);
    m_stack->addWidget(m_splitter);
    m_notice->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);

    for (const QString& ladder : transcode::shippedLadderNames())
        m_ladders->addAction(ladder, this, [this, ladder] { transcode(ladder); });
    setFocusPolicy(Qt::ClickFocus); // rests here while there is no board
    setAccessibleName(tr("Publishing board"));
    connectWorkspace();
    connectPanel();
    loadBoard();
    loadWork();
}

QAction* PublishPage::preferredLadder() const
{
    const QList<QAction*> actions = m_ladders->actions();
    const QString& preferred = preferences().ladder;
    const auto found
        = std::ranges::find(actions, preferred.isEmpty() ? workbench::kDefaultLadder : preferred, &QAction::text);
    return found == actions.end() ? actions.value(0) : *found;
}

void PublishPage::connectWorkspace()
{
    for (QTimer* timer : {&m_boardTimer, &m_workTimer}) {
        timer->setSingleShot(true);
        timer->setInterval(kGather);
    }
    connect(&m_boardTimer, &QTimer::timeout, this, &PublishPage::loadBoard);
    connect(&m_workTimer, &QTimer::timeout, this, &PublishPage::loadWork);
    const auto boardSoon = [this] {
        if (!m_boardTimer.isActive())
            m_boardTimer.start();
    };
    const auto workSoon = [this] {
        if (!m_workTimer.isActive())
            m_workTimer.start();
    };
    using Events = workbench::WorkspaceEvents;
    Events* events = &m_workspace.events();
    connect(events, &Events::assetsChanged, this, boardSoon);
    connect(events, &Events::assetChanged, this, boardSoon);
    connect(events, &Events::decisionsChanged, this, boardSoon);
    connect(events, &Events::rulesChanged, this, boardSoon);
    connect(events, &Events::publicationChanged, this, boardSoon);
    connect(events, &Events::jobChanged, this, workSoon);
    connect(events, &Events::outboxChanged, this, workSoon);
}

void PublishPage::connectPanel()
{
    connect(m_board, &BoardView::titleSelected, this, &PublishPage::showSelected);
    connect(m_board, &BoardView::fixWanted, this, [this] { m_panel->gates().takeFirstFix(); });
    connect(&m_panel->gates(), &GateList::fixChosen, this, &PublishPage::takeFix);
    connect(m_panel, &TitlePanel::publishWanted, this, &PublishPage::publish);
    connect(m_panel, &TitlePanel::withdrawWanted, this, &PublishPage::withdraw);
    connect(m_panel, &TitlePanel::copyWanted, this, [this](const QString& url) {
        QGuiApplication::clipboard()->setText(url);
        Q_EMIT reasonChanged(tr("The address is in the clipboard."));
    });
    connect(m_panel, &TitlePanel::visitWanted, this, [](const QString& url) { QDesktopServices::openUrl(QUrl(url)); });
    connect(m_workList, &TitleWorkList::jobEventWanted, this, &PublishPage::changeJob);
    connect(m_workList, &TitleWorkList::openJobsWanted, this, [this] { Q_EMIT subjectWanted(u"jobs"_s, {}); });
    connect(m_thumbnails, &Thumbnails::ready, this, [this](const AssetId& asset) {
        const auto* title = selected();
        if (title && title->asset == asset)
            m_panel->setPicture(m_thumbnails->find(asset));
    });
}

void PublishPage::showEvent(QShowEvent* event)
{
    WorkspacePage::showEvent(event);
    auto* window = qobject_cast<shell::MainWindow*>(this->window());
    if (window && window != m_window)
        answerCommands(*window);
}

void PublishPage::answerCommands(shell::MainWindow& window)
{
    m_window = &window;
    shell::CommandTable& commands = window.commands();
    commands.handle(kPublish, this, [this](int) { publish(); });
    commands.handle(kWithdraw, this, [this](int) { withdraw(); });
    commands.handle(u"publish.recheck"_s, this, [this](int) {
        loadBoard();
        loadWork();
        Q_EMIT reasonChanged(tr("The gates are read again."));
    });
    updateCommands();
}

void PublishPage::updateCommands()
{
    if (!m_window)
        return;
    const bool any = selected() != nullptr;
    const QString none = tr("No title is selected.");
    m_window->commands().setDisabled(kPublish, any ? m_panel->publishReason() : none);
    m_window->commands().setDisabled(kWithdraw, any ? m_panel->withdrawReason() : none);
}

void PublishPage::loadBoard()
{
    if (m_isLoadingBoard) {
        m_boardIsStale = true;
        return;
    }
    m_isLoadingBoard = true;
    loadBoardAfter({}, {});
}

void PublishPage::loadBoardAfter(const TitleId& after, std::vector<workbench::TitleOnBoard> before)
{
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, after] {
            return workbench::publishBoard(workspace, workspace.clock().now(), after);
        },
        [this, titles = std::move(before)](Result<workbench::BoardPage> page) mutable {
            if (page) {
                titles.insert(titles.end(), page->titles.begin(), page->titles.end());
                // The first load grows under the reader's eyes; a later one replaces the board when it is whole.
                const bool isWhole = page->next.isEmpty();
                if (isWhole || titles.size() > m_titles.size()) {
                    m_titles = titles;
                    m_notice->hide();
                    m_isLoadingBoard = !isWhole;
                    showBoard();
                }
                if (!isWhole)
                    return loadBoardAfter(page->next, std::move(titles));
            } else {
                showError(page.error());
            }
            m_isLoadingBoard = false;
            if (std::exchange(m_boardIsStale, false))
                loadBoard();
        });
}

void PublishPage::loadWork()
{
    if (m_isLoadingWork) {
        m_workIsStale = true;
        return;
    }
    m_isLoadingWork = true;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace]() -> Result<Work> {
            auto jobs = workbench::listJobs(workspace, kMaxJobs);
            auto operations = workbench::outboxOperations(workspace);
            if (!jobs || !operations)
                return jobs ? std::move(operations).error() : std::move(jobs).error();
            return Work {*std::move(jobs), *std::move(operations)};
        },
        [this](Result<Work> work) {
            m_isLoadingWork = false;
            if (work) {
                m_jobs = std::move(work->jobs);
                m_operations = std::move(work->operations);
                showBoard();
            } else {
                showError(work.error());
            }
            if (std::exchange(m_workIsStale, false))
                loadWork();
        });
}

void PublishPage::showBoard()
{
    if (m_titles.empty()) {
        m_stack->setCurrentIndex(m_isLoadingBoard ? Loading : Empty);
        updateCommands();
        return;
    }
    const bool isFirst = m_stack->currentIndex() != Content;
    m_stack->setCurrentIndex(Content);
    m_board->setColumns(boardColumns(m_titles, workOf(m_jobs)));
    if (!m_wanted.isEmpty() && m_board->select(m_wanted))
        m_wanted = {};
    const int blocked = m_board->count(BoardColumn::Blocked);
    m_counts->setText(tr("%n title(s)", nullptr, static_cast<int>(m_titles.size())) + u"    "_s
        + tr("%n blocked", nullptr, blocked) + u"    "_s + tr("%n ready", nullptr, m_board->count(BoardColumn::Ready)));
    Q_EMIT badgeChanged(m_board->count(BoardColumn::Ready));
    showSelected();
    if (isFirst && isVisible())
        m_board->focusList()->setFocus(Qt::OtherFocusReason);
}

const workbench::TitleOnBoard* PublishPage::selected() const
{
    const auto found = std::ranges::find(m_titles, m_board->selected(), &workbench::TitleOnBoard::title);
    return found == m_titles.end() ? nullptr : &*found;
}

void PublishPage::showSelected()
{
    const workbench::TitleOnBoard* title = selected();
    if (!title)
        return;
    m_panel->setTitle(*title, m_operations);
    m_panel->setCheckedAt(m_workspace.clock().now());
    m_panel->setPicture(m_thumbnails->find(title->asset));
    m_frames->setAsset(title->asset);
    std::vector<jobs::Job> jobs;
    std::ranges::copy_if(m_jobs, std::back_inserter(jobs),
        [title](const jobs::Job& job) { return !title->asset.isEmpty() && assetOf(job) == title->asset; });
    std::vector<catalog::Operation> operations;
    std::ranges::copy_if(m_operations, std::back_inserter(operations),
        [title](const catalog::Operation& operation) { return operation.title == title->title; });
    m_workList->setWork(jobs, operations, m_workspace.clock().now());
    loadFacts();
    updateCommands();
}

void PublishPage::loadFacts()
{
    const workbench::TitleOnBoard* title = selected();
    if (title->asset == m_factsOf)
        return;
    m_factsOf = title->asset;
    m_panel->setFacts({});
    if (title->asset.isEmpty())
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, asset = title->asset] { return workbench::reviewItem(workspace, asset); },
        [this, asset = title->asset](const Result<workbench::ReviewItem>& item) {
            const workbench::TitleOnBoard* shown = selected();
            if (item && shown && shown->asset == asset)
                m_panel->setFacts(titleFactsText(*shown, *item));
        });
}

void PublishPage::showError(const Error& error)
{
    const FivePartText text = errorText(error);
    m_notice->setText(text.what, text.effect + u' ' + text.safe + u' ' + text.action);
    m_notice->setToolTip(text.details);
    m_notice->show();
}

void PublishPage::refuse(const Error& error)
{
    const FivePartText text = errorText(error);
    m_panel->setRefusal(text.what);
    Q_EMIT reasonChanged(text.what + u' ' + text.action);
}

void PublishPage::publish()
{
    const workbench::TitleOnBoard* title = selected();
    if (!title)
        return;
    if (!m_panel->publishReason().isEmpty()) {
        Q_EMIT reasonChanged(m_panel->publishReason());
        return;
    }
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, id = title->title] {
            return workbench::publishTitle(workspace, id, workspace.clock().now());
        },
        [this](const Result<workbench::TitleOnBoard>& board) {
            if (board)
                Q_EMIT reasonChanged(tr("“%1” is stored and on its way.").arg(board->name));
            else
                refuse(board.error());
        });
}

void PublishPage::withdraw()
{
    const workbench::TitleOnBoard* title = selected();
    if (!title || !isOut(*title))
        return;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, id = title->title] {
            return workbench::withdrawTitle(workspace, id, u"taken down from the board"_s);
        },
        [this](const Result<workbench::TitleOnBoard>& board) {
            if (board)
                Q_EMIT reasonChanged(tr("“%1” is taken down; this passes all else that waits.").arg(board->name));
            else
                refuse(board.error());
        });
}

void PublishPage::takeFix(const QByteArray& fix, QWidget* button)
{
    const workbench::TitleOnBoard* title = selected();
    if (!title)
        return;
    if (fix == "review") {
        Q_EMIT subjectWanted(u"moderation"_s, title->asset.toString());
    } else if (fix == "edit_rights") {
        Q_EMIT subjectWanted(u"rights"_s, title->title.toString());
    } else if (fix == "transcode") {
        m_ladders->popup(button->mapToGlobal(QPoint(0, button->height() + 2)));
        m_ladders->setActiveAction(preferredLadder());
    } else if (fix == "check_again") {
        m_workspace.tasks().run(
            this, [&workspace = m_workspace, asset = title->asset] { return workbench::queueCheck(workspace, asset); },
            [this](const Result<JobId>& job) {
                if (job)
                    Q_EMIT reasonChanged(tr("The checks are queued."));
                else
                    refuse(job.error());
            });
    } else if (fix == "ingest" && m_window) {
        m_window->commands().trigger(u"queue.ingest"_s);
    }
}

void PublishPage::transcode(const QString& ladder)
{
    const workbench::TitleOnBoard* title = selected();
    if (!title || title->asset.isEmpty())
        return;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, asset = title->asset, ladder] {
            return workbench::queueTranscode(workspace, asset, ladder);
        },
        [this, ladder](const Result<JobId>& job) {
            if (job)
                Q_EMIT reasonChanged(tr("The ladder “%1” is queued.").arg(ladder));
            else
                refuse(job.error());
        });
}

void PublishPage::changeJob(const JobId& job, jobs::JobEvent event)
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, job, event] { return workbench::changeJob(workspace, job, event); },
        [this](const Result<jobs::Job>& changed) {
            if (!changed)
                refuse(changed.error());
        });
}

QWidget* PublishPage::titleWidget()
{
    return m_titleWidget;
}

QWidget* PublishPage::baseFocus()
{
    return m_stack->currentIndex() == Content ? m_board->focusList() : this;
}

std::vector<QWidget*> PublishPage::panes()
{
    return {baseFocus(), &m_panel->publishButton(), m_workList};
}

QRect PublishPage::drawerArea() const
{
    return m_stack->currentIndex() == Content ? m_panel->geometry() : QRect();
}

void PublishPage::setNarrow(bool narrow)
{
    m_panel->setNarrow(narrow);
    m_frames->setVisible(!narrow);
    m_splitter->setSizes(narrow ? QList {816, kNarrowPanelWidth} : QList {1244, kPanelWidth});
    Q_EMIT drawerAreaChanged();
}

QJsonObject PublishPage::saveState() const
{
    return {{u"title"_s, m_board->selected().toString()}};
}

void PublishPage::restoreState(const QJsonObject& state)
{
    openSubject(state.value(u"title"_s).toString());
}

void PublishPage::openSubject(const QString& id)
{
    m_wanted = TitleId(id);
    if (!m_titles.empty())
        showBoard();
}

} // namespace vidimus::ui::publishing
