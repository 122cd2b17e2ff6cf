#include "ui/moderation/review_page.h"

#include "core/workbench/events.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/decision_desk.h"
#include "ui/moderation/entry_strip.h"
#include "ui/moderation/finding_detail.h"
#include "ui/moderation/ingest_rows.h"
#include "ui/moderation/panel.h"
#include "ui/moderation/queue_panel.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/moderation/review_centre.h"
#include "ui/moderation/transport_row.h"
#include "ui/moderation/why_facts.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/decision_bar.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/toggle_switch.h"
#include "ui/widgets/video_surface.h"

#include <QComboBox>
#include <QJsonArray>
#include <QListView>
#include <QMimeData>
#include <QSplitter>
#include <QTableView>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kFilterMs = 150;
constexpr int kSaveMs = 2000;
constexpr int kFactsMs = 1000;
constexpr int kTickMs = 250; // the countdown of the undo card

shell::MainWindow* windowOf(QWidget* widget)
{
    for (QWidget* at = widget; at; at = at->parentWidget()) {
        if (auto* window = qobject_cast<shell::MainWindow*>(at))
            return window;
    }
    return nullptr;
}

} // namespace

ReviewPage::ReviewPage(workbench::Workspace& workspace, QWidget* parent)
    : WorkspacePage(parent)
    , m_workspace(workspace)
    , m_queue(workspace)
    , m_decided(workspace.clock())
    , m_desk(new DecisionDesk(workspace.policy(), workspace.me().roles, this))
    , m_title(new QWidget(this))
    , m_splitter(new Splitter(this))
    , m_queuePanel(new QueuePanel(workspace, m_queue, m_decided, m_splitter))
    , m_centre(new ReviewCentre(m_player, m_splitter))
    , m_reasons(new ReasonsPanel(m_findings, m_comments, m_splitter))
    , m_strip(new EntryStrip(this))
    , m_bar(new DecisionBar(this))
{
    auto* layout = tightColumn(this);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_strip);
    layout->addWidget(m_bar);
    m_splitter->setChildrenCollapsible(false);
    for (QWidget* column :
        {static_cast<QWidget*>(m_queuePanel), static_cast<QWidget*>(m_centre), static_cast<QWidget*>(m_reasons)})
        m_splitter->addWidget(column);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({272, 1160, 412});
    m_bar->autoAdvance()->setChecked(preferences().autoAdvance);
    connect(m_bar->autoAdvance(), &QAbstractButton::toggled, this, [](bool on) {
        Preferences changed = preferences();
        changed.autoAdvance = on;
        setPreferences(changed);
    });
    connect(&preferencesSignal(), &PreferencesSignal::changed, this, [this](const Preferences& before) {
        m_bar->autoAdvance()->setChecked(preferences().autoAdvance);
        if (before.density != preferences().density && m_item)
            m_reasons->setFacts(whyFacts(*m_item, m_workspace.clock().now()));
    });
    m_filterSoon.setSingleShot(true);
    m_filterSoon.setInterval(kFilterMs);
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(kSaveMs);
    m_second.setInterval(kTickMs);
    buildTitle();
    connectParts();
    connectTalk();
    connectWorkspace();
    refreshBar();
    m_centre->showLoading();
    m_queuePanel->setLoading(true);
    loadQueue(false);
}

ReviewPage::~ReviewPage()
{
    delete m_shown;
    // The last look is kept even when the window closes at once.
    if (m_item && m_player.isOpen())
        static_cast<void>(workbench::saveReviewState(m_workspace, m_item->sha256, toJson(reviewState())).has_value());
}

void ReviewPage::buildTitle()
{
    auto* row = new QHBoxLayout(m_title);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kPanelPadding);
    m_filterBox = new QComboBox(m_title);
    m_filterBox->setAccessibleName(tr("Queue"));
    m_filterBox->setFocusPolicy(Qt::TabFocus);
    using workbench::QueueFilter;
    for (const auto& [text, filter] :
        {std::pair {tr("Waiting"), QueueFilter::Waiting}, {tr("Escalated"), QueueFilter::Escalated},
            {tr("Passed"), QueueFilter::Passed}, {tr("Rejected"), QueueFilter::Rejected},
            {tr("Unreadable"), QueueFilter::Unreadable}, {tr("All"), QueueFilter::All}})
        m_filterBox->addItem(text, static_cast<int>(filter));
    m_orderBox = new QComboBox(m_title);
    m_orderBox->setAccessibleName(tr("Order"));
    m_orderBox->setFocusPolicy(Qt::TabFocus);
    m_orderBox->addItem(tr("Oldest first"), static_cast<int>(workbench::QueueOrder::Age));
    m_orderBox->addItem(tr("Highest score first"), static_cast<int>(workbench::QueueOrder::ModelScore));
    m_orderBox->setToolTip(tr("The score is a classifier's guess: it puts the queue in order and decides nothing."));
    m_left = new TextLabel({}, TextRole::BodyMedium, Ink::Text, m_title);
    m_oldest = new TextLabel({}, TextRole::Body, Ink::Second, m_title);
    for (TextLabel* label : {m_left, m_oldest})
        label->setKeepsWidth(true);
    row->addWidget(m_filterBox);
    row->addWidget(m_orderBox);
    row->addWidget(m_left);
    row->addWidget(m_oldest);
    for (const QComboBox* box : {m_filterBox, m_orderBox})
        connect(box, &QComboBox::activated, this, [this] { loadQueue(false); });
}

