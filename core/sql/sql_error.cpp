#include "core/sql/sql_error.h"

#include "core/base/posix_error.h"

#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>
#include <sqlite3.h>

namespace vidimus::sql {

using namespace Qt::StringLiterals;

namespace {

struct Meaning {
    ErrorCode code;
    const char* reason;
};

Meaning meaningOf(int primaryCode)
{
    switch (primaryCode) {
    case SQLITE_FULL:
        return {ErrorCode::DiskFull, "disk_full"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::Corrupt, "database_damaged"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Conflict, "busy"};
    case SQLITE_CONSTRAINT:
        return {ErrorCode::Conflict, "constraint"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorCode::Denied, "read_only"};
    case SQLITE_CANTOPEN:
        return {ErrorCode::NotFound, "cannot_open"};
    case SQLITE_INTERRUPT:
        return {ErrorCode::Canceled, "interrupted"};
    case SQLITE_IOERR:
        return {ErrorCode::Io, "database_io"};
    case SQLITE_TOOBIG:
        return {ErrorCode::LimitExceeded, "too_big"};
    default:
        return {ErrorCode::Internal, "database"};
    }
}

/// What was being done does not matter to who reads it; where the room is missing does.
Error diskFull()
{
    return Error {ErrorCode::DiskFull, u"the disk of the database is full: nothing was saved"_s, "disk_full"};
}

} // namespace

Error sqliteError(int resultCode, const QString& text, const char* doing)
{
    const Meaning meaning = meaningOf(resultCode & 0xff);
    if (meaning.code == ErrorCode::DiskFull)
        return diskFull();
    return Error {
        meaning.code, u"%1: %2 (SQLite %3)"_s.arg(QLatin1StringView(doing), text).arg(resultCode), meaning.reason};
}

Error sqlError(const QSqlError& error, const char* doing, const QSqlDriver* driver)
{
    bool isNumber = false;
    const int number = error.nativeErrorCode().toInt(&isNumber);
    const int code = isNumber ? number : SQLITE_ERROR;
    const int primary = code & 0xff;
    sqlite3* const handle = sqliteHandleOf(driver);
    if (handle && (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN)) {
        const Error system = posixError(doing, sqlite3_system_errno(handle), u"the database"_s);
        if (system.code == ErrorCode::DiskFull)
            return diskFull();
    }
    return sqliteError(code, error.text(), doing);
}

sqlite3* sqliteHandleOf(const QSqlDriver* driver)
{
    const QVariant handle = driver ? driver->handle() : QVariant();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    return *static_cast<sqlite3* const*>(handle.constData());
}

} // namespace vidimus::sql
