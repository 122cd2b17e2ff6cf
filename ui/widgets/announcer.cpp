#include "ui/widgets/announcer.h"

#include <QAccessible>

namespace vidimus::ui::widgets {

Announcer::Announcer(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(1, 1);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void Announcer::say(const QString& sentence)
{
    setAccessibleName(sentence);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace vidimus::ui::widgets
