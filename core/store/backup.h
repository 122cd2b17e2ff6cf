#pragma once

#include "core/store/workspace_store.h"

#include <QJsonObject>

namespace vidimus::store {

/// What a backup holds; written beside it as "<name>.json".
struct BackupManifest {
    QString file; ///< name of the database copy, in the same folder
    qint64 bytes = 0;
    QByteArray sha256; ///< hex
    Instant at {};
    std::uint64_t entries = 0; ///< of the audit log
    QByteArray root; ///< of the audit log, 32 bytes
    QByteArray publicKey; ///< that signed it
    friend bool operator==(const BackupManifest&, const BackupManifest&) = default;
};
[[nodiscard]] QJsonObject toJson(const BackupManifest& manifest);
[[nodiscard]] Result<BackupManifest> backupManifestFromJson(const QJsonObject& object);

/// Copies the database as one consistent moment into \a folder while work goes on, reads the copy back, holds its log
/// against its signed heads and writes the manifest last: a copy without a manifest is no backup. Blocks; call it from
/// a worker's thread. Errors: Corrupt (the copy does not check out), DiskFull, Io.
[[nodiscard]] Result<BackupManifest> backup(WorkspaceStore& store, const QString& folder);
/// Reads a backup wholly: bytes against the manifest, structure, references, log and its root.
/// \a path is the manifest. Errors: Corrupt, NotFound, Io.
[[nodiscard]] Result<BackupManifest> verifyBackup(const QString& path);
/// Puts a verified backup in the place of a workspace's database, which nobody may have open; what stood there is kept
/// in "replaced-<time>/". Returns that folder's path, empty when there was nothing. Errors: as verifyBackup(), Conflict
/// ("locked").
[[nodiscard]] Result<QString> restore(const QString& manifestPath, const QString& workspaceFolder, Instant now);
/// The same by somebody who holds the lease of that database already; the folder is there.
[[nodiscard]] Result<QString> restore(
    const QString& manifestPath, const QString& workspaceFolder, Instant now, sql::HandleLease lease);

/// Makes a backup every 15 minutes when something was written, and keeps the newest \a keep.
class BackupSchedule {
public:
    static constexpr Milliseconds kInterval {15 * 60 * 1000};

    explicit BackupSchedule(QString folder, int keep = 16);
    /// None when it is not due. One thread at a time.
    [[nodiscard]] Result<std::optional<BackupManifest>> backupIfDue(WorkspaceStore& store);

private:
    void removeOld() const;

    QString m_folder;
    int m_keep;
    std::optional<Instant> m_last;
    quint64 m_lastCommits = 0;
};

} // namespace vidimus::store
