#pragma once

#include "core/media/engine/input.h"
#include "core/transcode/fix_plan.h"

namespace vidimus::transcode::engine {

/// The fix with its gain raised by what the limiter takes away, so that the programme meets loudnessLufs: up to four
/// passes over the sound alone. A fix without that wish comes back as it is. Leaves the input rewound.
/// Errors: of media::engine::runPass().
[[nodiscard]] Result<SoundFix> settledSoundFix(
    media::engine::Input& input, const SoundFix& fix, const CancelToken& cancel);

} // namespace vidimus::transcode::engine
