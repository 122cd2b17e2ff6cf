#include "ui/widgets/timeline_accessible.h"

#include "ui/widgets/painted_accessible.h"
#include "ui/widgets/time_label.h"
#include "ui/widgets/timeline.h"

namespace vidimus::ui::widgets {

namespace {

using namespace Qt::StringLiterals;

/// Value: the frame, and as text its timecode.
class TimelineAccessible : public PaintedPartsAccessible {
public:
    explicit TimelineAccessible(Timeline* timeline)
        : PaintedPartsAccessible(timeline, QAccessible::Slider)
    {
    }

    [[nodiscard]] std::vector<PaintedPart> parts() const override
    {
        const auto pieces = timeline()->pieces();
        return {pieces.begin(), pieces.end()};
    }
    void press(int index) override
    {
        Q_EMIT timeline()->seekWanted(timeline()->pieces()[static_cast<std::size_t>(index)].frame, false);
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return frameTimecodeText(timeline()->position(), timeline()->data().framesPerSecond);
        return QAccessibleWidget::text(kind);
    }
    [[nodiscard]] QVariant currentValue() const override { return timeline()->position(); }
    void setCurrentValue(const QVariant& value) override { Q_EMIT timeline()->seekWanted(value.toLongLong(), false); }
    [[nodiscard]] QVariant maximumValue() const override
    {
        return std::max<qint64>(0, timeline()->data().frameCount - 1);
    }
    [[nodiscard]] QVariant minimumValue() const override { return 0; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1; }

private:
    [[nodiscard]] Timeline* timeline() const { return static_cast<Timeline*>(object()); }
};

QAccessibleInterface* create(const QString& className, QObject* object)
{
    auto* timeline = qobject_cast<Timeline*>(object);
    return timeline && className == "vidimus::ui::widgets::Timeline"_L1 ? new TimelineAccessible(timeline) : nullptr;
}

} // namespace

void installTimelineAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(create);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace vidimus::ui::widgets
