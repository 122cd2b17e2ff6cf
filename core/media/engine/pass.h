#pragma once

#include "core/media/engine/frame_sink.h"
#include "core/media/engine/input.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace vidimus::media::engine {

/// A part of the programme, seconds of media time, half-open.
struct TimeRange {
    double start = 0;
    double end = 0;
};

struct PassOptions {
    /// Only this part of the file is read, where its own seeking leads, and the index, which then knows no other
    /// frames, begins with it. An empty range asks for the nearest picture at or before it that needs no other one.
    /// What is said of the whole file is what its headers claim.
    std::optional<TimeRange> only;
    qint64 firstFrame = 0; ///< pictures [firstFrame, endFrame) are handed over, and the sound of that time
    qint64 endFrame = -1; ///< -1: to the end
    /// Pictures before this one are decoded only as far as it needs them, and not handed over; the sound is, from the
    /// start. For a pass that goes on where another was stopped.
    qint64 resumeAt = 0;
    bool picture = true; ///< off: sound only, even when sinks wish for pictures
    /// Threads that decode the picture; 0: as many as the input's limits say.
    int threads = 0;
    /// Ends with the error "damaged_in_parallel" where damage shows and several threads decode: they conceal it each
    /// in their own way. See withRepeatableDamage().
    bool refuseParallelDamage = false;
    bool sound = true; ///< off: pictures only, even when sinks wish for sound
    /// The only pictures that are handed over, rising; in place of one that is damaged or does not come, the next that
    /// is whole. Others are decoded only where these need them, and their damage is not told. Empty: all are.
    std::function<std::vector<qint64>(const FrameIndex&)> choose;
};

struct PassSummary {
    MediaFacts facts;
    qint64 frames = 0; ///< pictures handed over
    qint64 damagedFrames = 0; ///< pictures of the index that did not come, or came with errors
    double seconds = 0; ///< media time of what was handed over
};

/// Decodes the programme's picture and the wished sound once and hands them to every sink. Progress counts frames of
/// the index (or seconds of sound when there is no picture). Leaves the input rewound.
/// Errors: Unsupported (no_decoder; cannot_seek with \a only; cannot_resume), Invalid (no_streams), Canceled, Io, or
/// what a sink returned.
[[nodiscard]] Result<PassSummary> runPass(Input& input, std::span<FrameSink* const> sinks,
    const PassOptions& options = {}, const CancelToken& cancel = {}, const ProgressSink& progress = {});

/// Calls \a attempt with options under which what it gives is the same whatever the threads: with the usual ones, and
/// where damage shows once more from the start, on one. An attempt brings its own sinks.
template<class Attempt>
[[nodiscard]] auto withRepeatableDamage(const Attempt& attempt) -> decltype(attempt(PassOptions {}))
{
    PassOptions options;
    options.refuseParallelDamage = true;
    auto result = attempt(options);
    if (result || result.error().reason != "damaged_in_parallel")
        return result;
    options.threads = 1;
    return attempt(options);
}

} // namespace vidimus::media::engine
