#pragma once

#include "core/store/backup.h"

#include <optional>

namespace vidimus::store {

/// What came of restoring a backup; kept beside it as "<name>.drill".
struct DrillResult {
    Instant at {};
    std::uint64_t entries = 0; ///< of the restored log
    QString problem; ///< empty: it was restored, opened, and its log has the root that the manifest says
    [[nodiscard]] bool isGood() const { return problem.isEmpty(); }
    friend bool operator==(const DrillResult&, const DrillResult&) = default;
};

/// Restores a backup into a passing folder beside it, opens the workspace there as a program would, holds its log
/// against its signed heads and its root against the manifest, removes the folder, and keeps the result. A backup that
/// cannot be restored is a result. Blocks for as long as a restore takes and needs its room twice; needs the right to
/// write beside the backup. Errors: DiskFull, Denied, Io (nothing is known then), NotFound.
[[nodiscard]] Result<DrillResult> drillBackup(const QString& manifestPath, Instant now);
/// None when it was never drilled, or what is kept cannot be read.
[[nodiscard]] std::optional<DrillResult> lastDrill(const QString& manifestPath);

/// How often each backup is restored.
constexpr Milliseconds kDrillInterval {24 * 60 * 60 * 1000};
/// The manifest in \a folder whose turn it is: the newest that was never restored, else the one whose last drill is the
/// oldest and older than kDrillInterval. Empty: none.
[[nodiscard]] QString nextToDrill(const QString& folder, Instant now);

/// The manifest in \a folder of the newest backup that could not be restored the last time; empty: none.
[[nodiscard]] QString failedDrillIn(const QString& folder);

} // namespace vidimus::store
