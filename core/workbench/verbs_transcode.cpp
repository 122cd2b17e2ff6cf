#include "core/base/durable_file.h"
#include "core/store/asset.h"
#include "core/workbench/known_file.h"
#include "core/workbench/rendition_copy.h"
#include "core/workbench/renditions.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QFileInfo>
#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// What a transcode that did not end leaves behind: the next one goes on from there.
QJsonObject keptOf(const QJsonObject& detail)
{
    int done = 0;
    int total = 0;
    const QJsonArray renditions = detail[u"renditions"].toArray();
    for (const QJsonValue& rendition : renditions) {
        done += rendition[u"done"].toInt();
        total += rendition[u"total"].toInt();
    }
    return {{u"segments"_s, done}, {u"of"_s, total}};
}

/// What the command line asks for.
struct Wanted {
    QString path;
    QString ladder;
    QString out;
    QString encoder;
};

/// Into the workspace, for its asset, and a copy to where the person wants it. That folder comes first: what cannot be
/// written there is better known before the hours of work.
Result<transcode::TranscodeResult> transcodeKnown(const VerbContext& context, const store::Asset& asset,
    const Wanted& wanted, const ProgressSink& progress, const RenditionDetailSink& detail)
{
    Workspace& workspace = *context.workspace;
    const auto folder = renditionFolder(workspace.paths(), asset.sha256, wanted.ladder);
    if (!folder)
        return folder.error();
    if (auto made = makeFolderDurably(wanted.out); !made)
        return std::move(made).error();
    auto result = transcodeAsset(workspace, asset.id, wanted.ladder, context.cancel, progress, detail, wanted.encoder);
    if (!result)
        return result;
    if (auto copied = copyRenditions(*folder, wanted.out, context.cancel); !copied) {
        Error error = copied.error();
        error.detail = u"the renditions are made and stored, but not all of them were copied: %1"_s.arg(error.detail);
        return error;
    }
    return result;
}

} // namespace

Result<VerbReply> runTranscode(const VerbContext& context)
{
    Wanted wanted {.path = context.request.operands.first(),
        .ladder = context.request.options.value(u"ladder"_s),
        .out = context.request.options.value(u"out"_s),
        .encoder = context.request.options.value(u"encoder"_s, u"auto"_s)};
    // Without the option the setting counts; without a workspace there is none.
    if (wanted.ladder.isEmpty()) {
        const auto ladder = context.workspace ? preferredLadder(*context.workspace) : Result<QString>(kDefaultLadder);
        if (!ladder)
            return ladder.error();
        wanted.ladder = *ladder;
    }
    Result<std::optional<store::Asset>> asset = std::optional<store::Asset>();
    if (context.workspace)
        asset = assetOfFile(*context.workspace, wanted.path, context.cancel);
    if (!asset)
        return asset.error();
    QJsonObject now;
    const ProgressSink progress
        = progressNotes(context.notes, u"Transcoding %1"_s.arg(QFileInfo(wanted.path).fileName()));
    const RenditionDetailSink detail = [&now](const QJsonObject& told) { now = told; };
    const auto result = *asset ? transcodeKnown(context, **asset, wanted, progress, detail)
                               : transcodeFile(context.workers, wanted.path, wanted.ladder, wanted.out, wanted.encoder,
                                     context.cancel, progress, detail);
    if (!result && now.isEmpty())
        return result.error();
    if (!result) {
        VerbReply reply = failedReply(context.request.verb, result.error());
        reply.json.insert(u"kept"_s, keptOf(now));
        return reply;
    }
    QJsonObject json = transcode::toJson(*result);
    json.insert(u"asset"_s, *asset ? QJsonValue((*asset)->id.toString()) : QJsonValue());
    json.insert(u"title"_s, *asset ? QJsonValue((*asset)->title.toString()) : QJsonValue());
    json.insert(u"out"_s, wanted.out);
    return VerbReply {ExitCode::Done, json};
}

} // namespace vidimus::workbench
