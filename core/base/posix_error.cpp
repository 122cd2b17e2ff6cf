#include "core/base/posix_error.h"

#include <cerrno>
#include <cstring>

namespace vidimus {

namespace {

ErrorCode codeFor(int errorNumber)
{
    switch (errorNumber) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ErrorCode::DiskFull;
    case ENOENT:
        return ErrorCode::NotFound;
    case EACCES:
    case EPERM:
    case EROFS:
        return ErrorCode::Denied;
    default:
        return ErrorCode::Io;
    }
}

} // namespace

Error posixError(const char* call, int errorNumber, const QString& subject)
{
    QString detail
        = QStringLiteral("%1: %2").arg(QString::fromLatin1(call), QString::fromLocal8Bit(std::strerror(errorNumber)));
    if (!subject.isEmpty())
        detail += QStringLiteral(" (%1)").arg(subject);
    const ErrorCode code = codeFor(errorNumber);
    // Not to be taken for a refusal by role.
    return Error {code, detail, code == ErrorCode::Denied ? "no_permission" : errorCodeName(code)};
}

} // namespace vidimus
