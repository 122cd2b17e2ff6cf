#pragma once

#include "app/studio/settings.h"
#include "core/store/backup_drill.h"

#include <QObject>
#include <QTimer>
#include <memory>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::studio {

class IdleWatch;

/// Makes the scheduled backups while the settings ask for them, and restores each of them once a day into a passing
/// folder while nobody uses the window. Ui thread; the copying runs beside it.
class BackupKeeper : public QObject {
    Q_OBJECT

public:
    /// \a workspace and \a idle outlive it.
    BackupKeeper(workbench::Workspace& workspace, const Settings& settings, const IdleWatch& idle, QObject* parent);
    void setSettings(const Settings& settings);

Q_SIGNALS:
    void made(const QString& file);
    void failed(const vidimus::Error& error);
    void drilled(const vidimus::store::DrillResult& result);

private:
    void makeIfDue();
    void drillIfIdle();

    workbench::Workspace& m_workspace;
    const IdleWatch& m_idle;
    QString m_folder;
    std::shared_ptr<store::BackupSchedule> m_schedule; ///< shared with the task that runs it
    QTimer m_timer;
    bool m_isMaking = false;
};

/// Where scheduled backups go.
[[nodiscard]] QString backupFolderOf(const Settings& settings, const workbench::Workspace& workspace);

} // namespace vidimus::studio
