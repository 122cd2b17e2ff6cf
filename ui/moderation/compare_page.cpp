#include "ui/moderation/compare_page.h"

#include "core/media/timecode.h"
#include "core/workbench/review.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/compare_map.h"
#include "ui/moderation/panel.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/button.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/video_surface.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QSlider>
#include <QStandardItemModel>
#include <QTableView>
#include <cmath>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kWipeSteps = 100;

Milliseconds timeOf(const Player& player)
{
    return Milliseconds(std::llround(player.secondsOf(player.frame()) * 1000));
}

QString placeText(const Player& player, qint64 frame)
{
    return media::timecodeText(frame, media::timecodeRateFor(player.framesPerSecond()));
}

QString spanText(Milliseconds from, Milliseconds to)
{
    const auto text = [](Milliseconds time) { return QLocale().toString(double(time.count()) / 1000, 'f', 1); };
    return ComparePage::tr("%1 s – %2 s").arg(text(from), text(to));
}

} // namespace

ComparePage::ComparePage(workbench::Workspace& workspace, QWidget* parent)
    : WorkspacePage(parent)
    , m_workspace(workspace)
    , m_view(u"side"_s)
    , m_wipe(new QSlider(Qt::Horizontal, this))
    , m_sentence(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_table(new QTableView(this))
    , m_segments(new QStandardItemModel(0, 3, this))
    , m_back(new Button(tr("Back to review"), Button::Kind::Plain, this))
{
    auto* layout = tightColumn(this);
    auto* pictures = new QHBoxLayout;
    pictures->setSpacing(1);
    for (Side* side : {&m_a, &m_b}) {
        build(*side);
        pictures->addWidget(side->pane, 1);
    }
    layout->addLayout(pictures, 1);
    m_wipe->setRange(0, kWipeSteps);
    m_wipe->setValue(kWipeSteps / 2);
    m_wipe->setAccessibleName(tr("Where the wipe stands"));
    m_wipe->hide();
    layout->addWidget(m_wipe);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kGap);
    row->setSpacing(kGap);
    row->addWidget(m_sentence, 1);
    m_back->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_back);
    layout->addLayout(row);
    setUpTable(m_table);
    m_table->setAccessibleName(tr("Segments in which they show the same"));
    m_table->setModel(m_segments);
    m_table->setFocusPolicy(Qt::TabFocus);
    m_table->setFixedHeight(140);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    layout->addWidget(m_table);
    m_segments->setHorizontalHeaderLabels({tr("In this item"), tr("In the other"), tr("Distance")});
    connect(m_wipe, &QSlider::valueChanged, this, &ComparePage::render);
    connect(m_back, &QAbstractButton::clicked, this,
        [this] { Q_EMIT subjectWanted(u"moderation"_s, m_a.asset.toString()); });
    const auto toSegment = [this](const QModelIndex& index) {
        if (index.row() < int(m_match.segments.size()))
            m_a.player.seek(
                m_a.player.frameAt(double(m_match.segments[std::size_t(index.row())].aStart.count()) / 1000));
    };
    connect(m_table, &QTableView::clicked, this, toSegment);
    connect(m_table, &QTableView::activated, this, toSegment);
    connect(&m_a.player, &Player::positionChanged, this, [this] {
        if (m_a.player.rate() == 0)
            follow();
    });
    connect(&m_a.player, &Player::rateChanged, this, [this](double rate) {
        if (rate == 0)
            m_b.player.stop();
        follow();
    });
    connect(&m_a.player, &Player::opened, this, &ComparePage::follow);
    connect(&m_b.player, &Player::opened, this, &ComparePage::follow);
    m_b.player.setMuted(true);
}

ComparePage::~ComparePage()
{
    delete m_shown;
}

