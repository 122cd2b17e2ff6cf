#pragma once

#include <QWidget>

namespace vidimus::ui::widgets {

/// Speaks short states to assistive technology: changes its accessible name and emits an alert (Qt 6.4 has no
/// announcement event). 1×1 px, one per window.
class Announcer : public QWidget {
    Q_OBJECT

public:
    explicit Announcer(QWidget* parent);
    void say(const QString& sentence);
};

} // namespace vidimus::ui::widgets
