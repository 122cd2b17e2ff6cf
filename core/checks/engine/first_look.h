#pragma once

#include "core/base/cancel.h"
#include "core/checks/first_verdict.h"
#include "core/media/engine/input.h"

namespace vidimus::checks::engine {

/// Measures parts of a file without reading the rest: where its own seeking leads. \a wanted is what to look at, or
/// nothing for planLooks(). A part that cannot be reached says so in Look::problem. Leaves the input rewound.
/// Errors: Unsupported (no_decoder), Invalid (no_streams), Canceled, Io.
[[nodiscard]] Result<Looks> lookFirst(media::engine::Input& input, const Profile& profile,
    std::vector<PlannedLook> wanted = {}, const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::checks::engine
