#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QString>

namespace vidimus::workbench {

/// Opens a regular file for a worker; what it is called stays here. Errors: NotFound, Denied, Invalid (a folder, a
/// device, an empty file), Io.
[[nodiscard]] Result<UniqueFd> openInput(const QString& path);

} // namespace vidimus::workbench
