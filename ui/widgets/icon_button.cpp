#include "ui/widgets/icon_button.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::widgets {

IconButton::IconButton(const QString& iconName, const QString& name, QWidget* parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
{
    setAccessibleName(name);
    setToolTip(name);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconButton::setIconName(const QString& iconName)
{
    m_iconName = iconName;
    update();
}

void IconButton::setBordered(bool bordered)
{
    m_bordered = bordered;
    updateGeometry();
    update();
}

QSize IconButton::sizeHint() const
{
    return m_bordered ? QSize(24, 24) : QSize(kControlHeight, kControlHeight);
}

void IconButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    QColor fill;
    QColor ink = isChecked() || m_bordered ? tokens.text : tokens.second;
    if (isChecked())
        fill = tokens.selectionOver(tokens.surface);
    else if (m_bordered)
        fill = tokens.raised;
    if (isEnabled() && (underMouse() || isDown())) {
        fill = tokens.hoverOver(fill.isValid() ? fill : tokens.surface);
        ink = tokens.text;
    }
    if (!isEnabled())
        painter.setOpacity(0.4);
    if (fill.isValid() || m_bordered)
        drawPanel(painter, rect(), fill, m_bordered ? tokens.line : QColor(), m_bordered ? 4 : kRadius);
    const int size = m_bordered ? 14 : 16;
    drawIcon(painter, m_iconName, QRect((width() - size) / 2, (height() - size) / 2, size, size), ink);
}

} // namespace vidimus::ui::widgets
