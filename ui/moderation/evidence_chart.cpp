#include "ui/moderation/evidence_chart.h"

#include "ui/moderation/finding_text.h"
#include "ui/widgets/painting.h"

#include <QPainterPath>

namespace vidimus::ui::moderation {

using namespace widgets;

namespace {

constexpr int kScaleHeight = 16;
constexpr double kOutsideAlpha = 0.16;

/// Lowest and highest of what is drawn, with air around it.
struct Range {
    double low = 0;
    double high = 1;

    [[nodiscard]] double share(double value) const { return (value - low) / (high - low); }
};

Range rangeOf(const checks::Evidence& evidence)
{
    std::vector<double> values;
    for (const auto& value : {evidence.value, evidence.lower, evidence.upper}) {
        if (value)
            values.push_back(*value);
    }
    for (const checks::EvidencePoint& point : evidence.points) {
        values.push_back(point.low);
        values.push_back(point.high);
    }
    if (values.empty())
        return {};
    const auto [low, high] = std::ranges::minmax(values);
    const double air = high > low ? (high - low) * 0.12 : std::max(1.0, std::abs(high) * 0.1);
    return {low - air, high + air};
}

} // namespace

EvidenceChart::EvidenceChart(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("evidenceChart"));
    setFixedHeight(sizeHint().height());
    setAccessibleName(tr("Measurement and limit"));
}

void EvidenceChart::show(const checks::Evidence& evidence, double from, double to)
{
    m_evidence = evidence;
    m_from = from;
    m_to = to;
    setAccessibleDescription(evidenceText(evidence));
    update();
}

void EvidenceChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& tokens = currentTokens();
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -kScaleHeight - 0.5);
    drawPanel(painter, area, tokens.raised, tokens.line, 4);
    painter.setClipRect(area.adjusted(1, 1, -1, -1));
    if (m_evidence.points.size() > 1)
        paintCurve(painter, area);
    else
        paintRuler(painter, area);
}

void EvidenceChart::paintCurve(QPainter& painter, const QRectF& area) const
{
    const Tokens& tokens = currentTokens();
    const Range range = rangeOf(m_evidence);
    const double span = std::max(1e-9, m_evidence.end - m_evidence.start);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto x = [&](double time) {
        const double share = (time - m_evidence.start) / span;
        return area.left() + (mirrored ? 1 - share : share) * area.width();
    };
    const auto y = [&](double value) { return area.bottom() - range.share(value) * area.height(); };
    // The stretch that was found, and the side of each bound on which the rule fires.
    QColor stretch = tokens.warning;
    stretch.setAlphaF(float(kOutsideAlpha));
    painter.fillRect(QRectF(QPointF(x(m_from), area.top()), QPointF(x(m_to), area.bottom())).normalized(), stretch);
    QPainterPath band;
    for (const checks::EvidencePoint& point : m_evidence.points)
        band.elementCount() == 0 ? band.moveTo(x(point.time), y(point.high))
                                 : band.lineTo(x(point.time), y(point.high));
    for (auto point = m_evidence.points.rbegin(); point != m_evidence.points.rend(); ++point)
        band.lineTo(x(point->time), y(point->low));
    band.closeSubpath();
    painter.setPen(QPen(tokens.text, 1.2));
    painter.setBrush(tokens.second);
    painter.drawPath(band);
    painter.setBrush(Qt::NoBrush);
    for (const auto& bound : {m_evidence.lower, m_evidence.upper}) {
        if (!bound)
            continue;
        painter.setPen(QPen(tokens.rejected, 1, Qt::DashLine));
        painter.drawLine(QPointF(area.left(), y(*bound)), QPointF(area.right(), y(*bound)));
    }
    painter.setClipping(false);
    const QRect scale(0, height() - kScaleHeight, width(), kScaleHeight);
    const auto edge = mirrored ? Qt::AlignRight : Qt::AlignLeft;
    const auto otherEdge = mirrored ? Qt::AlignLeft : Qt::AlignRight;
    drawText(painter, scale, valueText(m_evidence.start, QStringLiteral("s")), TextRole::LabelPlain, tokens.second,
        edge | Qt::AlignVCenter, Qt::ElideNone);
    drawText(painter, scale, valueText(m_evidence.end, QStringLiteral("s")), TextRole::LabelPlain, tokens.second,
        otherEdge | Qt::AlignVCenter, Qt::ElideNone);
    const auto bound = m_evidence.upper ? m_evidence.upper : m_evidence.lower;
    if (bound) {
        drawText(painter, scale, tr("limit %1").arg(valueText(*bound, m_evidence.unit)), TextRole::LabelPlain,
            tokens.rejected, Qt::AlignCenter, Qt::ElideNone);
    }
}

void EvidenceChart::paintRuler(QPainter& painter, const QRectF& area) const
{
    const Tokens& tokens = currentTokens();
    const Range range = rangeOf(m_evidence);
    const auto x = [&](double value) { return area.left() + range.share(value) * area.width(); };
    QColor allowed = tokens.passed;
    allowed.setAlphaF(float(kOutsideAlpha));
    const double from = m_evidence.lower ? x(*m_evidence.lower) : area.left();
    const double to = m_evidence.upper ? x(*m_evidence.upper) : area.right();
    painter.fillRect(QRectF(QPointF(from, area.top()), QPointF(to, area.bottom())), allowed);
    for (const auto& bound : {m_evidence.lower, m_evidence.upper}) {
        if (!bound)
            continue;
        painter.setPen(QPen(tokens.rejected, 1, Qt::DashLine));
        painter.drawLine(QPointF(x(*bound), area.top()), QPointF(x(*bound), area.bottom()));
    }
    const auto label = [&](double value, double y, const QColor& color) {
        const QString text = valueText(value, m_evidence.unit);
        const double width = roleMetrics(TextRole::LabelPlain).horizontalAdvance(text) + 2;
        const double left = std::clamp(x(value) - width / 2, 0.0, std::max(0.0, this->width() - width));
        drawText(painter, QRectF(left, y, width, kScaleHeight).toRect(), text, TextRole::LabelPlain, color,
            Qt::AlignCenter, Qt::ElideNone);
    };
    if (m_evidence.value) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.text);
        const double at = x(*m_evidence.value);
        painter.drawPolygon(QPolygonF({{at, area.top() + 30}, {at - 5, area.top() + 22}, {at + 5, area.top() + 22}}));
        painter.fillRect(QRectF(at - 1, area.top() + 30, 2, area.height() - 30), tokens.text);
        painter.setClipping(false);
        label(*m_evidence.value, area.top() + 4, tokens.text);
    }
    painter.setClipping(false);
    // Two bounds close together would write over each other: the nearer one to the value says enough.
    std::optional<double> shown = m_evidence.upper ? m_evidence.upper : m_evidence.lower;
    if (m_evidence.value && m_evidence.lower && *m_evidence.value < *m_evidence.lower)
        shown = m_evidence.lower;
    if (shown)
        label(*shown, height() - kScaleHeight, tokens.rejected);
}

} // namespace vidimus::ui::moderation
