#pragma once

#include "core/audit/log_verifier.h"
#include "core/base/cancel.h"
#include "core/workbench/person.h"

#include <QJsonArray>
#include <QJsonObject>
#include <optional>
#include <vector>

namespace vidimus::worker {
class WorkerPool;
}

namespace vidimus::workbench {

class Workspace;

/// One part of the program and whether it works here. \a state: "ok", "warn", "missing".
struct Part {
    QString name;
    QString state;
    QString version;
    QString detail;
};
/// Versions, sandbox rung, encoders that really open, sound, GPU, catalog, disk. Starts processes; blocking. \a
/// workspace may be null.
[[nodiscard]] std::vector<Part> doctor(Workspace* workspace, worker::WorkerPool& workers);

struct BackupResult {
    QString path;
    qint64 bytes = 0;
    QByteArray sha256;
    quint64 auditEntries = 0;
};
/// Copies database, keys and (with hard links where the disk allows it) originals into \a folder, then reads the copy
/// back and verifies it. Errors: Io, DiskFull, Corrupt, Conflict (the folder is not empty).
[[nodiscard]] Result<BackupResult> backupWorkspace(
    Workspace& workspace, const QString& folder, const CancelToken& cancel = {}, const ProgressSink& progress = {});
/// Verifies the copy in \a folder and puts it in the place of \a workspaceFolder, which must not be open; what stood
/// there is kept beside it. Errors: Corrupt (nothing was changed), Conflict, Io.
[[nodiscard]] Result<BackupResult> restoreWorkspace(const QString& folder, const QString& workspaceFolder,
    const CancelToken& cancel = {}, const ProgressSink& progress = {});

/// The log against its heads, here and those that were kept elsewhere. Errors: Io.
[[nodiscard]] Result<audit::LogReport> verifyAudit(Workspace& workspace);
/// {"entries": [canonical JSON as strings], "heads": […], "keys": [base64]}: all that a verifier elsewhere needs.
[[nodiscard]] Result<QJsonObject> exportAudit(Workspace& workspace);
/// Verifies such a file. Errors: Invalid, NotFound, Io.
[[nodiscard]] Result<audit::LogReport> verifyAuditExport(const QString& path);

[[nodiscard]] Result<std::vector<Person>> people(Workspace& workspace);
[[nodiscard]] Result<void> savePerson(Workspace& workspace, const Person& person);
[[nodiscard]] Result<std::vector<CatalogProfile>> profiles(Workspace& workspace);
[[nodiscard]] Result<void> saveProfile(Workspace& workspace, const CatalogProfile& profile);

/// Settings of the workspace and window, by key. Values are kept by their owner's codec.
[[nodiscard]] Result<QJsonValue> setting(Workspace& workspace, const QString& key);
[[nodiscard]] Result<void> saveSetting(Workspace& workspace, const QString& key, const QJsonValue& value);

} // namespace vidimus::workbench
