#pragma once

#include "core/base/result.h"

#include <span>

namespace vidimus {

/// Fills \a bytes from \a place of an open file, as far as it goes; returns how many were read. Errors: Io, with
/// \a subject as the file's name.
[[nodiscard]] Result<qsizetype> readAt(int fd, std::span<char> bytes, qint64 place, const QString& subject);

} // namespace vidimus
