#include "ui/widgets/timeline.h"

#include "ui/widgets/time_label.h"
#include "ui/widgets/timeline_accessible.h"
#include "ui/widgets/timeline_painter.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <cmath>

namespace vidimus::ui::widgets {

namespace {
constexpr qint64 kMinShownFrames = 24;
}

Timeline::Timeline(QWidget* parent)
    : QWidget(parent)
{
    installTimelineAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    relayout();
}

void Timeline::setData(TimelineData data)
{
    const bool sameLength = data.frameCount == m_data.frameCount;
    m_data = std::move(data);
    if (!sameLength)
        m_shown = {0, std::max<qint64>(1, m_data.frameCount)};
    m_position = std::clamp<qint64>(m_position, 0, lastFrame());
    relayout();
}

void Timeline::setWatched(std::vector<WatchedSpan> watched)
{
    m_data.watched = std::move(watched);
    update(QRect(0, m_layout.watched.top(), width(), m_layout.watched.height()));
}

void Timeline::setPosition(qint64 frame)
{
    frame = std::clamp<qint64>(frame, 0, lastFrame());
    if (frame == m_position)
        return;
    m_position = frame;
    if (frame < m_shown.first || frame >= m_shown.end) {
        const qint64 length = m_shown.end - m_shown.first;
        const qint64 first
            = std::clamp<qint64>(frame - length / 10, 0, std::max<qint64>(0, m_data.frameCount - length));
        m_shown = {first, first + length};
        relayout();
    }
    update();
    if (hasFocus()) {
        QAccessibleValueChangeEvent change(this, frame);
        QAccessible::updateAccessibility(&change);
    }
}

void Timeline::setRange(std::optional<FrameSpan> inOut)
{
    m_range = inOut;
    update();
}

void Timeline::setChosen(const QString& barId)
{
    m_chosen = barId;
    m_background = {};
    update();
}

void Timeline::setNarrow(bool narrow)
{
    m_narrow = narrow;
    relayout();
}

void Timeline::zoom(double factor, qint64 aroundFrame)
{
    if (m_data.frameCount < 1 || !(factor > 0))
        return;
    const double length = double(m_shown.end - m_shown.first);
    const double minimum = double(std::min(kMinShownFrames, m_data.frameCount));
    const double wanted = std::clamp(length / factor, minimum, double(m_data.frameCount));
    const double share = double(aroundFrame - m_shown.first) / length;
    const auto first = std::clamp<qint64>(
        std::llround(double(aroundFrame) - share * wanted), 0, m_data.frameCount - std::llround(wanted));
    m_shown = {first, first + std::llround(wanted)};
    relayout();
}

void Timeline::showAll()
{
    m_shown = {0, std::max<qint64>(1, m_data.frameCount)};
    relayout();
}

QSize Timeline::sizeHint() const
{
    return {800, m_layout.height};
}

QSize Timeline::minimumSizeHint() const
{
    return {TimelineLayout::kGutter + 160, m_layout.height};
}

std::vector<Timeline::Piece> Timeline::pieces() const
{
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < m_data.lanes.size() && i < m_layout.findings.size(); ++i) {
        for (const TimelineBar& bar : m_data.lanes[i].bars)
            pieces.push_back({m_layout.barRect(m_layout.findings[i], bar.span).toAlignedRect(),
                tr("%1 at %2").arg(bar.text, frameTimecodeText(bar.span.first, m_data.framesPerSecond)), bar.span.first,
                bar.id});
    }
    for (const TimelineMark& mark : m_data.marks) {
        const QPointF at(m_layout.xOf(mark.frame), m_layout.talk.center().y());
        const QRect rect = m_layout.talk.isEmpty() ? QRect() : QRectF(at - QPointF(6, 6), QSizeF(12, 12)).toRect();
        pieces.push_back({rect, mark.text, mark.frame, mark.id});
    }
    return pieces;
}

qint64 Timeline::lastFrame() const
{
    return std::max<qint64>(0, m_data.frameCount - 1);
}

