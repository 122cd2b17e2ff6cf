#pragma once

#include "core/publishing/gate.h"

#include <QWidget>

class QVBoxLayout;

namespace vidimus::ui::widgets {
class Button;
}

namespace vidimus::ui::publishing {

/// The gates of a title, blocks first: icon, what and why, and the button that opens each. The first fix is outlined:
/// it is the one that Enter takes.
class GateList : public QWidget {
    Q_OBJECT

public:
    explicit GateList(QWidget* parent);

    void setGates(const std::vector<vidimus::publishing::Gate>& gates);
    /// Presses the first fix; false when nothing needs one.
    bool takeFirstFix();

Q_SIGNALS:
    /// \a fix is Gate::fix; \a button is where a menu may open.
    void fixChosen(const QByteArray& fix, QWidget* button);

private:
    [[nodiscard]] QWidget* makeRow(const vidimus::publishing::Gate& gate);

    QVBoxLayout* m_layout;
    std::vector<vidimus::publishing::Gate> m_gates;
    widgets::Button* m_firstFix = nullptr;
};

} // namespace vidimus::ui::publishing
