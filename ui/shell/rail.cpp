#include "ui/shell/rail.h"

#include "ui/shell/rail_button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

#include <QVBoxLayout>

namespace vidimus::ui::shell {

using namespace widgets;

namespace {
constexpr int kWide = 76;
constexpr int kNarrow = 44;
constexpr int kPageHeight = 56;
constexpr int kServiceHeight = 48;
constexpr int kNarrowPageHeight = 44;
constexpr int kNarrowServiceHeight = 40;
constexpr int kIcon = 20;
} // namespace

RailButton::RailButton(QString id, const QString& title, QString iconName, int height, QWidget* parent)
    : QAbstractButton(parent)
    , m_id(std::move(id))
    , m_iconName(std::move(iconName))
    , m_height(height)
{
    setText(title);
    setAccessibleName(title);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RailButton::setBadge(int count, bool urgent)
{
    m_badge = count;
    m_urgent = urgent;
    setAccessibleDescription(count > 0 ? tr("%n waiting", nullptr, count) : QString());
    update();
}

void RailButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setToolTip(narrow ? text() : QString());
    updateGeometry();
}

QSize RailButton::sizeHint() const
{
    if (m_narrow)
        return {kNarrow - 1, m_height == kPageHeight ? kNarrowPageHeight : kNarrowServiceHeight};
    return {kWide - 1, m_height};
}

void RailButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    if (isChecked())
        drawSelection(painter, rect(), tokens.surface, layoutDirection());
    else if (underMouse() || isDown())
        painter.fillRect(rect(), tokens.hoverOver(tokens.surface));
    const QColor ink = isChecked() ? tokens.text : tokens.second;
    const int top = m_narrow ? (height() - kIcon) / 2 : (height() - kIcon - 19) / 2;
    const QRect at((width() - kIcon) / 2, top, kIcon, kIcon);
    drawIcon(painter, m_iconName, at, ink);
    if (!m_narrow)
        drawText(painter, {2, top + kIcon + 3, width() - 4, 16}, text(), TextRole::Label, ink, Qt::AlignCenter);
    if (m_badge > 0) {
        const QSize size = badgeSize(m_badge);
        QRect badge(QPoint(at.right() - 2, std::max(1, top - 7)), size);
        if (badge.right() > width() - 1)
            badge.moveRight(width() - 1);
        drawBadge(painter, badge, m_badge, m_urgent);
    }
}

Rail::Rail(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QVBoxLayout)
    , m_services(new QVBoxLayout)
{
    setAccessibleName(tr("Pages"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 1, 4);
    layout->setSpacing(0);
    m_pages->setSpacing(0);
    m_services->setSpacing(0);
    layout->addLayout(m_pages);
    layout->addStretch(1);
    layout->addLayout(m_services);
    setNarrow(false);
}

void Rail::addEntry(const QString& id, const QString& title, const QString& iconName, Place place, bool checkable)
{
    auto* button = new RailButton(id, title, iconName, place == Place::Page ? kPageHeight : kServiceHeight, this);
    button->setCheckable(checkable);
    (place == Place::Page ? m_pages : m_services)->addWidget(button);
    m_buttons.push_back(button);
    connect(button, &RailButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
}

void Rail::setBadge(const QString& id, int count, bool urgent)
{
    for (RailButton* button : m_buttons) {
        if (button->id() == id)
            button->setBadge(count, urgent);
    }
}

void Rail::setCurrent(const QString& id)
{
    for (RailButton* button : m_buttons) {
        if (button->isCheckable())
            button->setChecked(button->id() == id);
    }
}

void Rail::setNarrow(bool narrow)
{
    setFixedWidth(narrow ? kNarrow : kWide);
    for (RailButton* button : m_buttons)
        button->setNarrow(narrow);
}

void Rail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.surface);
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), {width() - 1, 0, 1, height()}), tokens.line);
}

} // namespace vidimus::ui::shell
