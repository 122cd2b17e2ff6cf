#include "app/studio/settings.h"

#include <algorithm>

namespace vidimus::studio {

Settings settingsFrom(const QHash<QString, QJsonValue>& values)
{
    Settings settings;
    settings.scheme = ui::widgets::schemeChoiceFromName(values.value(keys::kScheme).toString());
    settings.reduceMotion = values.value(keys::kReduceMotion).toBool(settings.reduceMotion);
    settings.singleKeys = values.value(keys::kSingleKeys).toBool(settings.singleKeys);
    settings.checkProfile = values.value(keys::kCheckProfile).toString();
    settings.scheduledBackups = values.value(keys::kScheduledBackups).toBool(settings.scheduledBackups);
    settings.backupFolder = values.value(keys::kBackupFolder).toString();
    settings.keptBackups = std::clamp(values.value(keys::kKeptBackups).toInt(settings.keptBackups), 1, 96);
    return settings;
}

} // namespace vidimus::studio
