#pragma once

#include "core/worker/sandbox_status.h"
#include "core/worker/worker_limits.h"

namespace vidimus::mediaworker {

/// Makes the kernel kill this process when the thread that started it ends. The first thing main() does.
void dieWithParent();

/// Builds the walls around this process, for good: resource limits, no new privileges, Landlock where the kernel has it
/// and
/// \a allowLandlock, the system-call filter. Must be called while there is one thread and after all libraries are
/// ready. Errors: Missing "no_sandbox" when a wall that must stand could not be built; the process must then end.
[[nodiscard]] Result<worker::SandboxStatus> buildSandbox(const worker::WorkerLimits& limits, bool allowLandlock);

} // namespace vidimus::mediaworker
