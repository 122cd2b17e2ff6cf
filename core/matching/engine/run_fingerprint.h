#pragma once

#include "core/base/cancel.h"
#include "core/matching/engine/fingerprint_sink.h"
#include "core/media/engine/input.h"

namespace vidimus::matching::engine {

/// Decodes the input's picture once and gives its fingerprint; without frames when there is no picture that can be
/// hashed. Errors: of media::engine::runPass(): Unsupported, Invalid (reason "no_picture"), Canceled, Io.
[[nodiscard]] Result<Fingerprint> fingerprintOf(media::engine::Input& input, const FingerprintOptions& options = {},
    const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::matching::engine
