#include "ui/widgets/chip.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

#include <QLocale>

namespace vidimus::ui::widgets {

namespace {
constexpr int kIcon = 12;

TextRole roleOf(Chip::Look look)
{
    return look == Chip::Look::Tall ? TextRole::BodyMedium : TextRole::Label;
}
} // namespace

Chip::Chip(const QString& text, Ink ink, Look look, QWidget* parent)
    : QWidget(parent)
    , m_ink(ink)
    , m_look(look)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void Chip::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setIconName(const QString& name)
{
    m_iconName = name;
    updateGeometry();
    update();
}

void Chip::setInk(Ink ink)
{
    m_ink = ink;
    update();
}

void Chip::setLook(Look look)
{
    m_look = look;
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const bool tall = m_look == Look::Tall;
    int width = roleMetrics(roleOf(m_look)).horizontalAdvance(m_text) + 1;
    if (!m_iconName.isEmpty())
        width += (tall ? 14 : kIcon) + 6;
    if (m_look != Look::Bare)
        width += tall ? 20 : 16;
    return {width, tall ? 24 : m_look == Look::Filled ? 22 : 20};
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    const QColor color = inkColor(m_ink);
    QColor ink = color;
    switch (m_look) {
    case Look::Bare:
        break;
    case Look::Filled:
        drawPanel(painter, rect(), color, QColor(), 4);
        ink = contrastRatio(tokens.dark ? tokens.window : tokens.surface, color) >= 4.5
            ? (tokens.dark ? tokens.window : tokens.surface)
            : (tokens.dark ? Qt::white : Qt::black);
        break;
    case Look::Tall:
    case Look::Outline: {
        const bool neutral = m_ink == Ink::Second || m_ink == Ink::Text || m_ink == Ink::Third;
        drawPanel(painter, rect(), neutral ? QColor() : blended(color, tokens.surface, 0.06),
            neutral ? tokens.line : blended(color, tokens.surface, m_look == Look::Tall ? 0.9 : 0.7),
            m_look == Look::Tall ? 5 : 4);
        break;
    }
    }
    const int size = m_look == Look::Tall ? 14 : kIcon;
    QRect content = rect().adjusted(m_look == Look::Bare ? 0 : m_look == Look::Tall ? 10 : 8, 0, 0, 0);
    if (!m_iconName.isEmpty()) {
        QRect at(content.left(), (height() - size) / 2, size, size);
        drawIcon(painter, m_iconName, QStyle::visualRect(layoutDirection(), rect(), at), ink);
        content.setLeft(content.left() + size + 6);
    }
    drawText(painter, QStyle::visualRect(layoutDirection(), rect(), content), m_text, roleOf(m_look), ink,
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter, Qt::ElideNone);
}

KeyCap::KeyCap(const QString& text, QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void KeyCap::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

void KeyCap::setActive(bool active)
{
    m_active = active;
    update();
}

QSize KeyCap::sizeHint() const
{
    return keyCapSize(m_text);
}

void KeyCap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    drawKeyCap(painter, rect(), m_text, m_active ? KeyCapLook::Active : KeyCapLook::Plain);
}

QSize badgeSize(int count)
{
    const int width = roleMetrics(TextRole::Label).horizontalAdvance(QLocale().toString(count));
    return {std::max(16, width + 8), 16};
}

void drawBadge(QPainter& painter, const QRect& rect, int count, bool urgent)
{
    const Tokens& tokens = currentTokens();
    const QColor plain = tokens.dark ? blended(Qt::white, tokens.raised, 0.12) : tokens.line;
    drawPanel(painter, rect, urgent ? tokens.warning : plain, QColor(), 8);
    const QColor ink = urgent ? (tokens.dark ? tokens.window : tokens.surface) : tokens.text;
    drawText(painter, rect, QLocale().toString(count), TextRole::Label, ink, Qt::AlignCenter, Qt::ElideNone);
}

Badge::Badge(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void Badge::setCount(int count)
{
    m_count = count;
    setAccessibleName(QLocale().toString(count));
    setVisible(count > 0);
    updateGeometry();
    update();
}

void Badge::setUrgent(bool urgent)
{
    m_urgent = urgent;
    update();
}

QSize Badge::sizeHint() const
{
    return badgeSize(m_count);
}

void Badge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    drawBadge(painter, rect(), m_count, m_urgent);
}

StatusDot::StatusDot(Ink ink, QWidget* parent)
    : QWidget(parent)
    , m_ink(ink)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusDot::setInk(Ink ink)
{
    m_ink = ink;
    update();
}

void StatusDot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(inkColor(m_ink));
    painter.drawEllipse(QRectF(0, (height() - 8) / 2.0, 8, 8));
}

} // namespace vidimus::ui::widgets
