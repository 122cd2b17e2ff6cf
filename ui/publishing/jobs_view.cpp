#include "ui/publishing/jobs_view.h"

#include "core/workbench/review.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/publishing/board_card.h"
#include "ui/publishing/job_delegate.h"
#include "ui/publishing/job_panel.h"
#include "ui/publishing/job_tree_model.h"
#include "ui/publishing/thumbnails.h"
#include "ui/publishing/title_facts_text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/skeleton_rows.h"
#include "ui/widgets/splitter.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using jobs::Job;
using jobs::JobEvent;
using jobs::JobState;

namespace {
enum StackPage { Loading, Empty, Content };
constexpr int kStepWidth = 62;
constexpr int kIconColumn = 32;
constexpr int kPanelWidth = 484;

bool isActive(const Job& job)
{
    return job.state == JobState::Queued || job.state == JobState::Running;
}
} // namespace

JobsView::JobsView(workbench::Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_thumbnails(new Thumbnails(workspace, this))
    , m_model(new JobTreeModel(this))
    , m_stack(new QStackedWidget(this))
    , m_splitter(new Splitter(Qt::Horizontal, m_stack))
{
    m_stack->setFocusPolicy(Qt::ClickFocus); // the focus rests here while there is no list
    m_stack->setAccessibleName(tr("Jobs"));
    auto* left = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    m_tree = new QTreeView(left);
    setUpTree(m_tree);
    m_tree->setItemDelegate(new JobDelegate(m_tree));
    m_tree->setModel(m_model);
    m_tree->setIndentation(0);
    m_tree->setRootIsDecorated(false);
    m_tree->setItemsExpandable(true);
    m_tree->setExpandsOnDoubleClick(true);
    m_tree->setAccessibleName(tr("Jobs"));
    m_tree->setSelectionMode(QAbstractItemView::SingleSelection);
    column->addWidget(m_tree, 1);
    m_panel = new JobPanel(m_splitter);
    m_panel->setMinimumWidth(320);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({1360, kPanelWidth});
    setUpColumns();

    m_stack->addWidget(new SkeletonRows(kRowHeight, false, m_stack));
    m_stack->addWidget(new EmptyState(u"layers"_s, tr("No job has run yet."),
        tr("Checks start when a file is added; ladders when a title is transcoded."), m_stack));
    m_stack->addWidget(m_splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(m_filter, &QLineEdit::textChanged, this, &JobsView::refresh);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (m_isRefreshing)
            return;
        if (const Job* job = m_model->job(current)) {
            m_selected = job->id;
            showSelected();
        }
    });
    connect(m_tree, &QTreeView::clicked, this, &JobsView::press);
    connect(m_tree, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (!m_isRefreshing)
            m_folded.insert(static_cast<int>(m_model->groupAt(index.row())));
    });
    connect(m_tree, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (!m_isRefreshing)
            m_folded.remove(static_cast<int>(m_model->groupAt(index.row())));
    });
    connect(m_panel, &JobPanel::eventWanted, this, [this](JobEvent event) { Q_EMIT eventWanted(m_selected, event); });
    connect(m_panel, &JobPanel::detailsCopied, this, &JobsView::detailsCopied);
    connect(m_thumbnails, &Thumbnails::ready, this, [this](const AssetId& asset) {
        const Job* job = selected();
        if (job && assetOf(*job) == asset)
            m_panel->setPicture(m_thumbnails->find(asset));
    });
}

QWidget* JobsView::makeBar()
{
    auto* bar = new Sheet(Sheet::NoEdge, m_splitter);
    bar->setFixedHeight(44);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    layout->setSpacing(kGap);
    m_filter = new FilterField(tr("Filter"), u"/"_s, bar);
    m_filter->setAccessibleName(tr("Filter jobs"));
    m_filter->setFixedWidth(240);
    m_pauseAll = new Button(tr("Pause all"), Button::Kind::Plain, bar);
    connect(m_pauseAll, &Button::clicked, this, [this] {
        if (std::ranges::any_of(m_jobs, isActive))
            Q_EMIT pauseAllWanted();
        else
            Q_EMIT resumeAllWanted();
    });
    layout->addWidget(m_filter);
    layout->addStretch(1);
    layout->addWidget(m_pauseAll);
    return bar;
}

void JobsView::setUpColumns()
{
    QHeaderView* header = m_tree->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setSectionResizeMode(0, QHeaderView::Stretch);
    header->resizeSection(1, 120);
    for (int column = 2; column < m_model->doneColumn(); ++column)
        header->resizeSection(column, kStepWidth);
    header->resizeSection(m_model->doneColumn(), 64);
    header->resizeSection(m_model->remainingColumn(), 170);
    header->resizeSection(m_model->resumesColumn(), 110);
    for (const int column : {m_model->toggleColumn(), m_model->cancelColumn()}) {
        header->setSectionResizeMode(column, QHeaderView::Fixed);
        header->resizeSection(column, kIconColumn);
    }
}

