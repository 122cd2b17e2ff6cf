#pragma once

#include "core/store/backup_drill.h"

namespace vidimus::workbench {

class Workspace;

/// The setting that names another folder for scheduled backups.
inline constexpr QLatin1StringView kBackupFolderSetting {"backup.folder"};

/// Where scheduled backups go: kBackupFolderSetting, else "backups" in the workspace. Errors: Io.
[[nodiscard]] Result<QString> backupFolder(Workspace& workspace);

/// What is known of the backups in a folder.
struct BackupOverview {
    struct Drill {
        QString backup; ///< name of the manifest
        store::DrillResult result;
    };

    int count = 0;
    std::optional<Instant> newest; ///< when the newest that can be read was made
    std::optional<Drill> lastDrill; ///< of the backup that was restored last
    std::optional<Drill> failed; ///< of the newest that could not be restored the last time
};
/// Reads manifests and kept results only; what cannot be read counts as a backup that nobody knows about. Any thread.
[[nodiscard]] BackupOverview backupsIn(const QString& folder);

} // namespace vidimus::workbench