void Timeline::relayout()
{
    const int before = m_layout.height;
    m_layout = TimelineLayout::compute(width(),
        {.findings = static_cast<int>(m_data.lanes.size()),
            .shots = !m_data.shotStarts.empty(),
            .talk = !m_data.marks.empty()},
        m_narrow, m_shown);
    m_background = {};
    if (m_layout.height != before)
        updateGeometry();
    update();
}

void Timeline::seek(qint64 frame, bool dragging)
{
    Q_EMIT seekWanted(std::clamp<qint64>(frame, 0, lastFrame()), dragging);
}

void Timeline::paintEvent(QPaintEvent*)
{
    const Tokens& tokens = currentTokens();
    const double ratio = devicePixelRatioF();
    if (m_background.isNull() || m_background.devicePixelRatioF() != ratio) {
        m_background = QPixmap(size() * ratio);
        m_background.setDevicePixelRatio(ratio);
        m_background.fill(tokens.surface);
        QPainter painter(&m_background);
        timeline_painter::paintBackground(painter, m_layout, m_data, tokens, m_chosen);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_background);
    if (m_data.frameCount < 1)
        return;
    timeline_painter::paintWatched(painter, m_layout, m_data, tokens);
    timeline_painter::paintUnreadable(painter, m_layout, m_data, tokens);
    if (m_range)
        timeline_painter::paintRange(painter, m_layout, *m_range, tokens);
    timeline_painter::paintPlayhead(painter, m_layout, m_position, tokens);
}

void Timeline::resizeEvent(QResizeEvent*)
{
    relayout();
}

void Timeline::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    for (const Piece& piece : pieces()) {
        if (!piece.rect.contains(event->pos()))
            continue;
        seek(piece.frame, false);
        if (m_layout.talk.contains(piece.rect.center()))
            Q_EMIT markChosen(piece.id);
        else
            Q_EMIT findingChosen(piece.id);
        return;
    }
    if (event->pos().x() >= TimelineLayout::kGutter) {
        m_dragging = true;
        seek(m_layout.frameAt(event->position().x()), true);
    }
}

void Timeline::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging)
        seek(m_layout.frameAt(event->position().x()), true);
}

void Timeline::mouseReleaseEvent(QMouseEvent* event)
{
    if (std::exchange(m_dragging, false))
        seek(m_layout.frameAt(event->position().x()), false);
}

void Timeline::wheelEvent(QWheelEvent* event)
{
    const double steps = event->angleDelta().y() / 120.0;
    if (event->modifiers() & Qt::ControlModifier) {
        zoom(std::pow(1.25, steps), m_layout.frameAt(event->position().x()));
    } else {
        const qint64 length = m_shown.end - m_shown.first;
        const auto shift = std::llround(-steps * double(length) / 8);
        const qint64 first
            = std::clamp<qint64>(m_shown.first + shift, 0, std::max<qint64>(0, m_data.frameCount - length));
        m_shown = {first, first + length};
        relayout();
    }
    event->accept();
}

void Timeline::keyPressEvent(QKeyEvent* event)
{
    const qint64 page = std::max<qint64>(1, (m_shown.end - m_shown.first) / 10);
    switch (event->key()) {
    case Qt::Key_Left:
        return seek(m_position - 1, false);
    case Qt::Key_Right:
        return seek(m_position + 1, false);
    case Qt::Key_PageUp:
        return seek(m_position - page, false);
    case Qt::Key_PageDown:
        return seek(m_position + page, false);
    case Qt::Key_Home:
        return seek(0, false);
    case Qt::Key_End:
        return seek(lastFrame(), false);
    default:
        QWidget::keyPressEvent(event);
    }
}

void Timeline::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        relayout();
    QWidget::changeEvent(event);
}

bool Timeline::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto shown = pieces();
        showPartTip(*static_cast<QHelpEvent*>(event), this, {shown.begin(), shown.end()});
        return true;
    }
    return QWidget::event(event);
}

} // namespace vidimus::ui::widgets
