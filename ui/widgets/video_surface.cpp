#include "ui/widgets/video_surface.h"

#include "ui/widgets/painting.h"

#include <QResizeEvent>
#include <cmath>

namespace vidimus::ui::widgets {

namespace {

constexpr int kEdge = 12;
constexpr double kStaleDimming = 0.45;

QImage blurred(const QImage& image, int level)
{
    // A small picture scaled up again: no detail survives, and it costs little per frame.
    const int divisor = 4 << std::min(level, 5);
    const QSize small(std::max(2, image.width() / divisor), std::max(2, image.height() / divisor));
    return image.scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .scaled(image.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

VideoSurface::VideoSurface(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture"));
    setMinimumSize(160, 90);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void VideoSurface::setFrame(const QImage& frame, double displayAspect)
{
    const QRect before = pictureRect();
    m_frame = frame;
    m_shown = {};
    m_aspect = displayAspect > 0 ? displayAspect : frame.height() > 0 ? double(frame.width()) / frame.height() : 0;
    if (pictureRect() != before)
        place();
    update();
}

void VideoSurface::clearFrame()
{
    setFrame({});
}

void VideoSurface::setBoxes(std::vector<EvidenceBox> boxes)
{
    m_boxes = std::move(boxes);
    QStringList words;
    for (const EvidenceBox& box : m_boxes)
        words << box.label;
    setAccessibleDescription(words.join(u", "));
    update();
}

void VideoSurface::setStale(bool stale, const QString& note)
{
    m_stale = stale;
    m_note = note;
    m_shown = {};
    setAccessibleName(stale ? note : tr("Picture"));
    update();
}

void VideoSurface::setNear(const QString& note)
{
    if (note == m_nearNote)
        return;
    m_nearNote = note;
    update();
}

void VideoSurface::setCard(QWidget* card)
{
    delete m_card;
    m_card = card;
    if (m_card) {
        m_card->setParent(this);
        m_card->show();
    }
    place();
}

void VideoSurface::setBlurLevel(int level)
{
    m_blurLevel = std::clamp(level, 0, 5);
    m_shown = {};
    update();
}

void VideoSurface::setCovered(bool covered)
{
    m_covered = covered;
    update();
}

void VideoSurface::setTrailingReserve(int width)
{
    m_trailingReserve = std::max(0, width);
    place();
    update();
}

void VideoSurface::setOneToOne(bool on, QPoint point)
{
    m_oneToOne = on;
    m_oneToOnePoint = point;
    update();
    Q_EMIT zoomChanged(zoomPercent());
}

QRect VideoSurface::pictureRect() const
{
    QRect room = rect().adjusted(kEdge, kEdge, -kEdge - m_trailingReserve, -kEdge);
    if (layoutDirection() == Qt::RightToLeft)
        room = QStyle::visualRect(Qt::RightToLeft, rect(), room);
    if (m_aspect <= 0 || room.width() < 1 || room.height() < 1)
        return room;
    QSizeF size(room.width(), room.width() / m_aspect);
    if (size.height() > room.height())
        size = QSizeF(room.height() * m_aspect, room.height());
    // Centred in the whole widget while the reserve leaves room for it.
    QRect picture(QPoint(), size.toSize());
    picture.moveCenter(rect().center());
    if (picture.right() > room.right())
        picture.moveRight(room.right());
    if (picture.left() < room.left())
        picture.moveLeft(room.left());
    return picture;
}

int VideoSurface::zoomPercent() const
{
    if (m_oneToOne || m_frame.isNull())
        return 100;
    return qRound(100.0 * pictureRect().height() * devicePixelRatioF() / m_frame.height());
}

void VideoSurface::place()
{
    if (m_card) {
        const QRect picture = pictureRect();
        const int width = std::min(std::max(m_card->minimumSizeHint().width(), 540), picture.width() - 24);
        const int wanted = m_card->hasHeightForWidth() ? m_card->heightForWidth(width) : m_card->sizeHint().height();
        QRect area(0, 0, width, std::min(wanted, height() - 24));
        area.moveCenter(picture.center());
        m_card->setGeometry(area);
    }
    Q_EMIT zoomChanged(zoomPercent());
}

const QImage& VideoSurface::shown()
{
    if (m_shown.isNull() && !m_frame.isNull()) {
        m_shown = m_frame;
        if (m_blurLevel > 0)
            m_shown = blurred(m_shown, m_blurLevel);
        if (m_stale)
            m_shown = m_shown.convertToFormat(QImage::Format_Grayscale8);
    }
    return m_shown;
}

void VideoSurface::resizeEvent(QResizeEvent*)
{
    place();
}

bool VideoSurface::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest)
        place();
    return QWidget::event(event);
}

void VideoSurface::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.surround);
    if (m_covered)
        return;
    if (m_frame.isNull()) {
        drawText(painter, rect(), m_nearNote, TextRole::Body, tokensFor(Scheme::Dark).second, Qt::AlignCenter);
        return;
    }
    const QRect picture = pictureRect();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_stale)
        painter.setOpacity(kStaleDimming);
    if (m_oneToOne) {
        const double ratio = devicePixelRatioF();
        const QPointF share((m_oneToOnePoint.x() - picture.left()) / double(std::max(1, picture.width())),
            (m_oneToOnePoint.y() - picture.top()) / double(std::max(1, picture.height())));
        const QSizeF size = QSizeF(m_frame.size()) / ratio;
        const QPointF corner = QPointF(rect().center()) - QPointF(share.x() * size.width(), share.y() * size.height());
        painter.drawImage(QRectF(corner, size), shown());
    } else {
        painter.drawImage(picture, shown());
    }
    painter.setOpacity(1);
    if (!m_oneToOne) {
        for (const EvidenceBox& box : m_boxes) {
            const QRectF at(picture.left() + box.region.left() * picture.width(),
                picture.top() + box.region.top() * picture.height(), box.region.width() * picture.width(),
                box.region.height() * picture.height());
            painter.setPen(QPen(box.color, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(at);
            const int width = roleMetrics(TextRole::Label).horizontalAdvance(box.label) + 10;
            QRect label(qRound(at.left()), qRound(at.top()) - 18, width, 17);
            if (label.top() < picture.top())
                label.moveTop(qRound(at.bottom()) + 2);
            painter.fillRect(label, QColor(0, 0, 0, 220));
            drawText(painter, label, box.label, TextRole::Label, box.color, Qt::AlignCenter, Qt::ElideNone);
        }
    }
    paintNote(painter, picture, m_stale ? m_note : m_nearNote);
}

void VideoSurface::paintNote(QPainter& painter, QRect picture, const QString& note) const
{
    if (note.isEmpty())
        return;
    const int width = roleMetrics(TextRole::Label).horizontalAdvance(note) + 16;
    const QRect area(picture.left(), picture.top(), width, 20);
    painter.fillRect(area, QColor(0, 0, 0, 200));
    drawText(painter, area, note, TextRole::Label, tokensFor(Scheme::Dark).text, Qt::AlignCenter, Qt::ElideNone);
}

} // namespace vidimus::ui::widgets
