#include "core/base/durable_file.h"

#include "core/base/posix_error.h"
#include "core/base/random.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace vidimus {

using namespace Qt::StringLiterals;

namespace {

QString folderOf(const QString& path)
{
    return QFileInfo(path).absolutePath();
}

QString nameOf(const QString& path)
{
    return QFileInfo(path).fileName();
}

} // namespace

DurableFile::DurableFile(UniqueFd fd, QString temporaryPath, QString finalPath)
    : m_fd(std::move(fd))
    , m_temporaryPath(std::move(temporaryPath))
    , m_finalPath(std::move(finalPath))
{
}

Result<DurableFile> DurableFile::create(const QString& finalPath)
{
    const QString temporary = folderOf(finalPath) + u"/.tmp-"_s + QString::fromLatin1(randomToken().left(12));
    UniqueFd fd(
        open(QFile::encodeName(temporary).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.isValid())
        return posixError("create", errno, nameOf(finalPath));
    return DurableFile(std::move(fd), temporary, finalPath);
}

Result<DurableFile> DurableFile::createUnnamed(const QString& finalPath)
{
    UniqueFd fd(open(QFile::encodeName(folderOf(finalPath)).constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!fd.isValid())
        return create(finalPath); // not every file system has it
    const QString temporary = folderOf(finalPath) + u"/.tmp-"_s + QString::fromLatin1(randomToken().left(12));
    DurableFile file(std::move(fd), temporary, finalPath);
    file.m_unnamed = true;
    return file;
}

DurableFile::~DurableFile()
{
    if (m_fd.isValid() && !m_unnamed)
        unlink(QFile::encodeName(m_temporaryPath).constData());
}

Result<void> DurableFile::write(std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_fd.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return posixError("write", written < 0 ? errno : EIO, nameOf(m_finalPath));
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> DurableFile::write(QByteArrayView bytes)
{
    return write(std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size()))));
}

Result<void> DurableFile::commit()
{
    if (fsync(m_fd.get()) != 0)
        return posixError("fsync", errno, nameOf(m_finalPath));
    if (m_unnamed) {
        const QByteArray self = "/proc/self/fd/" + QByteArray::number(m_fd.get());
        if (linkat(
                AT_FDCWD, self.constData(), AT_FDCWD, QFile::encodeName(m_temporaryPath).constData(), AT_SYMLINK_FOLLOW)
            != 0)
            return posixError("link", errno, nameOf(m_finalPath));
        m_unnamed = false;
    }
    if (rename(QFile::encodeName(m_temporaryPath).constData(), QFile::encodeName(m_finalPath).constData()) != 0)
        return posixError("rename", errno, nameOf(m_finalPath));
    const int fd = m_fd.release();
    if (close(fd) != 0 && errno != EINTR)
        return posixError("close", errno, nameOf(m_finalPath));
    return syncFolder(folderOf(m_finalPath));
}

Result<void> writeFileDurably(const QString& path, QByteArrayView bytes)
{
    auto file = DurableFile::create(path);
    if (!file)
        return std::move(file).error();
    if (auto written = file->write(bytes); !written)
        return written;
    return file->commit();
}

Result<void> makeFolderDurably(const QString& path)
{
    const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    if (QFileInfo(absolute).isDir())
        return {};
    const QString parent = folderOf(absolute);
    if (parent != absolute) {
        if (auto made = makeFolderDurably(parent); !made)
            return made;
    }
    if (mkdir(QFile::encodeName(absolute).constData(), 0700) != 0) {
        const int problem = errno; // somebody may have made it meanwhile; a file of that name is in the way
        if (problem != EEXIST || !QFileInfo(absolute).isDir())
            return posixError("mkdir", problem, nameOf(absolute));
    }
    return syncFolder(parent);
}

Result<void> renameDurably(const QString& from, const QString& to)
{
    if (rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return posixError("rename", errno, nameOf(to));
    if (auto synced = syncFolder(folderOf(to)); !synced || folderOf(from) == folderOf(to))
        return synced;
    return syncFolder(folderOf(from));
}

Result<void> syncFolder(const QString& path)
{
    const UniqueFd fd(open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.isValid())
        return posixError("open folder", errno, nameOf(path));
    if (fsync(fd.get()) != 0)
        return posixError("fsync folder", errno, nameOf(path));
    return {};
}

void removeStaleTemporaries(const QString& folder)
{
    const QDir dir(folder);
    const QStringList names = dir.entryList({u".tmp-*"_s}, QDir::Files | QDir::Hidden | QDir::NoSymLinks);
    for (const QString& name : names)
        unlink(QFile::encodeName(dir.filePath(name)).constData());
}

Result<void> copyFileDurably(const QString& from, const QString& to)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return Error {source.exists() ? ErrorCode::Io : ErrorCode::NotFound, source.errorString(), "cannot_read"};
    auto target = DurableFile::create(to);
    if (!target)
        return std::move(target).error();
    QByteArray piece(1 << 20, Qt::Uninitialized);
    for (;;) {
        const qint64 got = source.read(piece.data(), piece.size());
        if (got < 0)
            return Error {ErrorCode::Io, source.errorString(), "cannot_read"};
        if (got == 0)
            return target->commit();
        if (auto written = target->write(QByteArrayView(piece.constData(), got)); !written)
            return written;
    }
}

Result<QByteArray> readFile(const QString& path, qint64 maxBytes)
{
    // A FIFO without a writer would hold open() for ever, and what is no file has no end to wait for.
    const UniqueFd fd(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd.isValid() && (errno == ENOENT || errno == ENOTDIR))
        return Error {ErrorCode::NotFound, u"there is no file \"%1\""_s.arg(nameOf(path)), "no_file"};
    if (!fd.isValid())
        return posixError("open", errno, nameOf(path));
    struct stat status {};
    if (fstat(fd.get(), &status) != 0)
        return posixError("stat", errno, nameOf(path));
    if (!S_ISREG(status.st_mode))
        return Error {ErrorCode::Invalid, u"%1 is not a file"_s.arg(nameOf(path)), "not_a_file"};
    QByteArray bytes;
    QByteArray piece(1 << 16, Qt::Uninitialized);
    for (;;) {
        const ssize_t got = read(fd.get(), piece.data(), static_cast<std::size_t>(piece.size()));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return posixError("read", errno, nameOf(path));
        if (got == 0)
            return bytes;
        bytes.append(piece.constData(), got);
        if (bytes.size() > maxBytes)
            return Error {
                ErrorCode::LimitExceeded, u"%1 is larger than %2 bytes"_s.arg(nameOf(path)).arg(maxBytes), "too_large"};
    }
}

} // namespace vidimus
