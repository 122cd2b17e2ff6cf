#pragma once

#include "core/base/cancel.h"
#include "core/catalog/operation_payload.h"

#include <vector>

namespace vidimus::workbench {

/// The files of a finished transcode, with their hashes: everything below \a folder but journals and hidden files,
/// named as players ask for them. Errors: NotFound (no master playlist: it is not finished), Io, Canceled.
[[nodiscard]] Result<std::vector<catalog::PackageFile>> renditionFiles(
    const QString& folder, const CancelToken& cancel = {});

} // namespace vidimus::workbench
