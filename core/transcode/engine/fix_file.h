#pragma once

#include "core/base/cancel.h"
#include "core/transcode/fix_plan.h"
#include "core/transcode/fix_result.h"

namespace vidimus::transcode::engine {

/// Makes a corrected copy of a file: \a fd is read, \a output (empty, open for reading and writing) is written. Only
/// the streams that the plan touches are encoded anew; every other one is copied packet by packet with its tags. A
/// stream that the new container cannot hold is left out and named. Both descriptors stay the caller's.
/// Errors: of media::engine::Input::open(); Invalid (a plan that does not fit the file), Unsupported, Missing
/// "no_encoder", DiskFull, Canceled, Io.
[[nodiscard]] Result<FixedFile> fixFile(
    int fd, int output, const FixPlan& plan, const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::transcode::engine
