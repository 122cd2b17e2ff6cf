#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/transcode/transcode_request.h"

#include <optional>
#include <vector>

namespace vidimus::workbench {

class Workspace;

/// Runs the models that the check profile asks for over an original whose report stands, and adds what they saw to
/// report and measurements: faces as a track, classes as findings, the highest score as a place in the queue. A pass of
/// its own, after the checks, so that their verdict never waits for it; verdict and decisions stay as they are. A model
/// that cannot run leaves its check not evaluated, cause "model_failed". Nothing is done where the profile asks for
/// none. Blocking. Errors: NotFound, Canceled, Io.
[[nodiscard]] Result<void> lookWithModels(
    Workspace& workspace, const AssetId& asset, const QString& profileId, const CancelToken& cancel = {});

/// Where faces were seen, in seconds, as the newest report says: joined, at most transcode::kMostPosterSpans. Empty
/// without the model.
[[nodiscard]] std::vector<transcode::TimeSpan> facesOf(Workspace& workspace, const AssetId& asset);
/// The frame for small pictures of an asset: the one with the largest face; nothing where none was seen.
[[nodiscard]] std::optional<qint64> posterFrame(Workspace& workspace, const AssetId& asset);

} // namespace vidimus::workbench
