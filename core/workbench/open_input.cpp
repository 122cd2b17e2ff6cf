#include "core/workbench/open_input.h"

#include "core/base/posix_error.h"

#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<UniqueFd> openInput(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    // Opening a pipe without O_NONBLOCK would wait for its writer.
    UniqueFd fd(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd.isValid() && (errno == ENOENT || errno == ENOTDIR))
        return Error {ErrorCode::NotFound, u"there is no file \"%1\""_s.arg(name), "no_file"};
    if (!fd.isValid() && (errno == EACCES || errno == EPERM))
        return Error {ErrorCode::Denied, u"\"%1\" may not be read by this user"_s.arg(name), "no_permission"};
    if (!fd.isValid())
        return posixError("open", errno, name);
    struct stat status {};
    if (fstat(fd.get(), &status) != 0)
        return posixError("stat", errno, name);
    if (!S_ISREG(status.st_mode))
        return Error {ErrorCode::Invalid, u"\"%1\" is not a file"_s.arg(name), "not_a_file"};
    if (status.st_size == 0)
        return Error {ErrorCode::Invalid, u"\"%1\" is empty"_s.arg(name), "empty_file"};
    return fd;
}

Result<UniqueFd> openOriginalFile(const WorkspacePaths& paths, const store::Asset& asset)
{
    auto fd = openInput(paths.original(asset.sha256));
    const QString name = asset.originalName;
    if (!fd && (fd.error().code == ErrorCode::NotFound || fd.error().reason == "not_a_file"))
        return Error {
            ErrorCode::NotFound, u"the original of \"%1\" is not in the workspace"_s.arg(name), "original_missing"};
    if (!fd && fd.error().reason != "empty_file")
        return fd;
    struct stat status {};
    if (fd && fstat(fd->get(), &status) != 0)
        return posixError("stat", errno, name);
    if (status.st_size != asset.bytes)
        return Error {ErrorCode::NotFound,
            u"the original of \"%1\" has %2 of its %3 bytes"_s.arg(name).arg(status.st_size).arg(asset.bytes),
            "original_changed"};
    return fd;
}

} // namespace vidimus::workbench
