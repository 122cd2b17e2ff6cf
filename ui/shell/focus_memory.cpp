#include "ui/shell/focus_memory.h"

#include <QApplication>

namespace vidimus::ui::shell {

void FocusMemory::remember(const QWidget* window)
{
    QWidget* focus = QApplication::focusWidget();
    m_widget = focus && window->isAncestorOf(focus) ? focus : nullptr;
    m_remembering = true;
}

void FocusMemory::restore(QWidget* base)
{
    QWidget* target = m_widget;
    if (!target || !target->isVisible() || !target->isEnabled())
        target = base;
    m_widget = nullptr;
    m_remembering = false;
    if (target)
        target->setFocus(Qt::OtherFocusReason);
}

} // namespace vidimus::ui::shell
