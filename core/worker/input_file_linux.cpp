#include "core/worker/input_file.h"

#include "core/base/posix_error.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

InputFile::InputFile(UniqueFd fd, const FileIdentity& identity)
    : m_fd(std::move(fd))
    , m_identity(identity)
{
}

Result<InputFile> InputFile::reopen(int fd)
{
    struct stat facts {};
    if (fstat(fd, &facts) != 0)
        return posixError("fstat", errno);
    if (!S_ISREG(facts.st_mode)) // looked at before it is opened: opening a pipe would wait
        return Error {ErrorCode::Invalid, u"the input is not a regular file"_s, "not_a_file"};
    const QByteArray path = "/proc/self/fd/" + QByteArray::number(fd);
    UniqueFd opened(open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!opened.isValid())
        return posixError("open", errno);
    constexpr qint64 kNanosecondsPerSecond = 1'000'000'000;
    return InputFile(std::move(opened),
        FileIdentity {facts.st_dev, facts.st_ino, facts.st_size,
            facts.st_mtim.tv_sec * kNanosecondsPerSecond + facts.st_mtim.tv_nsec});
}

} // namespace vidimus::worker
