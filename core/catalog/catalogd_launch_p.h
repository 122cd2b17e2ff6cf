#pragma once

#include "core/catalog/embedded_catalog.h"

#include <chrono>

namespace vidimus::catalog {

/// Exit codes of vidimus-catalogd that its starter understands.
inline constexpr int kCatalogdExitLocked = 4; ///< another process holds the database

/// Starts vidimus-catalogd, which puts itself into the background once its socket listens, and waits for that moment.
/// It gets no descriptors of ours; its messages go to catalogd.log in the data folder.
/// Errors: Missing, Conflict (the database is held), TimedOut, Io, Internal (it ended at once; the log says why).
[[nodiscard]] Result<void> launchCatalogd(
    const EmbeddedCatalogOptions& options, std::chrono::steady_clock::time_point deadline);

} // namespace vidimus::catalog
