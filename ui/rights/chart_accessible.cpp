#include "ui/rights/chart_accessible.h"

#include "ui/rights/rights_chart.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QWindow>

namespace vidimus::ui::rights {

namespace {

using namespace Qt::StringLiterals;

/// One bar in view. The index is looked up anew each time, so it never points at old data.
class BarAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    BarAccessible(RightsChart* chart, int index)
        : m_chart(chart)
        , m_index(index)
    {
    }

    [[nodiscard]] bool isValid() const override { return m_chart && piece().has_value(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_chart ? m_chart->window()->windowHandle() : nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_chart);
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
        return current ? QRect(m_chart->mapToGlobal(current->rect.topLeft()), current->rect.size()) : QRect();
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
        if (name == pressAction() && current && !current->window.isEmpty())
            Q_EMIT m_chart->windowChosen(current->window);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] std::optional<RightsChart::Piece> piece() const
    {
        const auto pieces = m_chart ? m_chart->pieces() : std::vector<RightsChart::Piece> {};
        if (m_index < 0 || m_index >= static_cast<int>(pieces.size()))
            return std::nullopt;
        return pieces[static_cast<std::size_t>(m_index)];
    }

    QPointer<RightsChart> m_chart;
    int m_index;
};

/// Value: the as-of instant in seconds since 1970, and as text.
class ChartAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit ChartAccessible(RightsChart* chart)
        : QAccessibleWidget(chart, QAccessible::Chart)
    {
    }
    ~ChartAccessible() override
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
    [[nodiscard]] int childCount() const override { return static_cast<int>(chart()->pieces().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (m_children.size() <= static_cast<std::size_t>(index))
            m_children.push_back(QAccessible::registerAccessibleInterface(
                new BarAccessible(chart(), static_cast<int>(m_children.size()))));
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

    mutable std::vector<QAccessible::Id> m_children;
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
