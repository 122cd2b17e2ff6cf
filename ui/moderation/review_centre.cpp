#include "ui/moderation/review_centre.h"

#include "ui/moderation/player.h"
#include "ui/moderation/transport_row.h"
#include "ui/shell/mode.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/timeline_table_model.h"
#include "ui/widgets/video_surface.h"

#include <QEvent>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {
constexpr int kMeterReserve = 62;
}

ReviewCentre::ReviewCentre(Player& player, QWidget* parent)
    : QWidget(parent)
    , m_player(player)
    , m_header(new ItemHeader(this))
    , m_slot(new Panel(&Tokens::surround, {}, this))
    , m_surface(new VideoSurface(m_slot))
    , m_meter(new LevelMeter(m_surface))
    , m_transport(new TransportRow(this))
    , m_timelineStack(new QStackedWidget(this))
    , m_timeline(new Timeline(m_timelineStack))
    , m_table(new QTableView(m_timelineStack))
    , m_tableModel(new TimelineTableModel(m_table))
{
    auto* layout = tightColumn(this);
    layout->addWidget(m_header);
    tightColumn(m_slot)->addWidget(m_surface);
    layout->addWidget(m_slot, 1);
    layout->addWidget(m_transport);
    layout->addWidget(m_timelineStack);
    m_timelineStack->addWidget(m_timeline);
    m_timelineStack->addWidget(m_table);
    m_timelineStack->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto* meterRow = new QHBoxLayout(m_surface);
    meterRow->setContentsMargins(0, kGap, kPanelPadding, kGap);
    meterRow->addStretch(1);
    meterRow->addWidget(m_meter);
    m_surface->installEventFilter(this);

    setUpTable(m_table);
    m_table->setModel(m_tableModel);
    m_table->setAccessibleName(tr("Timeline as a table"));
    shell::setModeOf(m_table, shell::Mode::List);
    m_table->horizontalHeader()->setSectionResizeMode(TimelineTableModel::Text, QHeaderView::Stretch);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT seekWanted(index.data(TimelineTableModel::kFrameRole).toLongLong());
    });
    connect(m_timeline, &Timeline::seekWanted, this, [this](qint64 frame) { Q_EMIT seekWanted(frame); });
    connect(m_timeline, &Timeline::findingChosen, this, &ReviewCentre::findingChosen);
    // A click seeks and leaves the keys with the player.
    m_timeline->setFocusPolicy(Qt::TabFocus);
    followPlayer();
}

void ReviewCentre::followPlayer()
{
    connect(&m_player, &Player::positionChanged, this, [this](qint64 frame) {
        m_timeline->setPosition(frame);
        m_transport->setFrame(frame);
    });
    connect(&m_player, &Player::rateChanged, m_transport, &TransportRow::setRate);
    connect(&m_player, &Player::frameShown, this, [this](const QImage& image) {
        m_surface->setStale(false);
        m_surface->setNear({});
        m_surface->setFrame(image, m_aspect);
    });
    connect(&m_player, &Player::nearFrameShown, this, [this](const QImage& image, qint64 number) {
        m_surface->setStale(false);
        //: Stands at the corner of the picture for a moment, until the frame that was asked for is decoded.
        m_surface->setNear(tr("Near: frame %1").arg(QLocale().toString(number)));
        m_surface->setFrame(image, m_aspect);
    });
    connect(&m_player, &Player::watchedChanged, this, [this] { m_timeline->setWatched(m_player.watched().spans()); });
    connect(&m_player, &Player::levelsChanged, m_meter, &LevelMeter::setChannels);
}

void ReviewCentre::showNothing(const QString& sentence)
{
    showLoading();
    m_header->showNothing();
    auto* empty = new EmptyState(u"film"_s, sentence, {}, m_surface);
    m_surface->setCard(empty);
    m_transport->hide();
    m_timelineStack->hide();
}

