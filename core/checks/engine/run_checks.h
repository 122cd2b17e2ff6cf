#pragma once

#include "core/base/cancel.h"
#include "core/checks/check_cost.h"
#include "core/checks/measurements.h"
#include "core/checks/profile.h"
#include "core/checks/report.h"
#include "core/media/engine/checkpoints.h"
#include "core/media/engine/input.h"

namespace vidimus::checks::engine {

/// What one pass of checks gives.
struct CheckRun {
    Report report;
    Measurements measurements; ///< for judge() under another profile
    std::vector<CheckCost> costs; ///< of each check; no part of the report
    qint64 resumedAt = 0; ///< pictures before it were measured by an earlier pass; no part of the report
    double seconds = 0; ///< time it took, by the clock; no part of the report
};

/// Where the checks run. The measurements are the same.
enum class CheckThread {
    Own, ///< beside the thread that decodes
    OfTheCaller,
};

/// How a pass is kept, so that it can be stopped.
struct PassResumption {
    QByteArray state; ///< of an earlier pass over the same file with the same profile; empty: begins anew
    media::engine::Checkpoints checkpoints;
};

/// Calls \a attempt(state) with the state of a stopped pass, and where the pass cannot go on from it with none.
template<class Attempt>
[[nodiscard]] auto resumeOrBegin(const QByteArray& state, const Attempt& attempt) -> decltype(attempt(state))
{
    if (!state.isEmpty()) {
        auto result = attempt(state);
        if (result || (result.error().reason != "resume_refused" && result.error().reason != "cannot_resume"))
            return result;
    }
    return attempt(QByteArray());
}

/// Decodes the input once, measures with every check the profile enables, and judges. Damage inside the file is part
/// of the report, which is the same for a pass that went on from a state. Errors: of media::engine::runPass():
/// Unsupported, Invalid, Canceled, Io.
[[nodiscard]] Result<CheckRun> runChecks(media::engine::Input& input, const Profile& profile,
    const CancelToken& cancel = {}, const ProgressSink& progress = {}, CheckThread thread = CheckThread::Own,
    const PassResumption& resumption = {});

} // namespace vidimus::checks::engine
