#pragma once

#include "core/media/engine/input.h"
#include "core/media/facts.h"
#include "core/media/frame_index.h"

namespace vidimus::media::engine {

/// What a file is. Reads every packet once (no decoding), so that counts, rates and durations are measured.
/// \a alive is told from time to time that reading goes on. Errors: as Input::open().
[[nodiscard]] Result<MediaFacts> probe(
    int fd, const InputLimits& limits = {}, const CancelToken& cancel = {}, const ProgressSink& alive = {});
/// The same for an input that is open already; leaves it rewound. \a index receives the frames of the programme's
/// picture when not null.
[[nodiscard]] Result<MediaFacts> probe(
    Input& input, const CancelToken& cancel = {}, FrameIndex* index = nullptr, const ProgressSink& alive = {});
/// What the headers claim: nothing is read, counted or doubted.
[[nodiscard]] MediaFacts declaredFacts(const Input& input);
/// The frames of the programme's picture, from packets only; empty without picture. Leaves the input rewound.
[[nodiscard]] Result<FrameIndex> buildIndex(Input& input, const CancelToken& cancel = {});

} // namespace vidimus::media::engine
