#include "app/studio/backup_list.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/workbench/upkeep.h"

#include <QDir>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxManifestBytes = 64 << 10;
constexpr int kMaxFound = 500;

void addFrom(const QDir& folder, std::vector<FoundBackup>& found)
{
    for (const QFileInfo& file : folder.entryInfoList({u"*.json"_s}, QDir::Files | QDir::NoSymLinks, QDir::Name)) {
        const auto bytes = readFile(file.absoluteFilePath(), kMaxManifestBytes);
        const auto object = bytes ? parseJsonObject(*bytes) : Result<QJsonObject>(bytes.error());
        const auto manifest
            = object ? store::backupManifestFromJson(*object) : Result<store::BackupManifest>(object.error());
        const bool known = std::ranges::any_of(
            found, [&file](const FoundBackup& one) { return one.manifest == file.absoluteFilePath(); });
        if (manifest && !known && found.size() < kMaxFound)
            found.push_back({file.absoluteFilePath(), *manifest, folder.exists(u"media"_s),
                store::lastDrill(file.absoluteFilePath())});
    }
}

} // namespace

std::vector<FoundBackup> findBackups(const QStringList& folders)
{
    std::vector<FoundBackup> found;
    for (const QString& folder : folders) {
        if (folder.isEmpty())
            continue;
        const QDir dir(folder);
        addFrom(dir, found);
        for (const QFileInfo& below : dir.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks))
            addFrom(QDir(below.absoluteFilePath()), found);
    }
    std::ranges::sort(found, std::ranges::greater {}, [](const FoundBackup& one) { return one.facts.at; });
    return found;
}

Result<void> restoreInPlace(const QString& manifest, const QString& workspaceFolder)
{
    const QDir folder = QFileInfo(manifest).dir();
    if (folder.exists(u"media"_s)) {
        const auto restored = workbench::restoreWorkspace(folder.absolutePath(), workspaceFolder);
        return restored ? Result<void>() : Result<void>(restored.error());
    }
    const auto replaced = store::restore(manifest, workspaceFolder, SystemClock::read());
    return replaced ? Result<void>() : Result<void>(replaced.error());
}

} // namespace vidimus::studio
