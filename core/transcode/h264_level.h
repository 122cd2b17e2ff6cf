#pragma once

#include "core/base/rational.h"
#include "core/transcode/ladder.h"

namespace vidimus::transcode {

/// The lowest H.264 level (times 10) that carries this picture: ITU-T H.264, table A-1, with room for four reference
/// pictures. 0 when no level does. Pure.
[[nodiscard]] int h264LevelFor(
    int width, int height, Rational frameRate, H264Profile profile, int maxRate, int bufferSize);

} // namespace vidimus::transcode
