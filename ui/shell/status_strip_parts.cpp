#include "ui/shell/status_strip_parts.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::shell {

using namespace widgets;

ModeChip::ModeChip(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setMode(Mode::Review);
}

void ModeChip::setMode(Mode mode)
{
    m_mode = mode;
    setAccessibleName(tr("Mode %1").arg(modeText(mode)));
    updateGeometry();
    update();
}

QSize ModeChip::sizeHint() const
{
    return {roleMetrics(TextRole::Label).horizontalAdvance(modeText(m_mode)) + 18, 18};
}

void ModeChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    QColor fill;
    QColor border;
    QColor ink = tokens.onAccent;
    switch (m_mode) {
    case Mode::Review:
        fill = tokens.accent;
        break;
    case Mode::List:
        border = tokens.accent;
        ink = tokens.text;
        break;
    case Mode::Type:
        fill = tokens.warning;
        ink = tokens.dark ? tokens.window : tokens.surface;
        break;
    }
    drawPanel(painter, rect(), fill, border, 4);
    painter.setFont(roleFont(TextRole::Label));
    QFont bold = roleFont(TextRole::Label);
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter, modeText(m_mode));
}

StatusButton::StatusButton(const QString& key, QWidget* parent)
    : QAbstractButton(parent)
    , m_key(key)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusButton::setLook(const QString& text, const QString& iconName, bool urgent)
{
    setText(text);
    setAccessibleName(text);
    m_iconName = iconName;
    m_urgent = urgent;
    updateGeometry();
    update();
}

QSize StatusButton::sizeHint() const
{
    int width = roleMetrics(TextRole::Label).horizontalAdvance(text()) + 1;
    if (!m_iconName.isEmpty())
        width += 20;
    return {width + 8 + keyCapSize(m_key).width(), 24};
}

void StatusButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    const QColor ink = m_urgent ? tokens.warning : underMouse() ? tokens.text : tokens.second;
    const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    int x = 0;
    if (!m_iconName.isEmpty()) {
        drawIcon(painter, m_iconName, place({0, 5, 14, 14}), ink);
        x = 20;
    }
    const QSize cap = keyCapSize(m_key);
    drawText(painter, place({x, 0, width() - x - cap.width() - 6, height()}), text(), TextRole::Label, ink,
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignVCenter, Qt::ElideNone);
    drawKeyCap(painter, place(QRect(QPoint(width() - cap.width(), 2), cap)), m_key);
}

} // namespace vidimus::ui::shell
