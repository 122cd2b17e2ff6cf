#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/store/scrub_repository.h"
#include "core/workbench/workspace_paths.h"

#include <vector>

namespace vidimus::workbench {

class Workspace;

/// Reads an original from end to end and compares it with the hash it was ingested by. Any thread. Errors: Corrupt
/// (reason "original_damaged"), NotFound, Io, Canceled.
[[nodiscard]] Result<void> checkOriginal(
    const WorkspacePaths& paths, const QByteArray& sha256, const CancelToken& cancel = {});
/// The same before something is made of it; what came of it is kept, as after a scrub. Errors: also those of the store.
[[nodiscard]] Result<void> verifyOriginal(
    Workspace& workspace, const QByteArray& sha256, const CancelToken& cancel = {});

/// Keeps what is known of originals, and says so where an entry of "needs attention" comes or goes. \a settings are
/// put in the same transaction. Errors: those of the store.
[[nodiscard]] Result<void> keepResults(Workspace& workspace, const std::vector<store::ScrubResult>& results,
    const std::vector<std::pair<QString, QJsonObject>>& settings = {});

} // namespace vidimus::workbench
