#include "ui/widgets/button.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

#include <QEvent>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPadding = 12;
constexpr int kIcon = 16;
constexpr double kDisabledOpacity = 0.4;

struct Look {
    QColor fill;
    QColor border;
    QColor ink;
};

Look lookOf(Button::Kind kind, bool hovered, bool pressed)
{
    const Tokens& tokens = currentTokens();
    Look look {tokens.raised, tokens.line, tokens.text};
    switch (kind) {
    case Button::Kind::Plain:
        break;
    case Button::Kind::Primary:
        look = {tokens.accent, QColor(), tokens.onAccent};
        break;
    case Button::Kind::Suggested:
        look.border = tokens.accent;
        break;
    case Button::Kind::Danger:
        look = {QColor(), tokens.rejected, tokens.rejected};
        break;
    case Button::Kind::Quiet:
        look = {QColor(), QColor(), tokens.second};
        break;
    case Button::Kind::Link:
        look = {QColor(), QColor(), tokens.accent};
        break;
    }
    if (hovered || pressed) {
        const QColor under = look.fill.isValid() ? look.fill : tokens.surface;
        const QColor over = kind == Button::Kind::Primary ? tokens.onAccent : (tokens.dark ? Qt::white : Qt::black);
        if (kind == Button::Kind::Quiet || kind == Button::Kind::Link)
            look.ink = kind == Button::Kind::Quiet ? tokens.text : look.ink;
        else
            look.fill = blended(over, under, pressed ? 0.14 : tokens.hoverPercent / 100.0);
    }
    return look;
}

} // namespace

Button::Button(const QString& text, Kind kind, QWidget* parent)
    : QAbstractButton(parent)
    , m_kind(kind)
{
    setText(text);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Button::setKind(Kind kind)
{
    m_kind = kind;
    updateGeometry();
    update();
}

void Button::setIconName(const QString& name)
{
    m_iconName = name;
    updateGeometry();
    update();
}

void Button::setKeyHint(const QString& key)
{
    m_key = key;
    updateGeometry();
    update();
}

void Button::setOpensMenu(bool opens)
{
    m_opensMenu = opens;
    updateGeometry();
    update();
}

void Button::setDisabledReason(const QString& reason)
{
    m_disabledReason = reason;
    setEnabled(reason.isEmpty());
    setToolTip(reason);
    setAccessibleDescription(reason);
}

QSize Button::sizeHint() const
{
    int width = roleMetrics(TextRole::BodyMedium).horizontalAdvance(text());
    if (!m_iconName.isEmpty())
        width += kIcon + (text().isEmpty() ? 0 : 6);
    if (!m_key.isEmpty())
        width += keyCapSize(m_key).width() + 8 - 4;
    if (m_opensMenu)
        width += 18;
    return {width + (m_kind == Kind::Link ? 2 : 2 * kPadding), kControlHeight};
}

QSize Button::minimumSizeHint() const
{
    return sizeHint();
}

bool Button::event(QEvent* event)
{
    if (event->type() == QEvent::EnabledChange || event->type() == QEvent::PaletteChange)
        update();
    return QAbstractButton::event(event);
}

void Button::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!isEnabled())
        painter.setOpacity(kDisabledOpacity);
    const Look look = lookOf(m_kind, isEnabled() && underMouse(), isDown() || isChecked());
    if (look.fill.isValid() || look.border.isValid())
        drawPanel(painter, rect(), look.fill, look.border);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [this, mirrored](const QRect& part) {
        return mirrored ? QStyle::visualRect(Qt::RightToLeft, rect(), part) : part;
    };
    const int padding = m_kind == Kind::Link ? 1 : kPadding;
    const int contentWidth = sizeHint().width() - 2 * padding;
    int x = padding + std::max(0, (width() - 2 * padding - contentWidth) / 2);
    const int middle = height() / 2;
    if (!m_iconName.isEmpty()) {
        drawIcon(painter, m_iconName, place({x, middle - kIcon / 2, kIcon, kIcon}), look.ink);
        x += kIcon + 6;
    }
    const int textWidth = roleMetrics(TextRole::BodyMedium).horizontalAdvance(text());
    drawText(painter, place({x, 0, textWidth + 1, height()}), text(), TextRole::BodyMedium, look.ink,
        Qt::AlignLeft | Qt::AlignVCenter, Qt::ElideNone);
    x += textWidth + 8;
    if (!m_key.isEmpty()) {
        const QSize cap = keyCapSize(m_key);
        drawKeyCap(painter, place(QRect(QPoint(x, middle - cap.height() / 2), cap)), m_key,
            m_kind == Kind::Primary ? KeyCapLook::OnAccent : KeyCapLook::Plain);
        x += cap.width() + 8;
    }
    if (m_opensMenu)
        drawIcon(painter, u"chevron-down"_s, place({x, middle - 7, 14, 14}), currentTokens().second);
}

} // namespace vidimus::ui::widgets
