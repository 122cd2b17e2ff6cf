#pragma once

#include <QWidget>
#include <vector>

namespace vidimus::ui::widgets {

enum class GateState { Open, Passed, Warned, Blocked };

/// Equal bars, 4 high, one per gate. The word for the whole stands below it in the card.
class GateStrip : public QWidget {
    Q_OBJECT

public:
    explicit GateStrip(QWidget* parent = nullptr);
    void setGates(std::vector<GateState> gates);
    [[nodiscard]] QSize sizeHint() const override { return {160, 4}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<GateState> m_gates;
};
/// For delegates.
void drawGateStrip(QPainter& painter, const QRect& rect, const std::vector<GateState>& gates);

} // namespace vidimus::ui::widgets
