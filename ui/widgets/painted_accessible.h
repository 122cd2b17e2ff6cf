#pragma once

#include "ui/widgets/painted_part.h"

#include <QAccessibleWidget>

namespace vidimus::ui::widgets {

/// What a screen reader meets in a widget that paints its parts: a value, and a list of parts that can be pressed. Ui
/// thread.
class PaintedPartsAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    PaintedPartsAccessible(QWidget* widget, QAccessible::Role role)
        : QAccessibleWidget(widget, role)
    {
    }
    ~PaintedPartsAccessible() override;

    [[nodiscard]] virtual std::vector<PaintedPart> parts() const = 0;
    /// \a index is one of parts().
    virtual void press(int index) = 0;

    void* interface_cast(QAccessible::InterfaceType type) override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* given) const override;

private:
    mutable std::vector<QAccessible::Id> m_children;
};

} // namespace vidimus::ui::widgets