void ReviewCentre::showLoading()
{
    m_surface->setCard(nullptr);
    m_surface->setStale(false);
    m_surface->setNear({});
    m_surface->setBoxes({});
    m_surface->clearFrame();
    m_meter->setChannels({});
    m_meter->hide();
    m_transport->show();
    m_timelineStack->show();
    m_overview = {};
    m_transport->setLength(0, {25, 1});
    m_transport->setRate(0);
    m_timeline->setRange(std::nullopt);
    setFacts({});
}

void ReviewCentre::setFacts(TimelineData facts)
{
    m_data = std::move(facts);
    m_meter->setVisible(m_data.frameCount > 0);
    if (m_data.frameCount > 0)
        m_transport->setLength(m_data.frameCount, m_data.framesPerSecond);
    m_transport->setFrame(m_player.frame());
    publishData();
}

void ReviewCentre::setOverview(const OverviewData& overview)
{
    m_overview = overview;
    publishData();
}

void ReviewCentre::setUnreadable(std::optional<FrameSpan> span)
{
    m_data.unreadable = span;
    publishData();
}

void ReviewCentre::setMarks(std::vector<TimelineMark> marks)
{
    m_data.marks = std::move(marks);
    publishData();
}

void ReviewCentre::publishData()
{
    TimelineData shown = m_data;
    shown.film = m_overview.film;
    shown.waveform = m_overview.waveform;
    shown.watched = m_player.watched().spans();
    m_tableModel->setTimelineData(shown);
    m_timeline->setData(std::move(shown));
    m_timeline->setPosition(m_player.frame());
    m_timelineStack->setFixedHeight(m_timeline->sizeHint().height());
}

void ReviewCentre::setAspect(double aspect, QSize fullSize)
{
    m_aspect = aspect;
    m_fullSize = fullSize;
    m_surface->setTrailingReserve(kMeterReserve);
    measureSurface();
}

void ReviewCentre::measureSurface()
{
    // The room that a picture of this shape has; not what the frame on the screen happens to use.
    QSizeF room = QSizeF(m_surface->size()) - QSizeF(24 + kMeterReserve, 24);
    if (m_aspect > 0)
        room = QSizeF(m_aspect, 1).scaled(room, Qt::KeepAspectRatio);
    m_player.setBounds((room * devicePixelRatioF()).toSize());
    if (m_fullSize.width() > 0)
        m_transport->setZoom(qRound(100 * room.width() * devicePixelRatioF() / m_fullSize.width()));
}

void ReviewCentre::setTableShown(bool shown)
{
    m_timelineStack->setCurrentWidget(shown ? static_cast<QWidget*>(m_table) : m_timeline);
    (shown ? static_cast<QWidget*>(m_table) : m_surface)->setFocus(Qt::OtherFocusReason);
}

bool ReviewCentre::isTableShown() const
{
    return m_timelineStack->currentWidget() == m_table;
}

void ReviewCentre::setNarrow(bool narrow)
{
    m_header->setNarrow(narrow);
    m_transport->setNarrow(narrow);
    m_timeline->setNarrow(narrow);
    m_timelineStack->setFixedHeight(m_timeline->sizeHint().height());
}

void ReviewCentre::setFullScreen(bool on)
{
    if (on == m_fullScreen)
        return;
    m_fullScreen = on;
    QWidget* frame = window();
    if (on) {
        frame->installEventFilter(this);
        m_surface->setParent(frame);
        m_surface->setGeometry(frame->rect());
        m_surface->show();
        m_surface->raise();
        frame->setWindowState(frame->windowState() | Qt::WindowFullScreen);
    } else {
        frame->removeEventFilter(this);
        m_slot->layout()->addWidget(m_surface);
        m_surface->show();
        frame->setWindowState(frame->windowState() & ~Qt::WindowFullScreen);
    }
    m_surface->setFocus(Qt::OtherFocusReason);
}

bool ReviewCentre::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) {
        if (watched == m_surface)
            measureSurface();
        else if (m_fullScreen && watched == window())
            m_surface->setGeometry(window()->rect());
    }
    return QWidget::eventFilter(watched, event);
}

void ReviewCentre::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), currentTokens().surface);
}

} // namespace vidimus::ui::moderation