void JobsView::setJobs(std::vector<Job> jobs)
{
    m_jobs = std::move(jobs);
    const bool isFirst = !std::exchange(m_isLoaded, true);
    refresh();
    // Until now nothing here could take the focus.
    if (isFirst && isVisible())
        focusWidgetOf()->setFocus(Qt::OtherFocusReason);
}

void JobsView::refresh()
{
    m_stack->setCurrentIndex(!m_isLoaded ? Loading : m_jobs.empty() ? Empty : Content);
    const bool active = std::ranges::any_of(m_jobs, isActive);
    const bool paused = std::ranges::any_of(m_jobs, [](const Job& job) { return job.state == JobState::Paused; });
    m_pauseAll->setText(active || !paused ? tr("Pause all") : tr("Resume all"));
    m_pauseAll->setIconName(active || !paused ? u"pause"_s : u"play"_s);
    m_pauseAll->setDisabledReason(tr("No job runs or waits."));
    m_pauseAll->setEnabled(active || paused);

    std::vector<Job> shown = m_jobs;
    const QString text = m_filter->text().trimmed();
    std::erase_if(shown, [&text](const Job& job) {
        return !text.isEmpty() && !job.subject.contains(text, Qt::CaseInsensitive)
            && !jobKindText(job).contains(text, Qt::CaseInsensitive);
    });
    m_isRefreshing = true;
    m_model->setJobs(std::move(shown), m_workspace.clock().now());
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex group = m_model->index(row, 0);
        m_tree->setFirstColumnSpanned(row, {}, true);
        m_tree->setExpanded(group, !m_folded.contains(static_cast<int>(m_model->groupAt(row))));
    }
    QModelIndex index = m_model->indexOf(m_selected);
    if (!index.isValid() && m_model->rowCount() > 0) {
        index = m_model->index(0, 0, m_model->index(0, 0));
        m_selected = m_model->job(index)->id;
    }
    if (index.isValid() && m_tree->currentIndex() != index)
        m_tree->setCurrentIndex(index);
    m_isRefreshing = false;
    m_panel->setVisible(index.isValid());
    showSelected();
}

void JobsView::select(const JobId& id)
{
    m_selected = id;
    if (m_isLoaded)
        refresh();
}

const Job* JobsView::selected() const
{
    const QModelIndex index = m_model->indexOf(m_selected);
    return m_model->job(index);
}

void JobsView::showSelected()
{
    const Job* job = selected();
    if (!job)
        return;
    m_panel->setJob(*job, m_workspace.clock().now());
    const AssetId asset = assetOf(*job);
    m_panel->setPicture(m_thumbnails->find(asset));
    if (asset == m_factsOf)
        return;
    m_factsOf = asset;
    m_panel->setMediaText({});
    if (asset.isEmpty())
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, asset] { return workbench::reviewItem(workspace, asset); },
        [this, asset](const Result<workbench::ReviewItem>& item) {
            if (item && asset == m_factsOf)
                m_panel->setMediaText(titleFactsText({}, *item).media);
        });
}

void JobsView::press(const QModelIndex& index)
{
    const Job* job = m_model->job(index);
    if (!job) {
        m_tree->setExpanded(index.siblingAtColumn(0), !m_tree->isExpanded(index.siblingAtColumn(0)));
        return;
    }
    if (index.column() == m_model->toggleColumn() && toggleEvent(job->state))
        Q_EMIT eventWanted(job->id, *toggleEvent(job->state));
    else if (index.column() == m_model->cancelColumn() && canCancel(job->state))
        Q_EMIT eventWanted(job->id, JobEvent::Cancel);
}

QWidget* JobsView::filterInput() const
{
    return m_filter;
}

QWidget* JobsView::focusWidgetOf() const
{
    return m_stack->currentIndex() == Content ? static_cast<QWidget*>(m_tree) : m_stack;
}

QRect JobsView::panelRect() const
{
    return m_stack->currentIndex() == Content && m_panel->isVisible() ? m_panel->geometry() : QRect();
}

void JobsView::setNarrow(bool narrow)
{
    m_splitter->setSizes(narrow ? QList {896, 340} : QList {1360, kPanelWidth});
    m_tree->header()->setSectionHidden(m_model->resumesColumn(), narrow);
    m_tree->header()->resizeSection(m_model->remainingColumn(), narrow ? 140 : 170);
    m_tree->header()->resizeSection(1, narrow ? 104 : 120);
}

} // namespace vidimus::ui::publishing
