#include "core/sql/sqlite_facts.h"
#include "core/store/backup_drill.h"
#include "core/transcode/encoder_info.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QStorageInfo>
#include <QTimeZone>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kOk = u"ok"_s;
const QString kWarn = u"warn"_s;
const QString kMissing = u"missing"_s;

void addSandbox(worker::WorkerPool& workers, std::vector<Part>& parts)
{
    const auto status = workers.sandboxStatus();
    if (!status) {
        parts.push_back({u"sandbox"_s, kMissing, {}, status.error().detail});
        return;
    }
    QStringList absent;
    if (!status->landlockAbsence.isEmpty())
        absent.append(u"Landlock: %1"_s.arg(status->landlockAbsence));
    if (!status->bubblewrapAbsence.isEmpty())
        absent.append(u"bubblewrap: %1"_s.arg(status->bubblewrapAbsence));
    parts.push_back({u"sandbox"_s, absent.isEmpty() ? kOk : kWarn, status->rung(), absent.join(u"; "_s)});
}

/// Of the workspace's own folder of backups.
void addBackups(const QString& folder, std::vector<Part>& parts)
{
    if (const QString failed = store::failedDrillIn(folder); !failed.isEmpty()) {
        parts.push_back({u"backups"_s, kWarn, {},
            u"%1 could not be restored: %2"_s.arg(
                QFileInfo(failed).fileName(), store::lastDrill(failed).value_or(store::DrillResult {}).problem)});
        return;
    }
    const QDir dir(folder);
    const QStringList names = dir.entryList({u"workspace-*.json"_s}, QDir::Files);
    const auto restored = std::ranges::count_if(
        names, [&dir](const QString& name) { return store::lastDrill(dir.filePath(name)).has_value(); });
    parts.push_back({u"backups"_s, kOk, {},
        u"%1 in this workspace, %2 of them restored and compared"_s.arg(names.size()).arg(restored)});
}

void addStore(Workspace& workspace, std::vector<Part>& parts)
{
    const store::StartReport& start = workspace.store().startReport();
    parts.push_back({u"database"_s, start.reserveHeld ? kOk : kWarn, start.sqlite.version,
        start.sqlite.hasWalResetFix ? u"with the WAL-reset fix"_s
                                    : u"without the WAL-reset fix: one connection writes, ever"_s});
    addBackups(workspace.paths().backups(), parts);
    const QStorageInfo disk(workspace.paths().root);
    const double left = static_cast<double>(disk.bytesAvailable()) / 1e9;
    parts.push_back({u"disk"_s, left > 2 ? kOk : kWarn, {}, u"%1 GB left"_s.arg(left, 0, 'f', 1)});
    const auto client = workspace.catalog().client();
    if (!client) {
        parts.push_back(
            {u"catalog"_s, client.error().code == ErrorCode::Missing ? kMissing : kWarn, {}, client.error().detail});
        return;
    }
    const auto version = (*client)->version();
    parts.push_back({u"catalog"_s, version ? kOk : kWarn, version ? version->value(u"version"_s).toString() : QString(),
        version ? QString::fromUtf8((*client)->address().url) : version.error().detail});
}

} // namespace

std::vector<Part> doctor(Workspace* workspace, worker::WorkerPool& workers)
{
    std::vector<Part> parts;
    parts.push_back({u"vidimus"_s, kOk, QStringLiteral(VIDIMUS_VERSION), {}});
    parts.push_back({u"Qt"_s, kOk, QString::fromLatin1(qVersion()), {}});
    addSandbox(workers, parts);
    for (const transcode::EncoderInfo& encoder : transcode::knownEncoders())
        parts.push_back({u"encoder "_s + encoder.id, kOk, {},
            encoder.device == transcode::EncoderDevice::Cpu ? u"software"_s : u"hardware"_s});
    const QTimeZone zone("Europe/Paris");
    parts.push_back({u"time zones"_s, zone.isValid() ? kOk : kMissing, {},
        zone.isValid() ? QString() : u"the IANA database is not installed"_s});
    if (workspace)
        addStore(*workspace, parts);
    return parts;
}

} // namespace vidimus::workbench
