#include "ui/shell/mode.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QVariant>
#include <QWidget>

namespace vidimus::ui::shell {

namespace {

constexpr const char* kProperty = "vidimusMode";

bool isTextInput(const QWidget* widget)
{
    if (const auto* line = qobject_cast<const QLineEdit*>(widget))
        return !line->isReadOnly();
    if (const auto* text = qobject_cast<const QTextEdit*>(widget))
        return !text->isReadOnly();
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget))
        return !text->isReadOnly();
    if (const auto* combo = qobject_cast<const QComboBox*>(widget))
        return combo->isEditable();
    return qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
}

} // namespace

Modes flagOf(Mode mode)
{
    switch (mode) {
    case Mode::Review:
        return InReview;
    case Mode::List:
        return InList;
    case Mode::Type:
        return InType;
    }
    return {};
}

QString modeText(Mode mode)
{
    switch (mode) {
    case Mode::Review:
        return QCoreApplication::translate("Mode", "REVIEW");
    case Mode::List:
        return QCoreApplication::translate("Mode", "LIST");
    case Mode::Type:
        return QCoreApplication::translate("Mode", "TYPE");
    }
    return {};
}

Mode modeOf(const QWidget* focus, Mode pageMode)
{
    if (focus && focus->isEnabled() && isTextInput(focus))
        return Mode::Type;
    for (const QWidget* widget = focus; widget; widget = widget->parentWidget()) {
        const QVariant own = widget->property(kProperty);
        if (own.isValid())
            return static_cast<Mode>(own.toInt());
    }
    return pageMode;
}

void setModeOf(QWidget* widget, Mode mode)
{
    widget->setProperty(kProperty, static_cast<int>(mode));
}

} // namespace vidimus::ui::shell
