#pragma once

#include "core/media/engine/frame_sink.h"
#include "core/media/engine/input.h"

#include <span>

namespace vidimus::media::engine {

struct PassOptions {
    qint64 firstFrame = 0; ///< pictures [firstFrame, endFrame) are handed over, and the sound of that time
    qint64 endFrame = -1; ///< -1: to the end
    bool picture = true; ///< off: sound only, even when sinks wish for pictures
};

struct PassSummary {
    MediaFacts facts;
    qint64 frames = 0; ///< pictures handed over
    qint64 damagedFrames = 0; ///< pictures of the index that did not come, or came with errors
    double seconds = 0; ///< media time of what was handed over
};

/// Decodes the programme's picture and the wished sound once and hands them to every sink. Progress counts frames of
/// the index (or seconds of sound when there is no picture). Leaves the input rewound.
/// Errors: Unsupported (no_decoder), Invalid (no_streams), Canceled, Io, or what a sink returned.
[[nodiscard]] Result<PassSummary> runPass(Input& input, std::span<FrameSink* const> sinks,
    const PassOptions& options = {}, const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::media::engine