void ReviewPage::connectParts()
{
    connect(&m_filterSoon, &QTimer::timeout, this, [this] { loadQueue(false); });
    connect(&m_saveSoon, &QTimer::timeout, this, &ReviewPage::saveReview);
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_decided.tick();
        m_queuePanel->refreshUndo(m_workspace.clock().now());
        refreshAge();
    });
    connect(m_queuePanel, &QueuePanel::itemChosen, this, [this](const AssetId& asset) { openItem(asset); });
    connect(m_queuePanel, &QueuePanel::filterChanged, this, [this] { m_filterSoon.start(); });
    connect(m_queuePanel, &QueuePanel::undoWanted, this, &ReviewPage::undo);
    connect(m_queuePanel, &QueuePanel::sendNowWanted, this, &ReviewPage::sendNow);
    connect(m_queuePanel, &QueuePanel::addFilesWanted, this, &ReviewPage::addFiles);
    connect(m_queuePanel->ingest(), &IngestRows::said, this, &ReviewPage::say);
    connect(m_queuePanel->ingest(), &IngestRows::added, this, [this] { loadQueue(true); });
    connect(&m_queue, &QueueModel::rowsRead, this, &ReviewPage::queueRead);

    connect(&m_player, &Player::opened, this, &ReviewPage::playerOpened);
    connect(&m_player, &Player::openFailed, this, [this](const Error& error) { showFailure(error, 0); });
    connect(
        &m_player, &Player::frameFailed, this, [this](qint64 frame, const Error& error) { showFailure(error, frame); });
    connect(&m_player, &Player::frameShown, this, [this](const QImage&, qint64 frame) {
        if (std::exchange(m_failed, false))
            m_centre->surface()->setCard(nullptr);
        refreshBoxes(frame);
        prefetchNext();
    });
    connect(&m_player, &Player::decoderRestarted, this, [this](int times) {
        //: %1 is how often it happened with this file, %2 how often it may.
        say(tr("Media worker restarted (%1 of %2).").arg(times).arg(media::kMostDecoderCrashes));
    });
    connect(&m_player, &Player::positionChanged, this, &ReviewPage::positionMoved);
    connect(&m_player, &Player::watchedChanged, this,
        [this] { m_desk->setWatchedShare(m_player.watched().share(m_player.frameCount())); });
    connect(&m_overview, &OverviewReader::grown, this, [this](quint64 generation, const OverviewData& overview) {
        if (generation == m_generation)
            m_centre->setOverview(overview);
    });
    connect(m_centre, &ReviewCentre::seekWanted, &m_player, &Player::seek);
    connect(m_centre, &ReviewCentre::findingChosen, this,
        [this](const QString& id) { chooseFinding(m_findings.rowOf(id)); });
    connect(m_centre->transport(), &TransportRow::wanted, this, [this](const QString& command) {
        if (auto* window = windowOf(this))
            window->commands().trigger(command);
    });
    connect(m_reasons, &ReasonsPanel::findingChosen, this, &ReviewPage::chooseFinding);
    connect(&m_reasons->detail(), &FindingDetail::allowWanted, this, &ReviewPage::allowFinding);
    connect(&m_reasons->detail(), &FindingDetail::forgetWanted, this, &ReviewPage::forgetAllowance);
    connect(&m_reasons->detail(), &FindingDetail::fixWanted, this, &ReviewPage::fixFinding);
    connect(&m_reasons->detail(), &FindingDetail::limitWanted, this,
        [this](const QString& check) { Q_EMIT subjectWanted(u"quality"_s, check); });
    connect(m_reasons, &ReasonsPanel::compareWanted, this,
        [this](const QString& other) { Q_EMIT subjectWanted(u"compare"_s, m_asset.toString() + u'/' + other); });
    connect(m_reasons, &ReasonsPanel::previousWanted, this, [this] { jumpEvidence(-1); });
    connect(m_reasons, &ReasonsPanel::nextWanted, this, [this] { jumpEvidence(1); });

    connect(m_desk, &DecisionDesk::changed, this, &ReviewPage::refreshBar);
    connect(m_desk, &DecisionDesk::refused, this, [this](const QString& sentence) {
        m_bar->setNotice(sentence);
        say(sentence);
    });
    connect(m_bar, &DecisionBar::keyChosen, this, [this](const QString& id) {
        for (const auto verdict : {moderationVerdict::Pass, moderationVerdict::Reject, moderationVerdict::Escalate}) {
            if (id == actionId(verdict))
                return m_desk->stage(verdict);
        }
        if (id == actionId(moderationVerdict::Duplicate))
            return stageDuplicate();
        if (id == u"snooze"_s)
            return snooze();
        m_desk->chooseReason(id);
    });
    connect(m_bar, &DecisionBar::dropWanted, m_desk, &DecisionDesk::drop);
    connect(m_bar, &DecisionBar::commitWanted, this, &ReviewPage::commit);
}

