#pragma once

#include "core/base/result.h"

class QSqlError;

namespace vidimus::sql {

/// The Error for a failed database call: SQLITE_FULL → DiskFull, CORRUPT and NOTADB → Corrupt, BUSY and LOCKED →
/// Conflict (reason "busy"), CONSTRAINT → Conflict (reason "constraint"), READONLY and PERM and AUTH → Denied,
/// CANTOPEN → NotFound, INTERRUPT → Canceled, IOERR → Io, TOOBIG → LimitExceeded, the rest Internal.
[[nodiscard]] Error sqlError(const QSqlError& error, const char* doing);
/// The same from a SQLite result code (extended or not).
[[nodiscard]] Error sqliteError(int resultCode, const QString& text, const char* doing);

} // namespace vidimus::sql