void ComparePage::build(Side& side)
{
    side.pane = new QWidget(this);
    auto* column = tightColumn(side.pane);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kGap);
    side.name = new TextLabel({}, TextRole::BodyStrong, Ink::Text, side.pane);
    side.place = new TextLabel({}, TextRole::Timecode, Ink::Second, side.pane);
    side.place->setKeepsWidth(true);
    head->addWidget(side.name, 1);
    head->addWidget(side.place);
    column->addLayout(head);
    side.surface = new VideoSurface(side.pane);
    side.surface->setFocusPolicy(Qt::StrongFocus);
    column->addWidget(side.surface, 1);
    const auto show = [this, &side](const QImage& image, qint64 number) {
        side.frame = &side == &m_b && m_match.mirrored ? image.mirrored(true, false) : image;
        side.place->setText(placeText(side.player, number));
        render();
    };
    connect(&side.player, &Player::frameShown, this, [show, &side](const QImage& image, qint64 number) {
        side.surface->setNear({});
        show(image, number);
    });
    connect(&side.player, &Player::nearFrameShown, this, [show, &side](const QImage& image, qint64 number) {
        //: Stands at the corner of the picture for a moment, until the frame that was asked for is decoded.
        side.surface->setNear(tr("Near: frame %1").arg(QLocale().toString(number)));
        show(image, number);
    });
    const auto fail = [&side](const Error& error) {
        side.surface->setNear({});
        side.surface->setCard(new ErrorCard(tr("This file cannot be read"), errorText(error)));
    };
    connect(&side.player, &Player::openFailed, this, fail);
    connect(&side.player, &Player::frameFailed, this, [fail](qint64, const Error& error) { fail(error); });
}

std::vector<SegmentedControl::Segment> ComparePage::views() const
{
    return {{u"side"_s, tr("Side by side")}, {u"wipe"_s, tr("Wipe")}, {u"difference"_s, tr("Difference")}};
}

void ComparePage::showView(const QString& id)
{
    m_view = id;
    m_b.pane->setVisible(id == u"side"_s);
    m_wipe->setVisible(id == u"wipe"_s);
    render();
    Q_EMIT viewsChanged();
}

QWidget* ComparePage::baseFocus()
{
    return m_a.surface;
}

std::vector<QWidget*> ComparePage::panes()
{
    return {m_a.surface, m_table};
}

void ComparePage::openSubject(const QString& id)
{
    const AssetId asset(id.section(u'/', 0, 0));
    const AssetId other(id.section(u'/', 1, 1));
    for (Side* side : {&m_a, &m_b}) {
        side->player.close();
        side->frame = {};
        side->surface->clearFrame();
        side->surface->setNear({});
        side->surface->setCard(nullptr);
        side->asset = side == &m_a ? asset : other;
    }
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, asset] { return workbench::matchesOf(workspace, asset); },
        [this, asset, other](Result<std::vector<workbench::KeptMatch>> matches) {
            if (asset != m_a.asset || other != m_b.asset)
                return;
            const auto found = matches ? std::ranges::find(*matches, other.toString(),
                                             [](const workbench::KeptMatch& kept) { return kept.match.id; })
                                       : std::vector<workbench::KeptMatch>::iterator();
            if (!matches)
                return say(errorText(matches.error()).what);
            if (found == matches->end())
                return say(tr("They no longer match."));
            showMatch(*found);
        });
}

void ComparePage::showMatch(const workbench::KeptMatch& kept)
{
    m_match = kept.match;
    m_a.name->setText(kept.assetName);
    m_b.name->setText(m_match.mirrored ? tr("%1 (mirrored)").arg(m_match.name) : m_match.name);
    //: %1 of the item's length is in the other, %2 bits of 256 differ
    m_sentence->setText(tr("%1 % of this item is in the other, at a distance of %2 of 256 bits.")
            .arg(QLocale().toString(m_match.share * 100, 'f', 0))
            .arg(m_match.distance));
    m_segments->removeRows(0, m_segments->rowCount());
    for (const matching::MatchSegment& segment : m_match.segments) {
        m_segments->appendRow({new QStandardItem(spanText(segment.aStart, segment.aEnd)),
            new QStandardItem(spanText(segment.bStart, segment.bEnd)),
            new QStandardItem(QString::number(segment.distance))});
    }
    for (Side* side : {&m_a, &m_b}) {
        side->surface->setNear(tr("Opening…"));
        side->player.setBounds(side->surface->size() * devicePixelRatioF());
        side->player.open(
            [&workspace = m_workspace, asset = side->asset]() -> Result<std::shared_ptr<media::FrameSource>> {
                auto source = workbench::openOriginal(workspace, asset);
                if (!source)
                    return std::move(source).error();
                return std::shared_ptr<media::FrameSource>(*std::move(source));
            },
            {});
    }
}

