#include "core/workbench/backup_overview.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QDir>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxManifestBytes = 64 << 10;

std::optional<Instant> madeAt(const QString& manifestPath)
{
    const auto bytes = readFile(manifestPath, kMaxManifestBytes);
    const auto object = bytes ? parseJsonObject(*bytes) : Result<QJsonObject>(bytes.error());
    const auto manifest
        = object ? store::backupManifestFromJson(*object) : Result<store::BackupManifest>(object.error());
    return manifest ? std::optional(manifest->at) : std::nullopt;
}

} // namespace

Result<QString> backupFolder(Workspace& workspace)
{
    const auto chosen = setting(workspace, kBackupFolderSetting);
    if (!chosen)
        return chosen.error();
    return chosen->toString().isEmpty() ? workspace.paths().backups() : chosen->toString();
}

BackupOverview backupsIn(const QString& folder)
{
    BackupOverview overview;
    const QDir dir(folder);
    const QStringList names = dir.entryList({u"workspace-*.json"_s}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString& name : names) {
        ++overview.count;
        const auto at = madeAt(dir.filePath(name));
        if (at && (!overview.newest || *at > *overview.newest))
            overview.newest = at;
        const auto drill = store::lastDrill(dir.filePath(name));
        if (drill && (!overview.lastDrill || drill->at > overview.lastDrill->result.at))
            overview.lastDrill = {name, *drill};
    }
    const QString failed = store::failedDrillIn(folder);
    if (const auto drill = failed.isEmpty() ? std::nullopt : store::lastDrill(failed))
        overview.failed = {QFileInfo(failed).fileName(), *drill};
    return overview;
}

} // namespace vidimus::workbench
