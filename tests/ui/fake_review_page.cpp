#include "fake_review_page.h"

#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/decision_bar.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/level_meter.h"
#include "ui/widgets/queue_delegate.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/toggle_switch.h"
#include "ui/widgets/undo_card.h"
#include "ui/widgets/video_surface.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QListView>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>

namespace vidimus::ui::tests {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

struct QueueRow {
    const char16_t* title;
    const char16_t* second;
    const char16_t* badge;
    Ink ink;
    bool boxed;
};

constexpr QueueRow kQueue[] {
    {u"Winter duel, fan edit (uncut)", u"#88213  4:12", u"Yours", Ink::Second, false},
    {u"Ring road near miss, 07:40", u"#88214  0:31", u"Late in 9 m", Ink::Warning, true},
    {u"Boss fight speedrun, any %", u"#88220  18:06", u"12 m", Ink::Second, false},
    {u"Station square, crowd", u"#88221  2:44", u"2 reviews", Ink::Second, true},
    {u"Dog answers the phone", u"#88230  0:48", u"11 m", Ink::Second, false},
    {u"Rooftops, morning test", u"#88231  0:12", u"10 m", Ink::Second, false},
    {u"Desert walk, drone pass", u"#88233  1:55", u"9 m", Ink::Second, false},
    {u"Meadow giant laughs, reunion cut", u"#88236  3:20", u"2 reviews", Ink::Second, true},
    {u"Mirror hangar tour", u"#88239  6:31", u"8 m", Ink::Second, false},
};

/// A panel that paints the surface colour and, if asked, a line on one edge.
class Panel : public QWidget {
public:
    Panel(QColor Tokens::* fill, Qt::Edges lines, QWidget* parent)
        : QWidget(parent)
        , m_fill(fill)
        , m_lines(lines)
    {
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Tokens& tokens = currentTokens();
        painter.fillRect(rect(), tokens.*m_fill);
        if (m_lines & Qt::TopEdge)
            painter.fillRect(QRect(0, 0, width(), 1), tokens.line);
        if (m_lines & Qt::BottomEdge)
            painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.line);
    }

private:
    QColor Tokens::* m_fill;
    Qt::Edges m_lines;
};

QVBoxLayout* tightColumn(QWidget* widget)
{
    auto* layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

} // namespace

FakeReviewPage::FakeReviewPage(QWidget* parent)
    : WorkspacePage(parent)
    , m_view(u"review"_s)
    , m_titleWidget(new QWidget(this))
    , m_splitter(new QSplitter(this))
    , m_decisions(new DecisionBar(this))
{
    auto* title = new QHBoxLayout(m_titleWidget);
    title->setContentsMargins(0, 0, 0, 0);
    title->setSpacing(kPanelPadding);
    auto* queueBox = new QComboBox(m_titleWidget);
    queueBox->addItems({u"UGC / High"_s, u"UGC / Normal"_s});
    queueBox->setAccessibleName(u"Queue"_s);
    title->addWidget(queueBox);
    title->addWidget(new TextLabel(u"37 left"_s, TextRole::BodyMedium, Ink::Text, m_titleWidget));
    title->addWidget(new TextLabel(u"Oldest 14 m"_s, TextRole::Body, Ink::Second, m_titleWidget));
    auto* sla = new Chip(u"SLA in 22 m"_s, Ink::Warning, Chip::Look::Outline, m_titleWidget);
    sla->setIconName(u"clock"_s);
    title->addWidget(sla);

    auto* layout = tightColumn(this);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_decisions);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeQueue());
    m_splitter->addWidget(makeCentre());
    m_splitter->addWidget(makeReasons());
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({272, 1160, 412});

    m_decisions->setActions({{u"pass"_s, u"P"_s, u"Pass"_s, true, {}}, {u"reject"_s, u"X"_s, u"Reject"_s, true, {}},
        {u"escalate"_s, u"E"_s, u"Escalate"_s, true, {}}, {u"duplicate"_s, u"D"_s, u"Duplicate"_s, true, {}},
        {u"snooze"_s, u"S"_s, u"Snooze"_s, true, {}}});
    std::vector<DecisionKey> reasons;
    int number = 1;
    for (const auto* reason : {u"Nudity", u"Hate", u"Graphic violence", u"Spam", u"Minor safety", u"Self-harm",
             u"Copyright", u"Dangerous act", u"Other…"}) {
        const QString key = QString::number(number++);
        reasons.push_back({u"r"_s + key, key, QString::fromUtf16(reason), true, {}});
    }
    m_decisions->setReasons(std::move(reasons));
    m_decisions->setStaged({.actionId = u"reject"_s,
        .reasonId = u"r3"_s,
        .actionText = u"Reject"_s,
        .iconName = u"cross"_s,
        .ink = Ink::Rejected,
        .isReject = true,
        .reasonKey = u"3"_s,
        .reasonText = u"Graphic violence"_s,
        .facts = {u"Range 00:01:38:00 – 00:01:52:11"_s, u"2 evidence frames"_s}});
    m_decisions->setNotice(u"Seen 86 % at up to 4×, policy asks for 80 %"_s);
    m_decisions->autoAdvance()->setChecked(true);
}

