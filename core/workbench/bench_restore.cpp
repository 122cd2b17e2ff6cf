#include "core/base/sha256.h"
#include "core/store/workspace_store.h"
#include "core/workbench/bench.h"
#include "core/workbench/bench_rows.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QFileInfo>
#include <QTemporaryDir>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAssetsAtOnce = 500;
constexpr int kReportHashes = 180; // 32 bytes each: the packed series of a clip of a few minutes

/// Bytes that no compression makes smaller, the same for the same number.
QJsonObject madeUpMeasurements(int number)
{
    QByteArray bytes;
    QByteArray link = sha256(QByteArray::number(number));
    for (int i = 0; i < kReportHashes; ++i) {
        bytes += link;
        link = sha256(link);
    }
    return {{u"series"_s, QString::fromLatin1(bytes.toBase64())}};
}

/// What ingest, check and decision leave behind for an asset beside its own row.
Result<void> addHistory(store::UnitOfWork& unit, const AssetId& id, int number)
{
    const QString subject = u"asset:"_s + id.toString();
    const auto asset = unit.assets.find(id);
    if (!asset)
        return asset.error();
    if (auto put = unit.reports.put({.asset = id,
            .profile = u"web"_s,
            .verdict = u"pass"_s,
            .report = {{u"verdict"_s, u"pass"_s}},
            .measurements = madeUpMeasurements(number),
            .createdAt = unit.now()});
        !put)
        return put;
    if (auto noted = unit.audit.append(u"bench"_s, u"ingest"_s, subject, QJsonValue::Null, store::toJson(*asset));
        !noted)
        return noted;
    return unit.audit.append(
        u"bench"_s, u"decide"_s, subject, QJsonValue::Null, QJsonObject {{u"verdict"_s, u"pass"_s}});
}

/// Adds assets with all that belongs to them until the database has \a bytes; how many.
Result<int> fill(Workspace& workspace, qint64 bytes, const CancelToken& cancel)
{
    int count = 0;
    while (QFileInfo(workspace.store().databasePath()).size() < bytes) {
        const auto ids = addMadeUpAssets(workspace, kAssetsAtOnce, cancel);
        if (!ids)
            return ids.error();
        const auto added = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
            for (std::size_t i = 0; i < ids->size(); ++i) {
                if (auto one = addHistory(unit, (*ids)[i], count + static_cast<int>(i)); !one)
                    return one;
            }
            return {};
        });
        if (!added)
            return added.error();
        count += kAssetsAtOnce;
    }
    return count;
}

/// Opens what was restored as a program does, and looks whether all is there.
Result<void> lookAtRestored(const QString& folder, int assets, quint64 entries)
{
    auto workspace = Workspace::open({.folder = folder});
    if (!workspace)
        return std::move(workspace).error();
    const auto log = verifyAudit(**workspace);
    const auto ids = (*workspace)->store().read([](const store::UnitOfWork& unit) { return unit.assets.ids({}); });
    if (!log || !ids)
        return !log ? log.error() : ids.error();
    if (!log->isSound() || log->entries != entries || static_cast<int>(ids->size()) != assets)
        return Error {ErrorCode::Internal, u"what was restored is not what was backed up"_s, "wrong_answer"};
    return {};
}

} // namespace

Result<FigureList> benchRestore(const BenchOptions& options, const CancelToken& cancel)
{
    const QTemporaryDir room;
    const QString backup = room.filePath(u"backup"_s);
    const QString restored = room.filePath(u"restored"_s);
    FigureList figures;
    const BenchClock buildClock;
    auto workspace = Workspace::open({.folder = room.filePath(u"workspace"_s)});
    if (!workspace)
        return std::move(workspace).error();
    const auto assets = fill(**workspace, options.databaseBytes, cancel);
    if (!assets)
        return assets.error();
    figures.add(u"build"_s, buildClock.milliseconds() / 1000, u"s"_s);
    const BenchClock backupClock;
    const auto made = backupWorkspace(**workspace, backup, cancel);
    if (!made)
        return made.error();
    figures.add(u"backup"_s, backupClock.milliseconds() / 1000, u"s"_s);
    workspace->reset();
    const BenchClock restoreClock;
    if (const auto done = restoreWorkspace(backup, restored, cancel); !done)
        return done.error();
    figures.add(u"restore"_s, restoreClock.milliseconds() / 1000, u"s"_s);
    const BenchClock openClock;
    if (auto sound = lookAtRestored(restored, *assets, made->auditEntries); !sound)
        return std::move(sound).error();
    figures.add(u"open_and_verify"_s, openClock.milliseconds() / 1000, u"s"_s);
    figures.add(u"database"_s, static_cast<double>(made->bytes) / (1 << 20), u"MiB"_s);
    figures.add(u"assets"_s, *assets, u"rows"_s);
    figures.add(u"log_entries"_s, static_cast<double>(made->auditEntries), u"rows"_s);
    return figures;
}

} // namespace vidimus::workbench
