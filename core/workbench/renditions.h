#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/transcode/transcode_request.h"
#include "core/transcode/transcode_result.h"
#include "core/workbench/rendition_progress.h"

#include <QJsonObject>

namespace vidimus::worker {
class WorkerPool;
}

namespace vidimus::workbench {

class Workspace;
struct WorkspacePaths;

/// The setting that names the ladder that is meant when none is named.
inline constexpr QLatin1StringView kLadderSetting {"transcode.ladder"};
/// Meant where that is not set either, and without a workspace.
inline const QString kDefaultLadder = QStringLiteral("web-two");

/// What kLadderSetting says if a shipped ladder is called so, else kDefaultLadder. Errors: Io.
[[nodiscard]] Result<QString> preferredLadder(Workspace& workspace);

/// Transcodes any file into a folder, in the sandbox; continues what an interrupted run left there. Needs no
/// workspace. Blocking. \a detail gets the segments done of each rendition, \a posterSpans say where a poster is best
/// taken from. Errors: as worker::WorkerPool::transcode.
[[nodiscard]] Result<transcode::TranscodeResult> transcodeFile(worker::WorkerPool& workers, const QString& path,
    const QString& ladder, const QString& folder, const QString& encoder, const CancelToken& cancel,
    const ProgressSink& progress, const RenditionDetailSink& detail = {},
    const std::vector<transcode::TimeSpan>& posterSpans = {});

/// The same for an asset of the workspace, into its renditions folder, with a poster that shows somebody where a model
/// saw faces; stores the result and queues the upload. \a ladder: a shipped name or a file, whose result is kept under
/// what it says and not under what it is called. Errors: Denied (role), NotFound, and those of transcodeFile().
[[nodiscard]] Result<transcode::TranscodeResult> transcodeAsset(Workspace& workspace, const AssetId& asset,
    const QString& ladder, const CancelToken& cancel = {}, const ProgressSink& progress = {},
    const RenditionDetailSink& detail = {}, const QString& encoder = QStringLiteral("auto"));
/// The folder that transcodeAsset() puts them into. Errors: as transcode::loadLadder.
[[nodiscard]] Result<QString> renditionFolder(
    const WorkspacePaths& paths, const QByteArray& sha256, const QString& ladder);

/// Queues transcodeAsset() as a heavy job; without \a ladder by the preferred one. Errors: Denied, NotFound, Io.
[[nodiscard]] Result<JobId> queueTranscode(Workspace& workspace, const AssetId& asset, const QString& ladder = {});

} // namespace vidimus::workbench