QWidget* FakeReviewPage::makeQueue()
{
    auto* panel = new Panel(&Tokens::surface, {}, m_splitter);
    panel->setMinimumWidth(200);
    auto* layout = tightColumn(panel);
    auto* header = new SectionHeader(u"Next"_s, panel);
    header->setCount(u"37"_s);
    header->addTrailing(new TextLabel(u"Oldest first"_s, TextRole::Label, Ink::Second, panel));
    layout->addWidget(header);
    auto* filterRow = new QWidget(panel);
    filterRow->setFixedHeight(44);
    auto* filterLayout = new QHBoxLayout(filterRow);
    filterLayout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    m_filter = new FilterField(u"Filter"_s, u"/"_s, filterRow);
    filterLayout->addWidget(m_filter);
    layout->addWidget(filterRow);
    m_queue = new QListView(panel);
    setUpList(m_queue);
    m_queue->setAccessibleName(u"Queue"_s);
    m_queueDelegate = new QueueDelegate(m_queue);
    m_queue->setItemDelegate(m_queueDelegate);
    auto* model = new QStandardItemModel(m_queue);
    int seed = 0;
    for (const QueueRow& row : kQueue) {
        auto* item = new QStandardItem(QString::fromUtf16(row.title));
        item->setData(madeUpPicture({128, 72}, seed++), Qt::DecorationRole);
        item->setData(QString::fromUtf16(row.second), SecondLineRole);
        item->setData(QString::fromUtf16(row.badge), BadgeRole);
        item->setData(static_cast<int>(row.ink), BadgeInkRole);
        item->setData(row.boxed, BadgeBoxedRole);
        model->appendRow(item);
    }
    m_queue->setModel(model);
    m_queue->setCurrentIndex(model->index(0, 0));
    layout->addWidget(m_queue, 1);
    m_undo = new UndoCard(panel);
    m_undo->showDecision(u"cross"_s, Ink::Rejected, u"Rejected #88212"_s);
    m_undo->setTimeLeft(Milliseconds(7000), Milliseconds(10000));
    auto* undoRow = new QHBoxLayout;
    undoRow->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kPanelPadding);
    undoRow->addWidget(m_undo);
    layout->addLayout(undoRow);
    return panel;
}

