#include "core/workbench/attention.h"

#include "core/workbench/backup_overview.h"
#include "core/workbench/workspace.h"

#include <QStorageInfo>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxItems = 200;
constexpr qint64 kLowDiskBytes = 2LL << 30;

void addJobs(const std::vector<jobs::Job>& jobs, std::vector<AttentionItem>& items)
{
    for (const jobs::Job& job : jobs) {
        if (job.state != jobs::JobState::Failed && job.state != jobs::JobState::Parked)
            continue;
        const QString id = job.id.toString();
        items.push_back({.id = u"job:"_s + id,
            .error = job.error,
            .subject = job.subject,
            .since = job.endedAt,
            .steps = {u"retry_job:"_s + id, u"cancel_job:"_s + id}});
    }
}

void addOperations(const std::vector<catalog::Operation>& operations, std::vector<AttentionItem>& items)
{
    for (const catalog::Operation& operation : operations) {
        if (operation.state != catalog::OperationState::Conflict
            && operation.state != catalog::OperationState::NeedsPerson)
            continue;
        const QString id = operation.id.toString();
        items.push_back({.id = u"operation:"_s + id,
            .error = operation.lastError,
            .subject = QString::fromLatin1(catalog::operationKindName(operation.kind)),
            .since = operation.createdAt,
            .steps = {u"retry_operation:"_s + id, u"drop_operation:"_s + id}});
    }
}

/// One item an asset, for its gravest hit.
Result<void> addKnownContent(const store::UnitOfWork& unit, std::vector<AttentionItem>& items)
{
    const auto matches = unit.matches.undecided(kMaxItems);
    if (!matches)
        return matches.error();
    QStringList seen;
    for (const store::StoredMatch& match : *matches) {
        const QString id = match.asset.toString();
        if (seen.contains(id))
            continue;
        seen.append(id);
        const auto asset = unit.assets.find(match.asset);
        if (!asset)
            return asset.error();
        const QString bank = match.body.value(u"name"_s).toString();
        items.push_back({.id = u"match:"_s + id,
            .error = {ErrorCode::Conflict, u"%1: %2, distance %3"_s.arg(bank, match.label).arg(match.distance),
                "hash_near_match"},
            .subject = asset->originalName,
            .since = match.createdAt,
            .steps = {u"open_asset:"_s + id}});
    }
    return {};
}

Result<void> addOriginals(const store::UnitOfWork& unit, std::vector<AttentionItem>& items)
{
    const auto damaged = unit.scrubs.damaged(kMaxItems);
    if (!damaged)
        return damaged.error();
    for (const store::DamagedOriginal& one : *damaged) {
        const QString sha256 = QString::fromLatin1(one.original.sha256);
        items.push_back({.id = u"original:"_s + sha256,
            .error = one.error,
            .subject = one.original.name,
            .since = one.at,
            .steps = {u"check_original:"_s + sha256, u"open_asset:"_s + one.original.asset.toString()}});
    }
    return {};
}

Result<void> addBackup(Workspace& workspace, std::vector<AttentionItem>& items)
{
    const auto folder = backupFolder(workspace);
    if (!folder)
        return folder.error();
    const auto failed = backupsIn(*folder).failed;
    if (failed) {
        items.push_back({.id = u"backup"_s,
            .error = {ErrorCode::Corrupt, failed->result.problem, "backup_damaged"},
            .subject = failed->backup,
            .since = failed->result.at,
            .steps = {}});
    }
    return {};
}

} // namespace

Result<std::vector<AttentionItem>> attentionItems(Workspace& workspace)
{
    std::vector<AttentionItem> items;
    const auto gathered = workspace.store().read([&](const store::UnitOfWork& unit) -> Result<void> {
        const auto jobs = unit.jobs.list(1000);
        const auto operations = unit.outbox.list(10'000);
        const auto unreadable = unit.assets.page({.state = store::AssetState::Unreadable}, std::nullopt, kMaxItems);
        if (!jobs || !operations || !unreadable)
            return !jobs ? jobs.error() : !operations ? operations.error() : unreadable.error();
        if (auto added = addKnownContent(unit, items); !added)
            return added;
        if (auto added = addOriginals(unit, items); !added)
            return added;
        addJobs(*jobs, items);
        addOperations(*operations, items);
        for (const store::Asset& asset : *unreadable) {
            items.push_back({.id = u"asset:"_s + asset.id.toString(),
                .error = {ErrorCode::Corrupt, u"the file cannot be decoded"_s, "file_parked"},
                .subject = asset.originalName,
                .since = asset.ingestedAt,
                .steps = {u"open_asset:"_s + asset.id.toString()}});
        }
        return {};
    });
    if (!gathered)
        return gathered.error();
    if (auto added = addBackup(workspace, items); !added)
        return std::move(added).error();
    const QStorageInfo disk(workspace.paths().root);
    if (disk.isValid() && disk.bytesAvailable() < kLowDiskBytes) {
        items.push_back({.id = u"disk"_s,
            .error = {ErrorCode::DiskFull, u"%1 bytes left"_s.arg(disk.bytesAvailable()), "disk_low"},
            .subject = {},
            .since = workspace.clock().now(),
            .steps = {u"show_disk"_s}});
    }
    std::ranges::sort(items, std::ranges::greater {}, &AttentionItem::since);
    if (items.size() > kMaxItems)
        items.resize(kMaxItems);
    return items;
}

} // namespace vidimus::workbench
