#pragma once

#include "core/workbench/backup_overview.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/renditions.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/theme.h"

#include <QHash>
#include <QJsonValue>
#include <QString>

namespace vidimus::studio {

/// The studio's settings, as they are kept in the workspace. Each has its default here and acts at once when changed.
struct Settings {
    ui::widgets::SchemeChoice scheme = ui::widgets::SchemeChoice::System;
    bool reduceMotion = false;
    ui::widgets::Density density = ui::widgets::Density::Regular;
    QString zone = QStringLiteral("Local"); ///< "Local", "UTC" or an IANA name
    QString language; ///< "", "en", "pseudo", "rtl"; holds from the next window on
    bool autoAdvance = true; ///< a committed decision opens the next item
    bool autoplay = false; ///< an item that is opened begins to play
    QByteArray soundDevice; ///< QAudioDevice::id(); empty: the system's default
    QString ladder; ///< proposed first; empty: workbench::kDefaultLadder
    bool singleKeys = true; ///< keys without Ctrl, Alt or Meta act (WCAG 2.1.4 asks that they can be off)
    QString checkProfile; ///< for new files; empty: the shipped default
    bool scheduledBackups = true; ///< a verified copy of the database every 15 minutes in which something was written
    QString backupFolder; ///< empty: "backups" in the workspace
    int keptBackups = 16; ///< 1…96
};

/// The part of them that widgets ask for.
[[nodiscard]] ui::widgets::Preferences preferencesFrom(const Settings& settings);

/// Keys under which they are stored.
namespace keys {
inline constexpr QLatin1StringView kScheme {"studio.theme"};
inline constexpr QLatin1StringView kReduceMotion {"studio.reduce_motion"};
inline constexpr QLatin1StringView kSingleKeys {"studio.single_keys"};
inline constexpr QLatin1StringView kDensity {"studio.density"};
inline constexpr QLatin1StringView kZone {"studio.zone"};
inline constexpr QLatin1StringView kLanguage {"studio.language"};
inline constexpr QLatin1StringView kAutoAdvance {"review.auto_advance"};
inline constexpr QLatin1StringView kAutoplay {"review.autoplay"};
inline constexpr QLatin1StringView kSoundDevice {"studio.sound_device"};
inline constexpr QLatin1StringView kLadder = workbench::kLadderSetting;
inline constexpr QLatin1StringView kCheckProfile = workbench::kCheckProfileSetting;
inline constexpr QLatin1StringView kScheduledBackups {"backup.scheduled"};
inline constexpr QLatin1StringView kBackupFolder = workbench::kBackupFolderSetting;
inline constexpr QLatin1StringView kKeptBackups {"backup.kept"};
inline constexpr QLatin1StringView kSession {"studio.session"};
} // namespace keys

/// What is missing or of a wrong kind keeps its default.
[[nodiscard]] Settings settingsFrom(const QHash<QString, QJsonValue>& values);

} // namespace vidimus::studio