QWidget* FakeReviewPage::makeCentre()
{
    auto* centre = new Panel(&Tokens::surface, {}, m_splitter);
    auto* layout = tightColumn(centre);
    auto* head = new Panel(&Tokens::surface, Qt::BottomEdge, centre);
    head->setFixedHeight(36);
    auto* headLayout = new QHBoxLayout(head);
    headLayout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 1);
    headLayout->addWidget(new TextLabel(u"#88213"_s, TextRole::Body, Ink::Second, head));
    headLayout->addWidget(new TextLabel(u"Winter duel, fan edit (uncut)"_s, TextRole::Section, Ink::Text, head));
    m_wideOnly.push_back(
        new TextLabel(u"1920×1080 · 24p · H.264 · stereo · v1"_s, TextRole::LabelPlain, Ink::Second, head));
    headLayout->addWidget(m_wideOnly.back());
    headLayout->addStretch(1);
    m_wideOnly.push_back(new TextLabel(u"sha256 9c1e…77a0"_s, TextRole::LabelPlain, Ink::Second, head));
    headLayout->addWidget(m_wideOnly.back());
    auto* lease = new Chip(u"Yours until 12:24 +01:00"_s, Ink::Second, Chip::Look::Outline, head);
    lease->setIconName(u"lock"_s);
    headLayout->addWidget(lease);
    layout->addWidget(head);

    m_picture = new VideoSurface(centre);
    m_picture->setFrame(madeUpPicture({1920, 1080}, 5));
    m_picture->setTrailingReserve(62);
    m_picture->setBoxes({{QRectF(0.32, 0.21, 0.21, 0.45), currentTokens().lanes[0], u"Weapon 91 %"_s}});
    auto* meterRow = new QHBoxLayout(m_picture);
    meterRow->setContentsMargins(0, 8, kPanelPadding, 8);
    meterRow->addStretch(1);
    auto* meter = new LevelMeter(m_picture);
    meter->setChannels({{u"L"_s, -11, -5}, {u"R"_s, -13, -6}});
    meterRow->addWidget(meter);
    layout->addWidget(m_picture, 1);

    auto* transport = new Panel(&Tokens::surface, Qt::TopEdge | Qt::BottomEdge, centre);
    transport->setFixedHeight(40);
    auto* row = new QHBoxLayout(transport);
    row->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    row->setSpacing(kGap);
    row->addWidget(new IconButton(u"step-back"_s, u"One frame back"_s, transport));
    row->addWidget(new IconButton(u"pause"_s, u"Pause"_s, transport));
    row->addWidget(new IconButton(u"step-forward"_s, u"One frame forward"_s, transport));
    row->addWidget(new TextLabel(frameTimecodeText(2440, {24, 1}), TextRole::Timecode, Ink::Text, transport));
    row->addWidget(new TextLabel(u"/ 00:04:12:08"_s, TextRole::Body, Ink::Second, transport));
    row->addSpacing(8);
    row->addWidget(new TextLabel(u"Frame 2 440"_s, TextRole::Body, Ink::Text, transport));
    row->addSpacing(8);
    for (const auto* key : {u"J", u"K", u"L"}) {
        auto* cap = new KeyCap(QString::fromUtf16(key), transport);
        cap->setActive(key[0] == u'L');
        row->addWidget(cap);
    }
    row->addWidget(new TextLabel(u"2×"_s, TextRole::BodyMedium, Ink::Text, transport));
    row->addStretch(1);
    auto* loop = new IconButton(u"loop"_s, u"Loop"_s, transport);
    loop->setCheckable(true);
    loop->setChecked(true);
    row->addWidget(loop);
    row->addWidget(new IconButton(u"volume"_s, u"Quiet"_s, transport));
    row->addWidget(new TextLabel(u"Fit %1 %"_s.arg(83), TextRole::Body, Ink::Second, transport));
    row->addWidget(new IconButton(u"fullscreen"_s, u"Full screen"_s, transport));
    layout->addWidget(transport);

    m_timeline = new Timeline(centre);
    m_timeline->setData(madeUpTimeline());
    m_timeline->setPosition(2440);
    m_timeline->setRange(FrameSpan {98 * 24, 112 * 24 + 11});
    layout->addWidget(m_timeline);
    return centre;
}

