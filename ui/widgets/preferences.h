#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimeZone>
#include <optional>

namespace vidimus::ui::widgets {

enum class Density { Compact, Regular, Comfortable };
[[nodiscard]] QString densityName(Density density);
[[nodiscard]] std::optional<Density> densityFromName(QStringView name);

/// How a person wants the window to behave, as far as more than one widget must know. The studio keeps it.
struct Preferences {
    Density density = Density::Regular;
    QTimeZone zone = QTimeZone::systemTimeZone(); ///< of the times that are shown; what is stored is UTC
    bool autoAdvance = true; ///< a committed decision opens the next item
    bool autoplay = false; ///< an item that is opened begins to play
    QByteArray soundDevice; ///< QAudioDevice::id(); empty or unplugged: the system's default
    QString ladder; ///< proposed first; empty: workbench::kDefaultLadder

    friend bool operator==(const Preferences&, const Preferences&) = default;
};

/// Ui thread.
[[nodiscard]] const Preferences& preferences();
void setPreferences(Preferences preferences);

/// Emits changed() after setPreferences() changed something.
class PreferencesSignal : public QObject {
    Q_OBJECT
Q_SIGNALS:
    void changed(const vidimus::ui::widgets::Preferences& before);
};
[[nodiscard]] PreferencesSignal& preferencesSignal();

/// Height of a row in lists and tables: 24, 28 or 36 pixels.
[[nodiscard]] int rowHeight();
/// "UTC", "Local", or an IANA name that this machine knows; otherwise none.
[[nodiscard]] std::optional<QTimeZone> zoneFromName(const QString& name);

} // namespace vidimus::ui::widgets
