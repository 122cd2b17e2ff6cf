#include "app/studio/idle_watch.h"

#include <QCoreApplication>
#include <QEvent>

namespace vidimus::studio {

IdleWatch::IdleWatch(QObject* parent, std::chrono::milliseconds quiet)
    : QObject(parent)
    , m_quiet(quiet)
{
    m_sinceInput.start();
    QCoreApplication::instance()->installEventFilter(this);
}

bool IdleWatch::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress
        || event->type() == QEvent::Wheel)
        m_sinceInput.restart();
    return QObject::eventFilter(watched, event);
}

} // namespace vidimus::studio