void ComparePage::follow()
{
    if (!m_a.player.isOpen() || !m_b.player.isOpen())
        return;
    const Milliseconds time = otherTime(m_match.segments, timeOf(m_a.player));
    const qint64 frame
        = std::min(m_b.player.frameAt(double(time.count()) / 1000), std::max<qint64>(0, m_b.player.frameCount() - 1));
    if (frame != m_b.player.frame())
        m_b.player.seek(frame);
}

void ComparePage::render()
{
    m_b.surface->setFrame(m_b.frame);
    if (m_view == u"wipe"_s)
        m_a.surface->setFrame(wiped(m_a.frame, m_b.frame, double(m_wipe->value()) / kWipeSteps));
    else if (m_view == u"difference"_s)
        m_a.surface->setFrame(difference(m_a.frame, m_b.frame));
    else
        m_a.surface->setFrame(m_a.frame);
}

void ComparePage::jumpSegment(int direction)
{
    const Milliseconds now = timeOf(m_a.player);
    std::optional<Milliseconds> target;
    for (const matching::MatchSegment& segment : m_match.segments) {
        const bool beyond = direction > 0 ? segment.aStart > now : segment.aStart < now;
        if (beyond && (!target || (direction > 0 ? segment.aStart < *target : segment.aStart > *target)))
            target = segment.aStart;
    }
    if (!target)
        return say(direction > 0 ? tr("No segment after this.") : tr("No segment before this."));
    m_a.player.seek(m_a.player.frameAt(double(target->count()) / 1000));
}

void ComparePage::answerCommands(QObject* context, shell::MainWindow& window)
{
    shell::CommandTable& commands = window.commands();
    const auto on
        = [&commands, context](const QString& id, auto act) { commands.handle(id, context, [act](int) { act(); }); };
    const auto both = [this](auto act) {
        act(m_a.player);
        follow();
        act(m_b.player);
    };
    on(u"transport.play"_s, [both] { both([](Player& player) { player.toggle(); }); });
    on(u"transport.stop"_s, [both] { both([](Player& player) { player.stop(); }); });
    on(u"transport.shuttleForward"_s, [both] { both([](Player& player) { player.shuttle(1); }); });
    on(u"transport.shuttleBack"_s, [both] { both([](Player& player) { player.shuttle(-1); }); });
    for (const auto& [id, frames] : {std::pair {u"transport.frameBack"_s, -1}, {u"transport.frameForward"_s, 1},
             {u"transport.tenFramesBack"_s, -10}, {u"transport.tenFramesForward"_s, 10}})
        on(id, [this, frames = frames] { m_a.player.step(frames); });
    for (const auto& [id, seconds] : {std::pair {u"transport.secondBack"_s, -1}, {u"transport.secondForward"_s, 1}})
        on(id, [this, seconds = seconds] { m_a.player.jumpSeconds(seconds); });
    on(u"transport.start"_s, [this] { m_a.player.seek(0); });
    on(u"transport.end"_s, [this] { m_a.player.seek(m_a.player.frameCount() - 1); });
    on(u"transport.previousEvidence"_s, [this] { jumpSegment(-1); });
    on(u"transport.nextEvidence"_s, [this] { jumpSegment(1); });
}

void ComparePage::showEvent(QShowEvent* event)
{
    WorkspacePage::showEvent(event);
    auto* window = qobject_cast<shell::MainWindow*>(this->window());
    if (!window || m_shown)
        return;
    m_shown = new QObject(this);
    answerCommands(m_shown, *window);
}

void ComparePage::hideEvent(QHideEvent* event)
{
    WorkspacePage::hideEvent(event);
    delete std::exchange(m_shown, nullptr);
    for (Side* side : {&m_a, &m_b})
        side->player.stop();
}

void ComparePage::say(const QString& sentence)
{
    m_sentence->setText(sentence);
    if (auto* window = qobject_cast<shell::MainWindow*>(this->window()))
        window->announce(sentence);
}

} // namespace vidimus::ui::moderation
