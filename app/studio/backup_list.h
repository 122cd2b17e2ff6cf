#pragma once

#include "core/store/backup_drill.h"

namespace vidimus::studio {

/// A backup that lies in a folder.
struct FoundBackup {
    QString manifest; ///< path
    store::BackupManifest facts;
    bool hasOriginals = false; ///< made by hand: holds the originals too
    std::optional<store::DrillResult> drill; ///< when it was last restored to see whether it can be
};

/// The backups in \a folders and one level below, newest first, each once. Reads manifests and what came of
/// their drills only; blocking.
[[nodiscard]] std::vector<FoundBackup> findBackups(const QStringList& folders);
/// Puts \a manifest's backup in the place of a workspace that nobody has open, with its originals where it holds them.
/// Errors: those of store::restore and workbench::restoreWorkspace.
[[nodiscard]] Result<void> restoreInPlace(const QString& manifest, const QString& workspaceFolder);

} // namespace vidimus::studio
