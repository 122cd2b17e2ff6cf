#pragma once

#include "core/media/facts.h"

struct AVFrame;

namespace vidimus::media::engine {

/// What a decoded picture itself says of its light: HEVC and AV1 carry the mastering display and the content's light
/// beside the pictures (SEI messages, metadata OBUs), where a container need not know of them. Empty for null.
[[nodiscard]] HdrValues hdrValuesOf(const AVFrame* decoded);

} // namespace vidimus::media::engine
