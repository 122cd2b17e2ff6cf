#include "ui/widgets/segmented_control.h"

#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QLocale>

namespace vidimus::ui::widgets {

namespace {
constexpr int kHeight = 24;
constexpr int kPadding = 10;
} // namespace

SegmentedControl::SegmentedControl(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentedControl::setSegments(std::vector<Segment> segments)
{
    m_segments = std::move(segments);
    updateGeometry();
    update();
}

void SegmentedControl::setCurrent(const QString& id)
{
    m_current = id;
    const auto found = std::ranges::find(m_segments, id, &Segment::id);
    setAccessibleDescription(found == m_segments.end() ? QString() : found->text);
    update();
}

int SegmentedControl::widthOf(const Segment& segment) const
{
    int width = roleMetrics(TextRole::BodyMedium).horizontalAdvance(segment.text) + 2 * kPadding;
    if (segment.count > 0)
        width += roleMetrics(TextRole::LabelPlain).horizontalAdvance(QLocale().toString(segment.count)) + 8;
    return width;
}

QSize SegmentedControl::sizeHint() const
{
    int width = 0;
    for (const Segment& segment : m_segments)
        width += widthOf(segment);
    return {width, kHeight};
}

QRect SegmentedControl::rectOf(int index) const
{
    int x = 0;
    for (int i = 0; i < index; ++i)
        x += widthOf(m_segments[static_cast<std::size_t>(i)]);
    const QRect rect(x, 0, widthOf(m_segments[static_cast<std::size_t>(index)]), height());
    return QStyle::visualRect(layoutDirection(), this->rect(), rect);
}

void SegmentedControl::paintEvent(QPaintEvent*)
{
    if (m_segments.empty())
        return;
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), this->rect(), part); };
    drawPanel(painter, rect(), QColor(), tokens.line, 5);
    for (int i = 0; i < segmentCount(); ++i) {
        const Segment& segment = m_segments[static_cast<std::size_t>(i)];
        const QRect rect = rectOf(i);
        const bool on = segment.id == m_current;
        if (on)
            drawPanel(painter, place(rect), tokens.selectionOver(tokens.surface), tokens.accent, 5);
        QRect content = rect.adjusted(kPadding, 0, -kPadding, 0);
        const int used = drawText(painter, place(content), segment.text, on ? TextRole::BodyMedium : TextRole::Body,
            tokens.text, Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideNone);
        if (segment.count > 0) {
            content.setLeft(content.left() + used + 8);
            content.setRight(rect.right());
            drawText(painter, place(content), QLocale().toString(segment.count), TextRole::LabelPlain, tokens.second);
        }
    }
}

void SegmentedControl::choose(int index)
{
    if (index < 0 || index >= segmentCount())
        return;
    const QString id = m_segments[static_cast<std::size_t>(index)].id;
    if (id == m_current)
        return;
    setCurrent(id);
    Q_EMIT chosen(id);
}

void SegmentedControl::mousePressEvent(QMouseEvent* event)
{
    for (int i = 0; i < segmentCount(); ++i) {
        if (QStyle::visualRect(layoutDirection(), rect(), rectOf(i)).contains(event->pos()))
            choose(i);
    }
}

void SegmentedControl::keyPressEvent(QKeyEvent* event)
{
    const auto found = std::ranges::find(m_segments, m_current, &Segment::id);
    const int current = static_cast<int>(found - m_segments.begin());
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    if (event->key() == Qt::Key_Right)
        choose(current + forward);
    else if (event->key() == Qt::Key_Left)
        choose(current - forward);
    else
        QWidget::keyPressEvent(event);
}

} // namespace vidimus::ui::widgets
