#pragma once

#include "core/worker/sandbox_status.h"

namespace vidimus::mediaworker {

/// Denies this thread, and those it starts, every use of the file system, network and foreign abstract sockets and
/// signals that the kernel's Landlock knows. Fills the Landlock members of \a status; does nothing where Landlock is
/// absent.
void denyFileSystem(worker::SandboxStatus& status);

} // namespace vidimus::mediaworker
