#pragma once

#include <QPointer>
#include <QWidget>

namespace vidimus::ui::shell {

/// Remembers who had the focus when something opened and gives it back. Falls back to \a base when that widget is gone
/// or hidden.
class FocusMemory {
public:
    void remember(const QWidget* window);
    void restore(QWidget* base);
    [[nodiscard]] bool isRemembering() const { return m_remembering; }

private:
    QPointer<QWidget> m_widget;
    bool m_remembering = false;
};

} // namespace vidimus::ui::shell
