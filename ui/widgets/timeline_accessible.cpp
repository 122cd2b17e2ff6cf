#include "ui/widgets/timeline_accessible.h"

#include "ui/widgets/time_label.h"
#include "ui/widgets/timeline.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace vidimus::ui::widgets {

namespace {

using namespace Qt::StringLiterals;

/// One bar or mark. Lives in TimelineAccessible's list; the index is looked up anew each time, so it never points at
/// old data.
class PieceAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    PieceAccessible(Timeline* timeline, int index)
        : m_timeline(timeline)
        , m_index(index)
    {
    }

    [[nodiscard]] bool isValid() const override { return m_timeline && piece().has_value(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override
    {
        return m_timeline ? m_timeline->window()->windowHandle() : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_timeline);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto current = piece();
        return kind == QAccessible::Name && current ? current->text : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        const auto current = piece();
        return current ? QRect(m_timeline->mapToGlobal(current->rect.topLeft()), current->rect.size()) : QRect();
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override { return {}; }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override
    {
        const auto current = piece();
        if (name == pressAction() && current)
            Q_EMIT m_timeline->seekWanted(current->frame, false);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] std::optional<Timeline::Piece> piece() const
    {
        if (!m_timeline)
            return std::nullopt;
        const auto pieces = m_timeline->pieces();
        if (m_index < 0 || m_index >= static_cast<int>(pieces.size()))
            return std::nullopt;
        return pieces[static_cast<std::size_t>(m_index)];
    }

    QPointer<Timeline> m_timeline;
    int m_index;
};

class TimelineAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit TimelineAccessible(Timeline* timeline)
        : QAccessibleWidget(timeline, QAccessible::Slider)
    {
    }
    ~TimelineAccessible() override
    {
        for (const QAccessible::Id id : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] int childCount() const override { return static_cast<int>(timeline()->pieces().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (m_children.size() <= static_cast<std::size_t>(index))
            m_children.push_back(QAccessible::registerAccessibleInterface(
                new PieceAccessible(timeline(), static_cast<int>(m_children.size()))));
        return QAccessible::accessibleInterface(m_children[static_cast<std::size_t>(index)]);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* given) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == given)
                return i;
        }
        return -1;
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

    mutable std::vector<QAccessible::Id> m_children;
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
