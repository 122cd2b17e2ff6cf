#include "ui/widgets/painted_accessible.h"

#include <QHelpEvent>
#include <QPointer>
#include <QToolTip>
#include <QWindow>

#include <optional>

namespace vidimus::ui::widgets {

namespace {

/// One part. It is looked up anew each time, so it never points at old data.
class PartAccessible : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    PartAccessible(QWidget* widget, int index)
        : m_widget(widget)
        , m_index(index)
    {
    }

    [[nodiscard]] bool isValid() const override { return part().has_value(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_widget ? m_widget->window()->windowHandle() : nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_widget);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto current = part();
        return kind == QAccessible::Name && current ? current->text : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        const auto current = part();
        return current ? QRect(m_widget->mapToGlobal(current->rect.topLeft()), current->rect.size()) : QRect();
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
        if (name == pressAction() && part())
            owner()->press(m_index);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] PaintedPartsAccessible* owner() const
    {
        return m_widget ? dynamic_cast<PaintedPartsAccessible*>(parent()) : nullptr;
    }
    [[nodiscard]] std::optional<PaintedPart> part() const
    {
        const PaintedPartsAccessible* all = owner();
        const auto parts = all ? all->parts() : std::vector<PaintedPart>();
        if (m_index < 0 || m_index >= static_cast<int>(parts.size()))
            return std::nullopt;
        return parts[static_cast<std::size_t>(m_index)];
    }

    QPointer<QWidget> m_widget;
    int m_index;
};

} // namespace

void showPartTip(const QHelpEvent& event, QWidget* widget, const std::vector<PaintedPart>& parts)
{
    const auto under
        = std::ranges::find_if(parts, [&](const PaintedPart& part) { return part.rect.contains(event.pos()); });
    if (under == parts.end())
        QToolTip::hideText();
    else
        QToolTip::showText(event.globalPos(), under->text, widget, under->rect);
}

PaintedPartsAccessible::~PaintedPartsAccessible()
{
    for (const QAccessible::Id id : m_children)
        QAccessible::deleteAccessibleInterface(id);
}

void* PaintedPartsAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::ValueInterface)
        return static_cast<QAccessibleValueInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

int PaintedPartsAccessible::childCount() const
{
    return static_cast<int>(parts().size());
}

QAccessibleInterface* PaintedPartsAccessible::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    while (m_children.size() <= static_cast<std::size_t>(index))
        m_children.push_back(QAccessible::registerAccessibleInterface(
            new PartAccessible(widget(), static_cast<int>(m_children.size()))));
    return QAccessible::accessibleInterface(m_children[static_cast<std::size_t>(index)]);
}

int PaintedPartsAccessible::indexOfChild(const QAccessibleInterface* given) const
{
    for (int i = 0; i < childCount(); ++i) {
        if (child(i) == given)
            return i;
    }
    return -1;
}

} // namespace vidimus::ui::widgets
