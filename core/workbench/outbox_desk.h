#pragma once

#include "core/catalog/operation.h"
#include "core/jobs/job.h"

#include <vector>

namespace vidimus::workbench {

class Workspace;

/// What waits to be sent, oldest first. Errors: Io.
[[nodiscard]] Result<std::vector<catalog::Operation>> outboxOperations(Workspace& workspace);
/// A person's answer to an operation that was refused or is in conflict. Errors: NotFound, Conflict (sent already),
/// Denied, Io.
[[nodiscard]] Result<void> retryOperation(Workspace& workspace, const OperationId& id);
[[nodiscard]] Result<void> dropOperation(Workspace& workspace, const OperationId& id);

/// Newest first.
[[nodiscard]] Result<std::vector<jobs::Job>> listJobs(Workspace& workspace, int limit);
/// Pause, resume, cancel or retry. Errors: NotFound, Conflict, Denied, Io.
[[nodiscard]] Result<jobs::Job> changeJob(Workspace& workspace, const JobId& id, jobs::JobEvent event);

} // namespace vidimus::workbench
