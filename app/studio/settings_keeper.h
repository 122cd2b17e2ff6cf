#pragma once

#include "app/studio/settings.h"
#include "core/base/result.h"

#include <QObject>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::studio {

/// The settings that hold now. A change acts at once and is stored beside the window. Ui thread.
class SettingsKeeper : public QObject {
    Q_OBJECT

public:
    SettingsKeeper(workbench::Workspace& workspace, QHash<QString, QJsonValue> values, QObject* parent);

    [[nodiscard]] const Settings& settings() const { return m_settings; }
    /// \a key is one of keys::. A value that does not fit leaves the default in force.
    void set(QLatin1StringView key, const QJsonValue& value);

Q_SIGNALS:
    void changed(const vidimus::studio::Settings& settings);
    void notStored(const vidimus::Error& error);

private:
    workbench::Workspace& m_workspace;
    QHash<QString, QJsonValue> m_values;
    Settings m_settings;
};

} // namespace vidimus::studio
