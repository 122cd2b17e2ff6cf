#pragma once

#include "core/store/match_repository.h"
#include "core/workbench/content_match.h"

namespace vidimus::store {
class UnitOfWork;
}

namespace vidimus::workbench {

/// A match that was kept, for people.
struct KeptMatch {
    AssetId asset; ///< that has it
    QString assetName;
    ContentMatch match; ///< segments: a is the asset
    Instant createdAt {};
    bool isGone = false; ///< the other asset is no longer in the workspace
};

/// What the asset was found to show: the gravest first, then the likest. Errors: Io, Corrupt.
[[nodiscard]] Result<std::vector<KeptMatch>> matchesOf(Workspace& workspace, const AssetId& asset);
/// The same as part of a transaction.
[[nodiscard]] Result<std::vector<KeptMatch>> matchesOf(const store::UnitOfWork& unit, const AssetId& asset);
/// Bank hits on assets that nobody has decided, newest first. Errors: Io, Corrupt.
[[nodiscard]] Result<std::vector<KeptMatch>> openBankHits(Workspace& workspace, int limit);

} // namespace vidimus::workbench
