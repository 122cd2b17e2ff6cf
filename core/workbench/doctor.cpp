#include "core/rights/time_import.h"
#include "core/sql/sqlite_facts.h"
#include "core/store/workspace_store.h"
#include "core/transcode/encoder_info.h"
#include "core/workbench/backup_overview.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/devices.h"
#include "core/workbench/scrub.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QCoreApplication>
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

/// A workspace in which nobody decided anything yet has nothing to lose.
bool hasDecisions(Workspace& workspace)
{
    const auto count = workspace.store().read([](const store::UnitOfWork& unit) { return unit.decisions.count(); });
    return !count || *count > 0;
}

void addBackups(Workspace& workspace, std::vector<Part>& parts)
{
    const auto folder = backupFolder(workspace);
    if (!folder) {
        parts.push_back({u"backups"_s, kWarn, {}, folder.error().detail});
        return;
    }
    const BackupOverview backups = backupsIn(*folder);
    if (backups.count == 0) {
        parts.push_back({u"backups"_s, hasDecisions(workspace) ? kWarn : kOk, {},
            u"none yet in %1; the studio makes one every 15 minutes in which something was written"_s.arg(*folder)});
        return;
    }
    parts.push_back({u"backups"_s, backups.newest ? kOk : kWarn, {},
        u"newest %1; %2 in %3"_s.arg(backups.newest ? toRfc3339(*backups.newest) : u"cannot be read"_s)
            .arg(backups.count)
            .arg(*folder)});
    // One that failed stays in sight until it can be restored or is gone.
    const auto& drill = backups.failed ? backups.failed : backups.lastDrill;
    if (!drill) {
        parts.push_back({u"restore drill"_s, kOk, {},
            u"none yet; an open studio restores each backup once a day while nobody uses it"_s});
        return;
    }
    const QString result = drill->result.isGood()
        ? u"restored, its log of %1 entries is whole"_s.arg(drill->result.entries)
        : u"could not be restored: %1"_s.arg(drill->result.problem);
    parts.push_back({u"restore drill"_s, drill->result.isGood() ? kOk : kWarn, {},
        u"%1: %2 %3"_s.arg(toRfc3339(drill->result.at), drill->backup, result)});
}

void addOriginals(Workspace& workspace, std::vector<Part>& parts)
{
    const auto totals = scrubTotals(workspace);
    if (!totals)
        parts.push_back({u"originals"_s, kWarn, {}, totals.error().detail});
    else
        parts.push_back({u"originals"_s, totals->damaged > 0 ? kWarn : kOk, {}, sentenceOf(*totals)});
}

void addStore(Workspace& workspace, std::vector<Part>& parts)
{
    const store::StartReport& start = workspace.store().startReport();
    parts.push_back({u"database"_s, start.reserveHeld ? kOk : kWarn, start.sqlite.version,
        start.sqlite.hasWalResetFix ? u"with the WAL-reset fix"_s
                                    : u"without the WAL-reset fix: one connection writes, ever"_s});
    addBackups(workspace, parts);
    addOriginals(workspace, parts);
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
    const auto devices = listDevices();
    for (const transcode::EncoderInfo& encoder : transcode::knownEncoders())
        parts.push_back(encoderPart(devices, encoder.id));
    parts.push_back(audioPart());
    parts.push_back(gpuPart(devices));
    const QTimeZone zone("Europe/Paris");
    parts.push_back({u"time zones"_s, zone.isValid() ? kOk : kMissing,
        zone.isValid() ? rights::timeZoneDatabaseVersion() : QString(),
        zone.isValid() ? QString() : u"the IANA database is not installed"_s});
    if (workspace)
        addStore(*workspace, parts);
    return parts;
}

} // namespace vidimus::workbench