QWidget* FakeReviewPage::makeReasons()
{
    m_reasons = new Panel(&Tokens::surface, {}, m_splitter);
    m_reasons->setMinimumWidth(300);
    auto* layout = tightColumn(m_reasons);
    auto* why = new SectionHeader(u"Why it is here"_s, m_reasons);
    why->addTrailing(new TextLabel(u"risk 0.87"_s, TextRole::LabelPlain, Ink::Second, m_reasons));
    layout->addWidget(why);
    for (const auto* text : {u"3 reports: violence", u"Near match of a rejected file", u"Shout in the sound"}) {
        auto* row = new QWidget(m_reasons);
        row->setFixedHeight(kRowHeight);
        auto* rowLayout = new QHBoxLayout(row);
        rowLayout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
        rowLayout->addWidget(new TextLabel(QString::fromUtf16(text), TextRole::Body, Ink::Text, row));
        rowLayout->addStretch(1);
        rowLayout->addWidget(new Button(u"Compare"_s, Button::Kind::Link, row));
        layout->addWidget(row);
    }
    auto* head = new SectionHeader(u"Findings"_s, m_reasons);
    head->setCount(u"10"_s);
    head->setLineAbove(true);
    for (const auto* name : {u"arrow-up", u"arrow-down"}) {
        auto* arrow = new IconButton(QString::fromUtf16(name), QString::fromUtf16(name), m_reasons);
        arrow->setBordered(true);
        head->addTrailing(arrow);
    }
    layout->addWidget(head);
    m_findings = new QTableView(m_reasons);
    setUpTable(m_findings);
    m_findings->setAccessibleName(u"Findings"_s);
    auto* model = new QStandardItemModel(0, 4, m_findings);
    model->setHorizontalHeaderLabels({u"From"_s, u"Kind"_s, u"Severity"_s, u"Sure"_s});
    const TimelineData facts = madeUpTimeline();
    for (const TimelineLane& lane : facts.lanes) {
        for (const TimelineBar& bar : lane.bars) {
            auto* kind = new QStandardItem(lane.name);
            kind->setData(static_cast<int>(bar.severity), CellSeverityRole);
            kind->setData(currentTokens().lanes[static_cast<std::size_t>(lane.colorIndex)], CellColorRole);
            kind->setData(u", "_s + bar.text.section(u", "_s, 1, 1), CellSecondTextRole);
            auto* severity = new QStandardItem(u"Medium"_s);
            severity->setData(static_cast<int>(Ink::Second), CellInkRole);
            auto* sure = new QStandardItem(u"88 %"_s);
            sure->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            model->appendRow(
                {new QStandardItem(clockText(bar.span.first, facts.framesPerSecond)), kind, severity, sure});
        }
    }
    m_findings->setModel(model);
    m_findings->selectRow(1);
    auto* header = m_findings->horizontalHeader();
    header->setSectionResizeMode(1, QHeaderView::Stretch);
    m_findings->setColumnWidth(0, 92);
    m_findings->setColumnWidth(2, 72);
    m_findings->setColumnWidth(3, 54);
    layout->addWidget(m_findings, 1);
    return m_reasons;
}

std::vector<SegmentedControl::Segment> FakeReviewPage::views() const
{
    return {{u"review"_s, u"Review"_s, 0}, {u"wall"_s, u"Wall"_s, 0}, {u"second"_s, u"Second look"_s, 0},
        {u"shift"_s, u"My shift"_s, 0}};
}

void FakeReviewPage::showView(const QString& id)
{
    m_view = id;
    Q_EMIT viewsChanged();
}

QWidget* FakeReviewPage::baseFocus()
{
    return m_picture;
}

QWidget* FakeReviewPage::filterInput()
{
    return m_filter;
}

std::vector<QWidget*> FakeReviewPage::panes()
{
    return {m_picture, m_timeline, m_findings, m_queue};
}

QRect FakeReviewPage::drawerArea() const
{
    return {m_reasons->mapTo(this, QPoint()), m_reasons->size()};
}

void FakeReviewPage::setNarrow(bool narrow)
{
    m_decisions->setNarrow(narrow);
    m_timeline->setNarrow(narrow);
    m_queueDelegate->setNarrow(narrow);
    m_findings->setColumnHidden(2, narrow);
    for (QWidget* widget : m_wideOnly)
        widget->setVisible(!narrow);
    m_splitter->setSizes(narrow ? QList<int> {212, 720, 304} : QList<int> {272, 1160, 412});
}

QJsonObject FakeReviewPage::saveState() const
{
    QJsonArray sizes;
    for (const int size : m_splitter->sizes())
        sizes.append(size);
    return {{u"splitter"_s, sizes}, {u"position"_s, m_timeline->position()}};
}

void FakeReviewPage::restoreState(const QJsonObject& state)
{
    m_timeline->setPosition(state.value("position"_L1).toInteger());
}

void FakeReviewPage::showUnreadable()
{
    m_picture->setStale(true, u"Last good frame 1 734, at 00:01:12:06"_s);
    m_picture->setBoxes({});
    auto* card = new ErrorCard(u"This file cannot be read after 00:01:12:06"_s,
        errorText({ErrorCode::Corrupt, u"packet 1735"_s, "decode_failed"}));
    card->addAction(u"Ask for a new file"_s);
    card->addAction(u"Escalate"_s, u"E"_s);
    m_picture->setCard(card);
    TimelineData broken = madeUpTimeline();
    broken.unreadable = FrameSpan {1734, broken.frameCount};
    m_timeline->setData(broken);
    m_timeline->setPosition(1734);
    m_timeline->setRange(std::nullopt);
}

void FakeReviewPage::resizeEvent(QResizeEvent*)
{
    Q_EMIT drawerAreaChanged();
}

} // namespace vidimus::ui::tests
