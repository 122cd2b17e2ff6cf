#include "ui/moderation/queue_panel.h"

#include "core/moderation/decision_rules.h"
#include "ui/moderation/decided_delegate.h"
#include "ui/moderation/ingest_rows.h"
#include "ui/moderation/panel.h"
#include "ui/moderation/queue_row_delegate.h"
#include "ui/shell/mode.h"
#include "ui/widgets/button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/skeleton_rows.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"
#include "ui/widgets/undo_card.h"

#include <QListView>
#include <QStackedWidget>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {
constexpr int kDecidedRowsShown = 5;
}

QueuePanel::QueuePanel(workbench::Workspace& workspace, QueueModel& queue, DecidedModel& decided, QWidget* parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_decided(decided)
    , m_header(new SectionHeader(tr("Next"), this))
    , m_filter(new FilterField(tr("Filter"), u"/"_s, this))
    , m_ingest(new IngestRows(workspace, this))
    , m_stack(new QStackedWidget(this))
    , m_list(new QListView(m_stack))
    , m_skeleton(new SkeletonRows(kTallRowHeight, true, m_stack))
    , m_delegate(new QueueRowDelegate(m_list))
    , m_decidedPart(new Panel(&Tokens::surface, Qt::TopEdge, this))
    , m_decidedList(new QListView(m_decidedPart))
    , m_decidedMore(new TextLabel({}, TextRole::LabelPlain, Ink::Second, m_decidedPart))
    , m_undo(new UndoCard(this))
    , m_undoPart(new QWidget(this))
{
    setMinimumWidth(200);
    auto* layout = tightColumn(this);
    //: The order of the queue within a priority.
    m_order = new TextLabel(tr("Oldest first"), TextRole::Label, Ink::Second, this);
    m_order->setToolTip(tr("Within a priority. The order stays while you work."));
    m_header->addTrailing(m_order);
    layout->addWidget(m_header);
    auto* filterRow = new QWidget(this);
    filterRow->setFixedHeight(44);
    auto* filterLayout = new QHBoxLayout(filterRow);
    filterLayout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    filterLayout->addWidget(m_filter);
    layout->addWidget(filterRow);
    layout->addWidget(m_ingest);

    setUpList(m_list);
    m_list->setAccessibleName(tr("Queue"));
    m_list->setItemDelegate(m_delegate);
    m_list->setModel(&m_queue);
    // A click chooses and leaves the keys with the player; Tab and F6 lead into the list.
    m_list->setFocusPolicy(Qt::TabFocus);
    shell::setModeOf(m_list, shell::Mode::List);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_skeleton);
    layout->addWidget(m_stack, 1);

    auto* decidedLayout = tightColumn(m_decidedPart);
    auto* title = new TextLabel(tr("Decided in this session"), TextRole::Label, Ink::Second, m_decidedPart);
    title->setContentsMargins(0, 0, 0, 0);
    auto* titleRow = new QHBoxLayout;
    titleRow->setContentsMargins(kPanelPadding, kGap, kPanelPadding, 4);
    titleRow->addWidget(title);
    decidedLayout->addLayout(titleRow);
    setUpList(m_decidedList);
    m_decidedList->setAccessibleName(tr("Decided in this session"));
    m_decidedList->setItemDelegate(new DecidedDelegate(m_decidedList));
    m_decidedList->setModel(&m_decided);
    m_decidedList->setFocusPolicy(Qt::TabFocus);
    m_decidedList->setSelectionMode(QAbstractItemView::NoSelection);
    decidedLayout->addWidget(m_decidedList);
    decidedLayout->addSpacing(kGap);
    layout->addWidget(m_decidedPart);
    auto* undoLayout = new QHBoxLayout(m_undoPart);
    undoLayout->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kPanelPadding);
    undoLayout->addWidget(m_undo);
    layout->addWidget(m_undoPart);
    m_undoPart->hide();

    connect(m_filter, &QLineEdit::textChanged, this, &QueuePanel::filterChanged);
    const auto choose = [this](const QModelIndex& index) {
        if (index.isValid())
            Q_EMIT itemChosen(m_queue.assetAt(index.row()));
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    connect(m_undo, &UndoCard::undoWanted, this, &QueuePanel::undoWanted);
    connect(m_undo, &UndoCard::sendNowWanted, this, &QueuePanel::sendNowWanted);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(&m_queue, signal, this, &QueuePanel::refresh);
        connect(&m_decided, signal, this, &QueuePanel::refresh);
    }
    connect(&m_queue, &QAbstractItemModel::modelReset, this, &QueuePanel::refresh);
    setEmptyText(tr("Nothing waits here."), {});
}

void QueuePanel::setEmptyText(const QString& sentence, const QString& more)
{
    delete m_empty;
    auto* empty = new EmptyState(u"check"_s, sentence, more, m_stack);
    auto* add = empty->setNextStep(tr("Add files…"), keyText(QKeySequence(Qt::CTRL | Qt::Key_O)));
    connect(add, &Button::clicked, this, &QueuePanel::addFilesWanted);
    m_empty = empty;
    m_stack->addWidget(empty);
    refresh();
}

void QueuePanel::setError(const QString& sentence)
{
    if (sentence.isEmpty())
        return setEmptyText(tr("Nothing waits here."), {});
    setEmptyText(tr("The queue cannot be read."), sentence);
}

void QueuePanel::setOrderText(const QString& text)
{
    m_order->setText(text);
}

void QueuePanel::setLoading(bool loading)
{
    m_loading = loading;
    refresh();
}

void QueuePanel::refresh()
{
    const int count = m_queue.rowCount();
    m_header->setCount(m_loading ? QString() : countText(count));
    m_stack->setCurrentWidget(count > 0 ? m_list : m_loading ? m_skeleton : m_empty);
    const int decided = m_decided.rowCount();
    m_decidedPart->setVisible(decided > 0 && !m_narrow);
    m_decidedList->setFixedHeight(std::min(decided, kDecidedRowsShown) * rowHeight());
}

void QueuePanel::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_delegate->setNarrow(narrow);
    refresh();
}

void QueuePanel::setCurrent(const AssetId& asset)
{
    const int row = m_queue.rowOf(asset);
    const QModelIndex index = row < 0 ? QModelIndex() : m_queue.index(row);
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
}

void QueuePanel::refreshUndo(Instant now)
{
    const Decided* last = m_decided.lastUndoable();
    const bool waits
        = last && last->leavesAt > now && last->decision.state == vidimus::moderation::DecisionState::Committed;
    m_undoPart->setVisible(waits);
    if (!waits)
        return;
    const VerdictLook look = verdictLook(last->decision.verdict);
    m_undo->showDecision(look.iconName, look.ink, tr("%1 #%2").arg(look.done, last->shortId));
    m_undo->setTimeLeft(
        std::chrono::duration_cast<Milliseconds>(last->leavesAt - now), vidimus::moderation::kUndoWindow);
}

void QueuePanel::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), currentTokens().surface);
}

} // namespace vidimus::ui::moderation
