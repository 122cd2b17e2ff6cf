#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace vidimus::worker {

/// Exit states with a meaning, kept away from the shell's (126 and up) and AddressSanitizer's (1).
inline constexpr int kExitOutOfMemory = 71;
inline constexpr int kExitNoSandbox = 72; ///< a wall that must stand could not be built
inline constexpr int kExitParentGone = 73;
inline constexpr int kExitProtocol = 74; ///< the parent's messages made no sense

/// The Error for a worker that ended by itself. Pure. \a waitStatus is what waitpid() gave; under bubblewrap
/// (\a wrapped) a signal arrives as 128 + its number. \a stderrTail is the end of what it printed.
/// Reasons: "worker_crashed" (signal 31 is named as a forbidden system call), "worker_limit_memory", "worker_timeout"
/// (processor time), "worker_limit_output", "no_sandbox".
[[nodiscard]] Error explainWorkerExit(int waitStatus, bool wrapped, const QByteArray& stderrTail);

/// Whether \a error means that the worker failed (a crash, a broken protocol, a limit) and not that it gave a bad
/// answer about its file. Such failures are counted against the file.
[[nodiscard]] bool isWorkersFault(const Error& error);

} // namespace vidimus::worker
