#include "ui/rights/chart_accessible.h"

#include "ui/rights/rights_chart.h"
#include "ui/widgets/painted_accessible.h"

namespace vidimus::ui::rights {

namespace {

using namespace Qt::StringLiterals;

/// Value: the as-of instant in seconds since 1970, and as text.
class ChartAccessible : public widgets::PaintedPartsAccessible {
public:
    explicit ChartAccessible(RightsChart* chart)
        : PaintedPartsAccessible(chart, QAccessible::Chart)
    {
    }

    [[nodiscard]] std::vector<widgets::PaintedPart> parts() const override
    {
        const auto pieces = chart()->pieces();
        return {pieces.begin(), pieces.end()};
    }
    void press(int index) override
    {
        const WindowId window = chart()->pieces()[static_cast<std::size_t>(index)].window;
        if (!window.isEmpty())
            Q_EMIT chart()->windowChosen(window);
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? toRfc3339(chart()->at()) : QAccessibleWidget::text(kind);
    }
    [[nodiscard]] QVariant currentValue() const override { return secondsOf(chart()->at()); }
    void setCurrentValue(const QVariant& value) override
    {
        Q_EMIT chart()->atWanted(Instant(std::chrono::seconds(value.toLongLong())));
    }
    [[nodiscard]] QVariant maximumValue() const override { return secondsOf(kMaxInstant); }
    [[nodiscard]] QVariant minimumValue() const override { return secondsOf(kMinInstant); }
    [[nodiscard]] QVariant minimumStepSize() const override { return 3600; }

private:
    [[nodiscard]] static qint64 secondsOf(Instant at) { return at.time_since_epoch().count() / 1000; }
    [[nodiscard]] RightsChart* chart() const { return static_cast<RightsChart*>(object()); }
};

QAccessibleInterface* create(const QString& className, QObject* object)
{
    auto* chart = qobject_cast<RightsChart*>(object);
    return chart && className == "vidimus::ui::rights::RightsChart"_L1 ? new ChartAccessible(chart) : nullptr;
}

} // namespace

void installChartAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(create);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace vidimus::ui::rights
