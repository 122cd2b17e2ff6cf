#include "ui/publishing/jobs_page.h"

#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/publishing/job_tree_model.h"
#include "ui/publishing/jobs_view.h"
#include "ui/publishing/outbox_model.h"
#include "ui/publishing/outbox_view.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/painting.h"

#include <QHBoxLayout>
#include <QStackedWidget>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using jobs::Job;
using jobs::JobEvent;
using jobs::JobState;

namespace {
constexpr int kMaxJobs = 1000;
constexpr auto kJobsView = "jobs"_L1;
constexpr auto kOutboxView = "outbox"_L1;
} // namespace

struct JobsPage::Gathered {
    std::vector<Job> jobs;
    std::vector<catalog::Operation> operations;
    QHash<TitleId, QString> names;
};

JobsPage::JobsPage(workbench::Workspace& workspace, QWidget* parent)
    : WorkspacePage(parent)
    , m_workspace(workspace)
    , m_titleWidget(new QWidget(this))
    , m_counts(new TextLabel({}, TextRole::Body, Ink::Text, m_titleWidget))
    , m_notice(new NoticeStrip(u"warning"_s, Ink::Warning, this))
    , m_stack(new QStackedWidget(this))
    , m_jobs(new JobsView(workspace, m_stack))
    , m_outbox(new OutboxView(m_stack))
{
    m_titleWidget->hide();
    auto* title = new QHBoxLayout(m_titleWidget);
    title->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    title->setSpacing(kPanelPadding);
    title->addWidget(m_counts);
    m_notice->hide();
    m_stack->addWidget(m_jobs);
    m_stack->addWidget(m_outbox);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addWidget(m_stack, 1);

    m_soon.setSingleShot(true);
    m_soon.setInterval(80ms);
    connect(&m_soon, &QTimer::timeout, this, &JobsPage::load);
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, [this] {
        if (isVisible())
            load();
    });
    m_second.start();
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    using Events = workbench::WorkspaceEvents;
    connect(&workspace.events(), &Events::jobChanged, this, soon);
    connect(&workspace.events(), &Events::outboxChanged, this, soon);

    connect(m_jobs, &JobsView::eventWanted, this, &JobsPage::changeJob);
    connect(m_jobs, &JobsView::pauseAllWanted, this, [this] { changeAll(JobEvent::Pause); });
    connect(m_jobs, &JobsView::resumeAllWanted, this, [this] { changeAll(JobEvent::Resume); });
    connect(m_jobs, &JobsView::detailsCopied, this, [this] { say(tr("The details are in the clipboard.")); });
    connect(m_outbox, &OutboxView::retryWanted, this, &JobsPage::retryOperation);
    connect(m_outbox, &OutboxView::dropWanted, this, &JobsPage::dropOperation);
    connect(m_outbox, &OutboxView::sendWanted, this, &JobsPage::sendNow);
    load();
}

void JobsPage::showEvent(QShowEvent* event)
{
    WorkspacePage::showEvent(event);
    auto* window = qobject_cast<shell::MainWindow*>(this->window());
    if (window && window != m_window)
        answerCommands(*window);
    load();
}

void JobsPage::answerCommands(shell::MainWindow& window)
{
    m_window = &window;
    shell::CommandTable& commands = window.commands();
    commands.handle(u"jobs.pause"_s, this, [this](int) { toggle(); });
    commands.handle(u"jobs.cancel"_s, this, [this](int) { cancel(); });
    commands.handle(u"jobs.retry"_s, this, [this](int) { retry(); });
    commands.handle(u"outbox.sendNow"_s, this, [this](int) { sendNow(); });
}

void JobsPage::load()
{
    if (m_isLoading) {
        m_isStale = true;
        return;
    }
    m_isLoading = true;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace]() -> Result<Gathered> {
            auto jobs = workbench::listJobs(workspace, kMaxJobs);
            auto operations = workbench::outboxOperations(workspace);
            const auto rules = workspace.rules().view(workspace);
            if (!jobs || !operations || !rules)
                return !jobs ? jobs.error() : !operations ? operations.error() : rules.error();
            Gathered gathered {*std::move(jobs), *std::move(operations), {}};
            for (const catalog::Operation& operation : gathered.operations)
                gathered.names.insert(operation.title, operation.title.toString());
            for (const rights::Title& title : (*rules)->rules.titles) {
                if (gathered.names.contains(title.id))
                    gathered.names.insert(title.id, title.name);
            }
            return gathered;
        },
        [this](const Result<Gathered>& gathered) {
            m_isLoading = false;
            if (gathered)
                show(*gathered);
            else
                showError(gathered.error());
            if (std::exchange(m_isStale, false))
                load();
        });
}

void JobsPage::show(const Gathered& gathered)
{
    m_jobs->setJobs(gathered.jobs);
    m_outbox->setOperations(gathered.operations, gathered.names, m_workspace.clock().now());
    const auto count = [&](JobGroup group) {
        return static_cast<int>(
            std::ranges::count(gathered.jobs, group, [](const Job& job) { return groupOf(job.state); }));
    };
    QStringList words {
        tr("%n running", nullptr, count(JobGroup::Running)), tr("%n waiting", nullptr, count(JobGroup::Waiting))};
    if (const int failed = count(JobGroup::Attention))
        words << tr("%n failed", nullptr, failed);
    m_counts->setText(words.join(u"    "_s));
    Q_EMIT badgeChanged(count(JobGroup::Running) + count(JobGroup::Waiting));
    const int waiting = static_cast<int>(gathered.operations.size());
    if (const auto counts = std::pair(static_cast<int>(gathered.jobs.size()), waiting); counts != m_shownCounts) {
        m_shownCounts = counts;
        Q_EMIT viewsChanged();
    }
    const auto state = m_workspace.catalog().state();
    if (state.offlineSince && waiting > 0) {
        m_notice->setText(tr("The site cannot be reached."),
            tr("%n operation(s) wait here and leave by themselves; nothing is lost.", nullptr, waiting));
        m_notice->show();
    } else {
        m_notice->hide();
    }
}

