#pragma once

#include "core/base/cancel.h"
#include "core/jobs/job.h"

#include <functional>
#include <vector>

namespace vidimus::workbench {

class Workspace;

/// What came of running the queue.
struct JobsRun {
    std::vector<jobs::Job> ended; ///< in the order in which they came to an end, well or not
    int waiting = 0; ///< still queued
};
/// Hears which job is being worked on, and how many wait beside it.
using JobsRunSink = std::function<void(const jobs::Job& job, int waiting)>;

/// Works on queued jobs until none is left, those that they add as well: itself, or by waiting for the lanes of a
/// studio that has the workspace. Cancelling puts a job of ours back into the queue and leaves a studio's alone. What
/// fails is a result. Errors: Denied, those of the store.
[[nodiscard]] Result<JobsRun> runQueuedJobs(Workspace& workspace, const CancelToken& cancel, const JobsRunSink& told);

} // namespace vidimus::workbench
