#pragma once

#include "core/base/cancel.h"
#include "core/checks/check_cost.h"
#include "core/checks/measurements.h"
#include "core/checks/profile.h"
#include "core/checks/report.h"
#include "core/media/engine/input.h"

namespace vidimus::checks::engine {

/// What one pass of checks gives.
struct CheckRun {
    Report report;
    Measurements measurements; ///< for judge() under another profile
    std::vector<CheckCost> costs; ///< of each check; no part of the report
    double seconds = 0; ///< time it took, by the clock; no part of the report
};

/// Where the checks run. The measurements are the same.
enum class CheckThread {
    Own, ///< beside the thread that decodes
    OfTheCaller,
};

/// Decodes the input once, measures with every check the profile enables, and judges. Damage inside the file is part
/// of the report. Errors: of media::engine::runPass(): Unsupported, Invalid, Canceled, Io.
[[nodiscard]] Result<CheckRun> runChecks(media::engine::Input& input, const Profile& profile,
    const CancelToken& cancel = {}, const ProgressSink& progress = {}, CheckThread thread = CheckThread::Own);

} // namespace vidimus::checks::engine
