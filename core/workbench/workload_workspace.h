#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/workbench/workload_rules.h"

namespace vidimus::workbench {

class Workspace;

/// Writes the workload's titles and windows into a workspace. Errors: Canceled, Io, DiskFull.
[[nodiscard]] Result<void> fillWorkspace(
    Workspace& workspace, const AvailabilityWorkload& workload, const CancelToken& cancel);

/// The same into the database of its catalog, which has run once and runs no more: sent one by one through the outbox
/// they would take an hour. \a folder: the catalog's data. Errors: Conflict (it still runs), Canceled, Io, DiskFull.
[[nodiscard]] Result<void> fillCatalog(
    const QString& folder, const AvailabilityWorkload& workload, const CancelToken& cancel);

} // namespace vidimus::workbench
