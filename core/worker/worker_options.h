#pragma once

#include "core/base/result.h"

#include <QString>

namespace vidimus::worker {

/// Where the worker program is and which upper walls may be used. The defaults are right for every program; tests turn
/// walls off to show that the base alone holds.
struct WorkerOptions {
    QString executable; ///< empty: looked for by findWorkerExecutable()
    bool allowBubblewrap = true;
    bool allowLandlock = true;
    bool keepWarm = true; ///< keep one started worker waiting; a program that makes one call and ends turns it off
};

/// The path of vidimus-mediaworker: VIDIMUS_MEDIAWORKER when set, else beside the running program, else in the "bin"
/// folder beside the program's folder (a build tree). Errors: Missing, reason "no_worker".
[[nodiscard]] Result<QString> findWorkerExecutable();

} // namespace vidimus::worker
