#pragma once

#include "core/workbench/check_profiles.h"
#include "ui/widgets/theme.h"

#include <QHash>
#include <QJsonValue>
#include <QString>

namespace vidimus::studio {

/// The studio's settings, as they are kept in the workspace. Each has its default here and acts at once when changed.
struct Settings {
    ui::widgets::SchemeChoice scheme = ui::widgets::SchemeChoice::System;
    bool reduceMotion = false;
    bool singleKeys = true; ///< keys without Ctrl, Alt or Meta act (WCAG 2.1.4 asks that they can be off)
    QString checkProfile; ///< for new files; empty: the shipped default
    bool scheduledBackups = true; ///< a verified copy of the database every 15 minutes in which something was written
    QString backupFolder; ///< empty: "backups" in the workspace
    int keptBackups = 16; ///< 1…96
};

/// Keys under which they are stored.
namespace keys {
inline constexpr QLatin1StringView kScheme {"studio.theme"};
inline constexpr QLatin1StringView kReduceMotion {"studio.reduce_motion"};
inline constexpr QLatin1StringView kSingleKeys {"studio.single_keys"};
inline constexpr QLatin1StringView kCheckProfile = workbench::kCheckProfileSetting;
inline constexpr QLatin1StringView kScheduledBackups {"backup.scheduled"};
inline constexpr QLatin1StringView kBackupFolder {"backup.folder"};
inline constexpr QLatin1StringView kKeptBackups {"backup.kept"};
inline constexpr QLatin1StringView kSession {"studio.session"};
} // namespace keys

/// What is missing or of a wrong kind keeps its default.
[[nodiscard]] Settings settingsFrom(const QHash<QString, QJsonValue>& values);

} // namespace vidimus::studio
