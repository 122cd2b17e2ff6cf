#include "core/base/read_at.h"

#include "core/base/posix_error.h"

#include <cerrno>
#include <unistd.h>

namespace vidimus {

Result<qsizetype> readAt(int fd, std::span<char> bytes, qint64 place, const QString& subject)
{
    std::size_t got = 0;
    while (got < bytes.size()) {
        const ssize_t some = pread(fd, bytes.data() + got, bytes.size() - got, place + static_cast<qint64>(got));
        if (some < 0 && errno == EINTR)
            continue;
        if (some < 0)
            return posixError("read", errno, subject);
        if (some == 0)
            break;
        got += static_cast<std::size_t>(some);
    }
    return static_cast<qsizetype>(got);
}

} // namespace vidimus