void JobsPage::showError(const Error& error)
{
    const FivePartText text = errorText(error);
    m_notice->setText(text.what, text.effect + u' ' + text.safe + u' ' + text.action);
    m_notice->setToolTip(text.details);
    m_notice->show();
}

void JobsPage::say(const QString& sentence)
{
    Q_EMIT reasonChanged(sentence);
}

void JobsPage::changeJob(const JobId& job, JobEvent event)
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, job, event] { return workbench::changeJob(workspace, job, event); },
        [this](const Result<Job>& changed) {
            if (!changed)
                say(changed.error().reason == "job_step" ? tr("The job's state does not allow this now.")
                                                         : errorText(changed.error()).what);
            load();
        });
}

void JobsPage::changeAll(JobEvent event)
{
    for (const Job& job : m_jobs->jobs()) {
        if (toggleEvent(job.state) == event)
            changeJob(job.id, event);
    }
}

void JobsPage::changeSelected(JobEvent event)
{
    if (const Job* job = m_jobs->selected())
        changeJob(job->id, event);
}

void JobsPage::toggle()
{
    const Job* job = isOutbox() ? nullptr : m_jobs->selected();
    const auto event = job ? toggleEvent(job->state) : std::nullopt;
    if (event && *event != JobEvent::Retry)
        changeSelected(*event);
    else
        say(isOutbox() ? tr("Space acts on jobs; here R tries again and Del drops.")
                       : tr("This job neither runs nor waits."));
}

void JobsPage::retry()
{
    if (isOutbox()) {
        retryOperation();
        return;
    }
    const Job* job = m_jobs->selected();
    if (job && canRetry(job->state))
        changeSelected(JobEvent::Retry);
    else
        say(tr("Only a job that stopped can be tried again."));
}

void JobsPage::cancel()
{
    if (isOutbox()) {
        dropOperation();
        return;
    }
    const Job* job = m_jobs->selected();
    if (job && canCancel(job->state))
        changeSelected(JobEvent::Cancel);
    else
        say(tr("This job is over."));
}

void JobsPage::retryOperation()
{
    const catalog::Operation* operation = m_outbox->selected();
    if (!operation)
        return;
    if (!needsPerson(*operation)) {
        sendNow();
        return;
    }
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, id = operation->id] { return workbench::retryOperation(workspace, id); },
        [this](const Result<void>& done) {
            say(done ? tr("It is tried again.") : errorText(done.error()).what);
            load();
        });
}

void JobsPage::dropOperation()
{
    const catalog::Operation* operation = m_outbox->selected();
    if (!operation)
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, id = operation->id] { return workbench::dropOperation(workspace, id); },
        [this](const Result<void>& done) {
            say(done ? tr("Dropped; what is stored here stays.") : errorText(done.error()).what);
            load();
        });
}

void JobsPage::sendNow()
{
    m_workspace.catalog().poke();
    say(tr("Sending what is ready. A decision that can still be undone waits for its ten seconds."));
}

bool JobsPage::isOutbox() const
{
    return m_stack->currentWidget() == m_outbox;
}

std::vector<SegmentedControl::Segment> JobsPage::views() const
{
    return {{kJobsView, tr("Jobs"), static_cast<int>(m_jobs->jobs().size())},
        {kOutboxView, tr("Outbox"), m_shownCounts.second}};
}

QString JobsPage::currentView() const
{
    return isOutbox() ? kOutboxView : kJobsView;
}

void JobsPage::showView(const QString& id)
{
    m_stack->setCurrentWidget(id == kOutboxView ? static_cast<QWidget*>(m_outbox) : m_jobs);
    Q_EMIT viewsChanged();
    Q_EMIT drawerAreaChanged();
    baseFocus()->setFocus(Qt::OtherFocusReason);
}

QWidget* JobsPage::baseFocus()
{
    return isOutbox() ? m_outbox->focusWidgetOf() : m_jobs->focusWidgetOf();
}

QWidget* JobsPage::filterInput()
{
    return isOutbox() ? nullptr : m_jobs->filterInput();
}

QRect JobsPage::drawerArea() const
{
    return isOutbox() ? m_outbox->panelRect() : m_jobs->panelRect();
}

void JobsPage::setNarrow(bool narrow)
{
    m_jobs->setNarrow(narrow);
    m_outbox->setNarrow(narrow);
}

QJsonObject JobsPage::saveState() const
{
    const Job* job = m_jobs->selected();
    return {{u"view"_s, currentView()}, {u"job"_s, job ? job->id.toString() : QString()}};
}

void JobsPage::restoreState(const QJsonObject& state)
{
    m_jobs->select(JobId(state.value(u"job"_s).toString()));
    if (state.value(u"view"_s).toString() == kOutboxView)
        m_stack->setCurrentWidget(m_outbox);
}

void JobsPage::openSubject(const QString& id)
{
    showView(kJobsView);
    if (!id.isEmpty())
        m_jobs->select(JobId(id));
}

} // namespace vidimus::ui::publishing