void ReviewPage::connectWorkspace()
{
    const workbench::WorkspaceEvents& events = m_workspace.events();
    using workbench::WorkspaceEvents;
    connect(&events, &WorkspaceEvents::assetsChanged, this, [this] { loadQueue(true); });
    connect(&events, &WorkspaceEvents::jobChanged, this, &ReviewPage::readFix);
    connect(&events, &WorkspaceEvents::assetChanged, this, [this](const AssetId& asset) {
        m_queue.refresh(asset);
        // A report that came just now belongs on the page; what is being decided is left alone.
        if (asset == m_asset && m_item && !m_committing)
            readFacts();
    });
    // Of checks that run there may be a first verdict.
    m_factsSoon.setSingleShot(true);
    m_factsSoon.setInterval(kFactsMs);
    connect(&m_factsSoon, &QTimer::timeout, this, &ReviewPage::readFacts);
    connect(&events, &WorkspaceEvents::jobChanged, this, [this] {
        const bool isWaiting = m_item && !m_item->report && m_item->firstVerdict.isEmpty() && !m_committing;
        if (isWaiting && isVisible() && !m_factsSoon.isActive())
            m_factsSoon.start();
    });
    // Decided elsewhere: what no longer belongs into the list leaves it.
    m_mergeSoon.setSingleShot(true);
    m_mergeSoon.setInterval(kFilterMs);
    connect(&m_mergeSoon, &QTimer::timeout, this, [this] { loadQueue(true); });
    connect(&events, &WorkspaceEvents::decisionsChanged, this, [this] { m_mergeSoon.start(); });
    connect(&events, &WorkspaceEvents::sent, this, &ReviewPage::readDecisions);
}

std::vector<SegmentedControl::Segment> ReviewPage::views() const
{
    return {};
}

QWidget* ReviewPage::baseFocus()
{
    return m_centre->surface();
}

QWidget* ReviewPage::filterInput()
{
    return m_queuePanel->filter();
}

std::vector<QWidget*> ReviewPage::panes()
{
    return {m_centre->surface(),
        m_centre->isTableShown() ? static_cast<QWidget*>(m_centre->table()) : m_centre->timeline(), m_reasons->table(),
        m_queuePanel->list(), m_filterBox};
}

QRect ReviewPage::drawerArea() const
{
    return {m_reasons->mapTo(this, QPoint()), m_reasons->size()};
}

void ReviewPage::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_queuePanel->setNarrow(narrow);
    m_centre->setNarrow(narrow);
    m_reasons->setNarrow(narrow);
    m_bar->setNarrow(narrow);
    m_splitter->setSizes(narrow ? QList<int> {212, 720, 304} : QList<int> {272, 1160, 412});
}

QJsonObject ReviewPage::saveState() const
{
    QJsonArray sizes;
    for (const int size : m_splitter->sizes())
        sizes.append(size);
    return {{u"splitter"_s, sizes}, {u"asset"_s, m_asset.toString()}, {u"queue"_s, m_filterBox->currentIndex()},
        {u"muted"_s, m_player.isMuted()}};
}

void ReviewPage::openSubject(const QString& id)
{
    if (m_queueWasRead)
        openItem(AssetId(id));
    else
        m_wantedAsset = AssetId(id);
}

void ReviewPage::restoreState(const QJsonObject& state)
{
    const QJsonArray sizes = state.value(u"splitter"_s).toArray();
    if (sizes.size() == m_splitter->count())
        m_splitter->setSizes({sizes[0].toInt(), sizes[1].toInt(), sizes[2].toInt()});
    m_player.setMuted(state.value(u"muted"_s).toBool());
    m_centre->transport()->setMuted(m_player.isMuted());
    const int queue = state.value(u"queue"_s).toInt();
    m_wantedAsset = AssetId(state.value(u"asset"_s).toString());
    if (queue > 0 && queue < m_filterBox->count())
        m_filterBox->setCurrentIndex(queue);
    loadQueue(false);
}

void ReviewPage::say(const QString& sentence)
{
    Q_EMIT reasonChanged(sentence);
    if (auto* window = windowOf(this))
        window->announce(sentence);
}

void ReviewPage::showEvent(QShowEvent*)
{
    m_second.start();
    auto* window = windowOf(this);
    if (!window || m_shown)
        return;
    m_shown = new QObject(this);
    answerCommands(m_shown, *window);
}

void ReviewPage::hideEvent(QHideEvent*)
{
    m_second.stop();
    delete std::exchange(m_shown, nullptr);
    m_player.stop();
    saveReview();
}

void ReviewPage::resizeEvent(QResizeEvent*)
{
    Q_EMIT drawerAreaChanged();
}

void ReviewPage::takeFiles(const QStringList& files)
{
    for (const QString& file : files)
        m_queuePanel->ingest()->add(file);
}

} // namespace vidimus::ui::moderation
