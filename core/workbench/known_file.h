#pragma once

#include "core/base/cancel.h"
#include "core/store/asset.h"

#include <optional>

namespace vidimus::workbench {

class Workspace;

/// The asset of the workspace that a file anywhere is, by its SHA-256; nothing where its content is not known here.
/// Blocking: reads the file. Errors: those of openInput(), Io, Canceled.
[[nodiscard]] Result<std::optional<store::Asset>> assetOfFile(
    Workspace& workspace, const QString& path, const CancelToken& cancel = {});

} // namespace vidimus::workbench
