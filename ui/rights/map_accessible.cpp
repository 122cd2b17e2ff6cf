#include "ui/rights/world_map.h"
#include "ui/rights/world_shapes.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <QWindow>

namespace vidimus::ui::rights {

namespace {

using namespace Qt::StringLiterals;

/// One country of the map.
class CountryAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    CountryAccessible(WorldMap* map, int index)
        : m_map(map)
        , m_index(static_cast<std::size_t>(index))
    {
    }

    [[nodiscard]] bool isValid() const override { return m_map && m_index < worldShapes().size(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_map ? m_map->window()->windowHandle() : nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(m_map); }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && isValid() ? m_map->sentenceOf(worldShapes()[m_index].code) : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect own = m_map->rectOf(worldShapes()[m_index]).toAlignedRect();
        return {m_map->mapToGlobal(own.topLeft()), own.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.selected = isValid() && m_map->current() == worldShapes()[m_index].code;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override
    {
        if (name != pressAction() || !isValid())
            return;
        m_map->setCurrent(worldShapes()[m_index].code);
        Q_EMIT m_map->countryWanted(worldShapes()[m_index].code);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<WorldMap> m_map;
    std::size_t m_index;
};

class MapAccessible : public QAccessibleWidget {
public:
    explicit MapAccessible(WorldMap* map)
        : QAccessibleWidget(map, QAccessible::Chart)
    {
    }
    ~MapAccessible() override
    {
        for (const QAccessible::Id id : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }
    [[nodiscard]] int childCount() const override { return static_cast<int>(worldShapes().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        while (std::ssize(m_children) <= index)
            m_children.push_back(QAccessible::registerAccessibleInterface(
                new CountryAccessible(static_cast<WorldMap*>(object()), static_cast<int>(m_children.size()))));
        return QAccessible::accessibleInterface(m_children[static_cast<std::size_t>(index)]);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* given) const override
    {
        for (int i = 0; i < std::ssize(m_children); ++i) {
            if (child(i) == given)
                return i;
        }
        return -1;
    }

private:
    mutable std::vector<QAccessible::Id> m_children;
};

QAccessibleInterface* create(const QString& className, QObject* object)
{
    auto* map = qobject_cast<WorldMap*>(object);
    return map && className == "vidimus::ui::rights::WorldMap"_L1 ? new MapAccessible(map) : nullptr;
}

} // namespace

void installMapAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(create);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace vidimus::ui::rights
