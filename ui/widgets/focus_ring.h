#pragma once

#include <QPointer>
#include <QWidget>

namespace vidimus::ui::widgets {

/// The 2 px accent ring around the control that has the focus, drawn just outside it by an overlay of its window.
/// Shown when the focus came by key. Ui thread.
class FocusRing : public QWidget {
    Q_OBJECT

public:
    /// One per window; follows the focus inside \a window.
    explicit FocusRing(QWidget* window);

    [[nodiscard]] QWidget* target() const { return m_target; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void follow(QWidget* target);
    void place();

    QPointer<QWidget> m_target;
};

} // namespace vidimus::ui::widgets
