#pragma once

#include "core/base/result.h"

class QSqlDriver;
class QSqlError;
struct sqlite3;

namespace vidimus::sql {

/// The Error for a failed database call: SQLITE_FULL → DiskFull, CORRUPT and NOTADB → Corrupt, BUSY and LOCKED →
/// Conflict (reason "busy"), CONSTRAINT → Conflict (reason "constraint"), READONLY and PERM and AUTH → Denied,
/// CANTOPEN → NotFound, INTERRUPT → Canceled, IOERR → Io, TOOBIG → LimitExceeded, the rest Internal. Where the system
/// said why a file could not be opened or written, that counts: a full disk is DiskFull. \a driver is the connection's.
[[nodiscard]] Error sqlError(const QSqlError& error, const char* doing, const QSqlDriver* driver);
/// The same from a SQLite result code (extended or not).
[[nodiscard]] Error sqliteError(int resultCode, const QString& text, const char* doing);

/// SQLite's handle under Qt's driver; null when it is closed or not SQLite's.
[[nodiscard]] sqlite3* sqliteHandleOf(const QSqlDriver* driver);

} // namespace vidimus::sql
