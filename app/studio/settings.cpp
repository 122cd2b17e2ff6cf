#include "app/studio/settings.h"

#include "app/studio/language.h"
#include "core/transcode/ladder.h"

#include <algorithm>

namespace vidimus::studio {

Settings settingsFrom(const QHash<QString, QJsonValue>& values)
{
    Settings settings;
    settings.scheme = ui::widgets::schemeChoiceFromName(values.value(keys::kScheme).toString());
    settings.reduceMotion = values.value(keys::kReduceMotion).toBool(settings.reduceMotion);
    settings.singleKeys = values.value(keys::kSingleKeys).toBool(settings.singleKeys);
    settings.density = ui::widgets::densityFromName(values.value(keys::kDensity).toString()).value_or(settings.density);
    if (const QString zone = values.value(keys::kZone).toString(); ui::widgets::zoneFromName(zone))
        settings.zone = zone;
    if (const QString language = values.value(keys::kLanguage).toString(); isLanguage(language))
        settings.language = language;
    settings.autoAdvance = values.value(keys::kAutoAdvance).toBool(settings.autoAdvance);
    settings.autoplay = values.value(keys::kAutoplay).toBool(settings.autoplay);
    // Base64, as the system's ids need not be text.
    settings.soundDevice = QByteArray::fromBase64(values.value(keys::kSoundDevice).toString().toLatin1());
    if (const QString ladder = values.value(keys::kLadder).toString(); transcode::shippedLadderNames().contains(ladder))
        settings.ladder = ladder;
    settings.checkProfile = values.value(keys::kCheckProfile).toString();
    settings.scheduledBackups = values.value(keys::kScheduledBackups).toBool(settings.scheduledBackups);
    settings.backupFolder = values.value(keys::kBackupFolder).toString();
    settings.keptBackups = std::clamp(values.value(keys::kKeptBackups).toInt(settings.keptBackups), 1, 96);
    return settings;
}

ui::widgets::Preferences preferencesFrom(const Settings& settings)
{
    return {.density = settings.density,
        .zone = ui::widgets::zoneFromName(settings.zone).value_or(QTimeZone::systemTimeZone()),
        .autoAdvance = settings.autoAdvance,
        .autoplay = settings.autoplay,
        .soundDevice = settings.soundDevice,
        .ladder = settings.ladder};
}

} // namespace vidimus::studio
