#pragma once

#include "core/jobs/job.h"

namespace vidimus::workbench {

class Workspace;

/// Puts a job about an asset into the queue, wakes who runs it and tells who shows it. \a job says kind, class and what
/// of its payload is its own; the rest is filled in. Whether the person may is the caller's to ask. Errors: NotFound
/// (the asset), Io, DiskFull.
[[nodiscard]] Result<JobId> queueJob(Workspace& workspace, const AssetId& about, jobs::Job job);

} // namespace vidimus::workbench
