#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/catalog/operation_payload.h"
#include "core/moderation/role.h"
#include "core/store/workspace_store.h"
#include "core/transcode/ladder.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/model_pass.h"
#include "core/workbench/open_input.h"
#include "core/workbench/original_check.h"
#include "core/workbench/permission.h"
#include "core/workbench/queue_job.h"
#include "core/workbench/rendition_files.h"
#include "core/workbench/renditions.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QDir>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// What the catalog is told: every file of the finished folder, by its hash.
Result<catalog::UploadPackage> packageOf(const Workspace& workspace, const store::Asset& asset, const QString& folder,
    const transcode::TranscodeResult& result)
{
    auto files = renditionFiles(folder);
    if (!files)
        return std::move(files).error();
    catalog::UploadPackage package {.packageId = newUuid(),
        .asset = asset.id,
        .title = asset.title,
        .sourceSha256 = asset.sha256,
        .master = result.hls,
        .poster = result.poster,
        .renditionCount = static_cast<int>(result.renditions.size()),
        .files = *std::move(files)};
    // Relative to the workspace, so that it may be moved or restored elsewhere.
    const QDir root(workspace.paths().root);
    for (catalog::PackageFile& file : package.files)
        file.path = root.relativeFilePath(file.path);
    return package;
}

Result<void> storeRenditions(Workspace& workspace, const store::Asset& asset, const QString& ladder,
    const transcode::TranscodeResult& result, const catalog::UploadPackage& package)
{
    return workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        QJsonObject body = transcode::toJson(result);
        body.insert(u"package"_s, package.packageId);
        body.insert(u"source_sha256"_s, QString::fromLatin1(asset.sha256));
        const store::Rendition rendition {.asset = asset.id,
            .ladder = ladder,
            .name = u"package"_s,
            .state = u"made"_s,
            .body = body,
            .changedAt = unit.now()};
        if (auto put = unit.publications.putRendition(rendition); !put)
            return put;
        if (auto added = unit.outbox.add(catalog::makeOperation(package, unit.now()), package.packageId); !added)
            return added;
        return unit.audit.append(workspace.me().id.toString(), u"transcode"_s, u"asset:"_s + asset.id.toString(),
            QJsonValue::Null,
            QJsonObject {
                {u"ladder"_s, ladder}, {u"package"_s, package.packageId}, {u"renditions"_s, package.renditionCount}});
    });
}

/// A shipped ladder by its name; one of a file by what it says, as two files may be called the same.
Result<QString> ladderLabel(const QString& ladder)
{
    if (transcode::shippedLadderNames().contains(ladder))
        return ladder;
    const auto loaded = transcode::loadLadder(ladder);
    if (!loaded)
        return loaded.error();
    constexpr int kDigits = 16;
    return u"file-"_s + QString::fromLatin1(sha256Hex(vidimus::toJson(transcode::toJson(*loaded))).left(kDigits));
}

} // namespace

Result<QString> renditionFolder(const WorkspacePaths& paths, const QByteArray& sha256, const QString& ladder)
{
    const auto label = ladderLabel(ladder);
    return label ? Result<QString>(paths.renditionsOf(sha256, *label)) : label.error();
}

Result<transcode::TranscodeResult> transcodeAsset(Workspace& workspace, const AssetId& id, const QString& ladder,
    const CancelToken& cancel, const ProgressSink& progress, const RenditionDetailSink& detail, const QString& encoder)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::Transcode, u"asset:"_s + id.toString());
        !allowed)
        return std::move(allowed).error();
    if (auto room = workspace.store().checkRoomForMedia(0); !room)
        return std::move(room).error();
    const auto asset = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(id); });
    if (!asset)
        return asset.error();
    if (const auto original = openOriginalFile(workspace.paths(), *asset); !original)
        return original.error();
    if (auto sound = verifyOriginal(workspace, asset->sha256, cancel); !sound)
        return std::move(sound).error();
    const auto label = ladderLabel(ladder);
    if (!label)
        return label.error();
    const QString folder = workspace.paths().renditionsOf(asset->sha256, *label);
    const auto result = transcodeFile(workspace.workers(), workspace.paths().original(asset->sha256), ladder, folder,
        encoder, cancel, progress, detail, facesOf(workspace, id));
    if (!result)
        return result;
    const auto package = packageOf(workspace, *asset, folder, *result);
    if (!package)
        return package.error();
    if (auto stored = storeRenditions(workspace, *asset, *label, *result, *package); !stored)
        return std::move(stored).error();
    Q_EMIT workspace.events().saved();
    Q_EMIT workspace.events().assetChanged(id);
    Q_EMIT workspace.events().outboxChanged();
    workspace.catalog().poke();
    return result;
}

Result<QString> preferredLadder(Workspace& workspace)
{
    const auto preferred = setting(workspace, kLadderSetting);
    if (!preferred)
        return preferred.error();
    const QString name = preferred->toString();
    return transcode::shippedLadderNames().contains(name) ? name : kDefaultLadder;
}

Result<JobId> queueTranscode(Workspace& workspace, const AssetId& id, const QString& wanted)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::Transcode, u"asset:"_s + id.toString());
        !allowed)
        return std::move(allowed).error();
    const auto ladder = wanted.isEmpty() ? preferredLadder(workspace) : Result<QString>(wanted);
    if (!ladder)
        return ladder.error();
    return queueJob(
        workspace, id, {.kind = "transcode", .jobClass = jobs::JobClass::Heavy, .payload = {{u"ladder"_s, *ladder}}});
}

} // namespace vidimus::workbench
