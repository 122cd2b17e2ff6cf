#pragma once

#include "core/transcode/encoder_info.h"

namespace vidimus::transcode::engine {

/// Opens every registered encoder and feeds it one picture. Some drivers hang or die when asked, so this runs in a
/// process that may be lost (the media worker), never in the parent.
[[nodiscard]] QList<EncoderState> probeEncoders();

} // namespace vidimus::transcode::engine
