#include "ui/widgets/labels.h"

#include "ui/widgets/painting.h"

#include <QEvent>
#include <QHelpEvent>
#include <QStyle>
#include <QToolTip>

namespace vidimus::ui::widgets {

TextLabel::TextLabel(const QString& text, TextRole role, Ink ink, QWidget* parent)
    : QWidget(parent)
    , m_role(role)
    , m_ink(ink)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void TextLabel::setText(const QString& text)
{
    if (text == m_text && accessibleName() == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void TextLabel::setInk(Ink ink)
{
    m_ink = ink;
    update();
}

void TextLabel::setRole(TextRole role)
{
    m_role = role;
    updateGeometry();
    update();
}

void TextLabel::setElide(Qt::TextElideMode mode)
{
    m_elide = mode;
    update();
}

void TextLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void TextLabel::setKeepsWidth(bool keeps)
{
    m_keepsWidth = keeps;
    setSizePolicy(keeps ? QSizePolicy::Fixed : QSizePolicy::Preferred, QSizePolicy::Fixed);
    updateGeometry();
}

bool TextLabel::isElided() const
{
    return roleMetrics(m_role).horizontalAdvance(m_text) > width();
}

QSize TextLabel::sizeHint() const
{
    const QFontMetrics metrics = roleMetrics(m_role);
    return {metrics.horizontalAdvance(m_text) + 1, metrics.height()};
}

QSize TextLabel::minimumSizeHint() const
{
    if (m_keepsWidth)
        return sizeHint();
    const QFontMetrics metrics = roleMetrics(m_role);
    return {std::min(sizeHint().width(), metrics.horizontalAdvance(u'…') * 2), metrics.height()};
}

bool TextLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isElided())
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), m_text, this);
        return true;
    }
    return QWidget::event(event);
}

void TextLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!isEnabled())
        painter.setOpacity(0.4);
    drawText(painter, rect(), m_text, m_role, inkColor(m_ink), QStyle::visualAlignment(layoutDirection(), m_alignment),
        m_elide);
}

Paragraph::Paragraph(const QString& text, TextRole role, Ink ink, QWidget* parent)
    : QWidget(parent)
    , m_role(role)
    , m_ink(ink)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setText(text);
}

void Paragraph::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Paragraph::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

QSize Paragraph::sizeHint() const
{
    const int width = std::min(320, roleMetrics(m_role).horizontalAdvance(m_text) + 2);
    return {width, heightForWidth(width)};
}

QSize Paragraph::minimumSizeHint() const
{
    return {40, roleMetrics(m_role).height()};
}

int Paragraph::heightForWidth(int width) const
{
    const auto flags = static_cast<int>(m_alignment) | Qt::TextWordWrap;
    return roleMetrics(m_role).boundingRect(QRect(0, 0, std::max(1, width), 10000), flags, m_text).height() + 2;
}

void Paragraph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(roleFont(m_role));
    painter.setPen(inkColor(m_ink));
    const auto flags
        = static_cast<int>(QStyle::visualAlignment(layoutDirection(), m_alignment)) | int(Qt::TextWordWrap);
    painter.drawText(rect(), flags, m_text);
}

} // namespace vidimus::ui::widgets
