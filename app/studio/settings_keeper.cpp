#include "app/studio/settings_keeper.h"

#include "core/workbench/task_runner.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

namespace vidimus::studio {

SettingsKeeper::SettingsKeeper(workbench::Workspace& workspace, QHash<QString, QJsonValue> values, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_values(std::move(values))
    , m_settings(settingsFrom(m_values))
{
}

void SettingsKeeper::set(QLatin1StringView key, const QJsonValue& value)
{
    if (m_values.value(key, QJsonValue(QJsonValue::Undefined)) == value)
        return;
    m_values.insert(key, value);
    m_settings = settingsFrom(m_values);
    Q_EMIT changed(m_settings);
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, name = QString(key), value] {
            return workbench::saveSetting(workspace, name, value);
        },
        [this](const Result<void>& saved) {
            if (!saved)
                Q_EMIT notStored(saved.error());
        });
}

} // namespace vidimus::studio
