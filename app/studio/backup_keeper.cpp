#include "app/studio/backup_keeper.h"

#include "app/studio/idle_watch.h"
#include "core/base/durable_file.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"

namespace vidimus::studio {

using namespace std::chrono_literals;

namespace {

constexpr auto kLook = 1min; // the schedule itself says when one is due

} // namespace

QString backupFolderOf(const Settings& settings, const workbench::Workspace& workspace)
{
    return settings.backupFolder.isEmpty() ? workspace.paths().backups() : settings.backupFolder;
}

BackupKeeper::BackupKeeper(
    workbench::Workspace& workspace, const Settings& settings, const IdleWatch& idle, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_idle(idle)
{
    connect(&m_timer, &QTimer::timeout, this, &BackupKeeper::makeIfDue);
    setSettings(settings);
}

void BackupKeeper::setSettings(const Settings& settings)
{
    m_timer.stop();
    m_schedule.reset();
    if (!settings.scheduledBackups)
        return;
    m_folder = backupFolderOf(settings, m_workspace);
    m_schedule = std::make_shared<store::BackupSchedule>(m_folder, settings.keptBackups);
    m_timer.start(kLook);
}

void BackupKeeper::makeIfDue()
{
    if (m_isMaking || !m_schedule)
        return;
    m_isMaking = true;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, schedule = m_schedule] { return schedule->backupIfDue(workspace.store()); },
        [this](const Result<std::optional<store::BackupManifest>>& result) {
            m_isMaking = false;
            if (!result)
                Q_EMIT failed(result.error());
            else if (*result)
                Q_EMIT made((*result)->file);
            else
                drillIfIdle();
        });
}

void BackupKeeper::drillIfIdle()
{
    if (!m_schedule || !m_idle.isIdle())
        return;
    m_isMaking = true;
    m_workspace.tasks().run(
        this,
        [folder = m_folder, now = m_workspace.store().now()]() -> Result<std::optional<store::DrillResult>> {
            const QString manifest = store::nextToDrill(folder, now);
            if (manifest.isEmpty())
                return std::optional<store::DrillResult>();
            auto drill = store::drillBackup(manifest, now);
            return drill ? Result(std::optional(*drill)) : drill.error();
        },
        [this](const Result<std::optional<store::DrillResult>>& result) {
            m_isMaking = false;
            if (!result)
                Q_EMIT failed(result.error());
            else if (*result)
                Q_EMIT drilled(**result);
        });
}

} // namespace vidimus::studio
