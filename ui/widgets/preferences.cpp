#include "ui/widgets/preferences.h"

#include <array>
#include <utility>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kDensities {std::pair {Density::Compact, "compact"_L1}, std::pair {Density::Regular, "regular"_L1},
    std::pair {Density::Comfortable, "comfortable"_L1}};

Preferences& current()
{
    static Preferences preferences;
    return preferences;
}

} // namespace

QString densityName(Density density)
{
    for (const auto& [value, name] : kDensities) {
        if (value == density)
            return name;
    }
    return {};
}

std::optional<Density> densityFromName(QStringView name)
{
    for (const auto& [value, known] : kDensities) {
        if (known == name)
            return value;
    }
    return std::nullopt;
}

const Preferences& preferences()
{
    return current();
}

void setPreferences(Preferences preferences)
{
    if (preferences == current())
        return;
    const Preferences before = std::exchange(current(), std::move(preferences));
    Q_EMIT preferencesSignal().changed(before);
}

PreferencesSignal& preferencesSignal()
{
    static PreferencesSignal signal;
    return signal;
}

int rowHeight()
{
    switch (preferences().density) {
    case Density::Compact:
        return 24;
    case Density::Regular:
        return 28;
    case Density::Comfortable:
        return 36;
    }
    return 28;
}

std::optional<QTimeZone> zoneFromName(const QString& name)
{
    if (name == "Local"_L1)
        return QTimeZone::systemTimeZone();
    if (name == "UTC"_L1)
        return QTimeZone::utc();
    const QTimeZone zone(name.toLatin1());
    return zone.isValid() ? std::optional(zone) : std::nullopt;
}

} // namespace vidimus::ui::widgets
