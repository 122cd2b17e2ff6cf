#pragma once

#include "core/media/container_facts.h"

struct AVIOContext;

namespace vidimus::media::engine {

/// Reads the headers of boxes (ISO/IEC 14496-12, 4.2) of an MP4 or MOV, and its edit lists. Bounded, whatever the file
/// says; puts the read position back.
[[nodiscard]] BoxFacts walkBoxes(AVIOContext* io, qint64 bytes);

} // namespace vidimus::media::engine
