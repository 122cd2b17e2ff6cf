#pragma once

#include "core/base/cancel.h"
#include "core/transcode/output_sink.h"
#include "core/transcode/transcode_request.h"
#include "core/transcode/transcode_result.h"

namespace vidimus::transcode::engine {

/// Limits and choices of one run that do not change the bytes.
struct TranscodeOptions {
    /// Every n-th segment of each rung (the first always) is decoded again and compared with its source; 0 measures
    /// nothing.
    int qualityInterval = 8;
};

/// Makes every output of makePlan(request) that is not in request.finished, in one decode of the media behind \a fd
/// (a regular file open for reading; the position is not kept). Blocks; runs one thread a rung. Progress counts
/// segments of all tracks. The bytes of each output depend only on the source and the request's ladder, so a run that
/// was stopped and continued gives the same files.
/// Errors: what probe and Pass give for the source, what makePlan and the sink give, Unsupported, Canceled.
[[nodiscard]] Result<TranscodeResult> runTranscode(int fd, const TranscodeRequest& request, OutputSink& sink,
    const TranscodeOptions& options, const CancelToken& cancel, const ProgressSink& progress);

} // namespace vidimus::transcode::engine
