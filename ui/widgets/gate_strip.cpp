#include "ui/widgets/gate_strip.h"

#include "ui/widgets/painting.h"

namespace vidimus::ui::widgets {

namespace {

QColor colorOf(GateState state)
{
    const Tokens& tokens = currentTokens();
    switch (state) {
    case GateState::Open:
        return tokens.line;
    case GateState::Passed:
        return tokens.passed;
    case GateState::Warned:
        return tokens.warning;
    case GateState::Blocked:
        return tokens.rejected;
    }
    return tokens.line;
}

} // namespace

void drawGateStrip(QPainter& painter, const QRect& rect, const std::vector<GateState>& gates)
{
    if (gates.empty())
        return;
    constexpr double kSpace = 2;
    const double count = static_cast<double>(gates.size());
    const double width = (rect.width() - kSpace * (count - 1)) / count;
    double x = rect.left();
    for (const GateState gate : gates) {
        painter.fillRect(QRectF(x, rect.top(), width, rect.height()), colorOf(gate));
        x += width + kSpace;
    }
}

GateStrip::GateStrip(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(4);
}

void GateStrip::setGates(std::vector<GateState> gates)
{
    m_gates = std::move(gates);
    const auto passed = std::ranges::count(m_gates, GateState::Passed);
    setAccessibleName(tr("%1 of %2 gates passed").arg(passed).arg(m_gates.size()));
    update();
}

void GateStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    drawGateStrip(painter, rect(), m_gates);
}

} // namespace vidimus::ui::widgets
