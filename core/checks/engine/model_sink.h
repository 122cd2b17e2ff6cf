#pragma once

#include "core/base/cancel.h"
#include "core/checks/engine/dnn_model.h"
#include "core/checks/measurements.h"
#include "core/media/engine/input.h"

namespace vidimus::checks::engine {

/// Runs a model over sampled pictures of a file: a pass of its own, so that its price is its own. A face is a mark
/// "face" that lasts until the next sample; a class at or above its threshold is a mark "classified" whose value is
/// named after the class. The measurement of the
/// manifest's check, and the clock that counts its frames; "samples" says how many pictures were looked at, "top_score"
/// the highest score of any class that can be a finding. Errors: of media::engine::runPass(), of DnnModel.
[[nodiscard]] Result<Measurements> runModel(media::engine::Input& input, const QByteArray& onnx,
    const ModelManifest& manifest, const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::checks::engine
