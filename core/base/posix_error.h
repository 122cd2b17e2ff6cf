#pragma once

#include "core/base/result.h"

namespace vidimus {

/// The Error for a failed system call: ENOSPC, EDQUOT and EFBIG are DiskFull, ENOENT NotFound, EACCES and EPERM Denied,
/// the rest Io. \a call names the operation; \a subject a file by its neutral name, if any.
[[nodiscard]] Error posixError(const char* call, int errorNumber, const QString& subject = {});

} // namespace vidimus
