#include "core/workbench/ingest.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/base/sha256.h"
#include "core/catalog/operation_payload.h"
#include "core/jobs/job_runner.h"
#include "core/media/facts.h"
#include "core/moderation/role.h"
#include "core/rights/rule_set_json.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/open_input.h"
#include "core/workbench/original_check.h"
#include "core/workbench/permission.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <cerrno>
#include <sys/stat.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

struct CopiedFile {
    QByteArray sha256;
    qint64 bytes = 0;
};

/// Copies the file while hashing it, and gives the copy its hash as name. A copy that is there already is kept.
Result<CopiedFile> copyByHash(Workspace& workspace, int input, const CancelToken& cancel, const ProgressSink& progress)
{
    const WorkspacePaths& paths = workspace.paths();
    struct stat status {};
    if (fstat(input, &status) != 0)
        return posixError("stat", errno);
    if (auto room = workspace.store().checkRoomForMedia(status.st_size); !room)
        return std::move(room).error();
    // The hash is known only at the end, so the file gets its final name by a second rename inside the same folder.
    const QString arriving = u"%1/.tmp-arriving-%2"_s.arg(paths.media(), newUuid());
    auto file = DurableFile::create(arriving);
    if (!file)
        return std::move(file).error();
    Sha256 hash;
    CopiedFile copied;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    for (;;) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"the copy was cancelled"_s, "canceled"};
        const ssize_t got = pread(input, piece.data(), static_cast<std::size_t>(piece.size()), copied.bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return posixError("read", errno);
        if (got == 0)
            break;
        const QByteArrayView part(piece.constData(), got);
        hash.add(part);
        if (auto written = file->write(part); !written)
            return std::move(written).error();
        copied.bytes += got;
        if (progress)
            progress({static_cast<double>(copied.bytes), static_cast<double>(status.st_size)});
    }
    copied.sha256 = hash.finish().toHex();
    // One that is damaged is replaced by the whole one.
    const auto there = checkOriginal(paths, copied.sha256, cancel);
    if (there)
        return copied;
    if (there.error().code == ErrorCode::Canceled)
        return there.error();
    if (auto committed = file->commit(); !committed)
        return std::move(committed).error();
    if (auto renamed = renameDurably(arriving, paths.original(copied.sha256)); !renamed)
        return std::move(renamed).error();
    return copied;
}

Error notMedia(Error error)
{
    if (error.reason.isEmpty())
        error.reason = "not_media";
    return error;
}

jobs::Job checkJob(const store::Asset& asset, Instant now)
{
    jobs::Job job;
    job.id = newId<JobId>();
    job.kind = "check";
    job.jobClass = jobs::JobClass::Light;
    job.subject = asset.originalName;
    job.payload = {{u"asset"_s, asset.id.toString()}};
    job.createdAt = now;
    return job;
}

/// The row and operation of a new title.
Result<void> storeTitle(store::UnitOfWork& unit, const rights::Title& title)
{
    if (auto put = unit.rules.put({.kind = u"title"_s,
            .id = title.id.toString(),
            .title = title.id,
            .body = rights::toJson(title),
            .changedAt = unit.now()});
        !put)
        return std::move(put).error();
    const catalog::UpsertTitle upsert {
        .id = title.id, .name = title.name, .rights = rights::toJson(title), .baseVersion = std::nullopt};
    auto added = unit.outbox.add(catalog::makeOperation(upsert, unit.now()));
    return added ? Result<void>() : Result<void>(std::move(added).error());
}

/// The rows, operations and audit entry of a new asset, in one transaction. \a title: only where it is new.
Result<void> storeAsset(Workspace& workspace, const store::Asset& asset, const std::optional<rights::Title>& title)
{
    const QString actor = workspace.me().id.toString();
    return workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        if (auto stored = title ? storeTitle(unit, *title) : Result<void>(); !stored)
            return stored;
        if (auto added = unit.assets.add(asset); !added)
            return added;
        if (auto added = unit.jobs.add(checkJob(asset, unit.now())); !added)
            return added;
        const catalog::RegisterAsset registration {.id = asset.id,
            .title = asset.title,
            .sha256 = asset.sha256,
            .bytes = asset.bytes,
            .fileName = asset.originalName,
            .facts = asset.facts};
        if (auto added = unit.outbox.add(catalog::makeOperation(registration, unit.now())); !added)
            return added;
        return unit.audit.append(
            actor, u"ingest"_s, u"asset:"_s + asset.id.toString(), QJsonValue::Null, store::toJson(asset));
    });
}

} // namespace

Result<IngestedAsset> ingestFile(Workspace& workspace, const QString& path, const CancelToken& cancel,
    const ProgressSink& progress, const TitleId& versionOf)
{
    if (auto allowed
        = requirePermission(workspace, moderation::Action::Ingest, u"file:"_s + QFileInfo(path).fileName().left(400));
        !allowed)
        return std::move(allowed).error();
    const auto input = openInput(path);
    if (!input)
        return input.error();
    // Probed before it is copied: what is no media never enters the workspace.
    const auto facts = workspace.workers().probe(input->get(), cancel);
    if (!facts)
        return notMedia(facts.error());
    const auto copied = copyByHash(workspace, input->get(), cancel, progress);
    if (!copied)
        return copied.error();

    IngestedAsset result {.originalName = QFileInfo(path).fileName(), .sha256 = copied->sha256, .bytes = copied->bytes};
    const auto known
        = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.assets.findByHash(copied->sha256); });
    if (!known)
        return known.error();
    if (!known->empty()) {
        result.id = known->front().id;
        result.title = known->front().title;
        result.duplicateOf = known->front().id;
        if (auto kept = keepResults(workspace, {{copied->sha256, workspace.clock().now(), std::nullopt}}); !kept)
            return std::move(kept).error();
        return result;
    }
    std::optional<rights::Title> title;
    if (versionOf.isEmpty()) {
        title.emplace();
        title->id = newId<TitleId>();
        title->name = QFileInfo(path).completeBaseName().left(200);
        title->kind = rights::TitleKind::Clip;
    }
    store::Asset asset;
    asset.id = newId<AssetId>();
    asset.title = title ? title->id : versionOf;
    asset.sha256 = copied->sha256;
    asset.bytes = copied->bytes;
    asset.originalName = result.originalName.left(400);
    asset.facts = media::toJson(*facts);
    asset.state = store::AssetState::Waiting;
    asset.ingestedAt = workspace.clock().now();
    if (auto stored = storeAsset(workspace, asset, title); !stored)
        return std::move(stored).error();
    result.id = asset.id;
    result.title = asset.title;
    workspace.rules().forget();
    Q_EMIT workspace.events().saved();
    Q_EMIT workspace.events().assetsChanged();
    Q_EMIT workspace.events().outboxChanged();
    workspace.jobs().poke();
    workspace.catalog().poke();
    return result;
}

QJsonObject toJson(const IngestedAsset& asset, const QString& path)
{
    return {{u"id"_s, asset.id.toString()}, {u"title"_s, asset.title.toString()}, {u"path"_s, path},
        {u"sha256"_s, QString::fromLatin1(asset.sha256)}, {u"bytes"_s, asset.bytes},
        {u"duplicate_of"_s,
            asset.duplicateOf ? QJsonValue(asset.duplicateOf->toString()) : QJsonValue(QJsonValue::Null)}};
}

} // namespace vidimus::workbench
