#include "ui/widgets/focus_ring.h"

#include "ui/widgets/tokens.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QFocusEvent>
#include <QPainter>

namespace vidimus::ui::widgets {

namespace {

/// Another window or a menu took the focus for a while; the ring waits.
bool isPassing(Qt::FocusReason reason)
{
    return reason == Qt::ActiveWindowFocusReason || reason == Qt::PopupFocusReason;
}

constexpr int kRing = 2;
constexpr int kRoom = 3; // the ring and half a pixel for its round corners
} // namespace

FocusRing::FocusRing(QWidget* window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    qApp->installEventFilter(this);
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        auto* widget = qobject_cast<QWidget*>(watched);
        if (widget && widget != this && parentWidget()->isAncestorOf(widget)) {
            const auto reason = static_cast<QFocusEvent*>(event)->reason();
            const bool byKey
                = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
            const bool isReturn = isPassing(reason) && widget == m_target;
            follow(byKey || isReturn ? widget : nullptr);
        }
    } else if (event->type() == QEvent::FocusOut && watched == m_target) {
        if (!isPassing(static_cast<QFocusEvent*>(event)->reason()))
            follow(nullptr);
    } else if (watched == m_target) {
        switch (event->type()) {
        case QEvent::Move:
        case QEvent::Resize:
        case QEvent::Show:
            place();
            break;
        case QEvent::Hide:
            follow(nullptr);
            break;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FocusRing::follow(QWidget* target)
{
    m_target = target;
    // Lists show their current row instead.
    if (!target || qobject_cast<QAbstractItemView*>(target)) {
        hide();
        return;
    }
    place();
}

void FocusRing::place()
{
    if (!m_target || !m_target->isVisible())
        return;
    const QPoint at = m_target->mapTo(parentWidget(), QPoint());
    setGeometry(QRect(at, m_target->size()).adjusted(-kRoom, -kRoom, kRoom, kRoom));
    setMask(QRegion(rect()).subtracted(QRegion(rect().adjusted(kRoom + 1, kRoom + 1, -kRoom - 1, -kRoom - 1))));
    raise();
    show();
    update();
}

void FocusRing::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(currentTokens().accent, kRing));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
}

} // namespace vidimus::ui::widgets
