#include "core/catalog_server/object_folder.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/base/sha256.h"

#include <QDir>
#include <QFile>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

Result<UniqueFd> openPath(const QString& path, int flags)
{
    UniqueFd fd(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.isValid())
        return posixError("open", errno, u"object"_s);
    return fd;
}

} // namespace

bool isDigest(QByteArrayView text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

ObjectFolder::ObjectFolder(QString root)
    : m_root(std::move(root))
{
}

Result<ObjectFolder> ObjectFolder::open(const QString& root)
{
    for (const QString& name : {u"/objects"_s, u"/uploads"_s}) {
        if (auto made = makeFolderDurably(root + name); !made)
            return std::move(made).error();
    }
    return ObjectFolder(root);
}

QString ObjectFolder::objectPath(const QByteArray& sha256) const
{
    return m_root + u"/objects/"_s + QString::fromLatin1(sha256.first(2)) + u'/' + QString::fromLatin1(sha256);
}

QString ObjectFolder::uploadPath(const QString& id) const
{
    return m_root + u"/uploads/"_s + id;
}

Result<UniqueFd> ObjectFolder::read(const QByteArray& sha256) const
{
    if (!isDigest(sha256))
        return Error {ErrorCode::Invalid, u"not a digest"_s, "bad_digest"};
    return openPath(objectPath(sha256), O_RDONLY);
}

Result<void> ObjectFolder::createUpload(const QString& id) const
{
    auto fd = openPath(uploadPath(id), O_RDWR | O_CREAT | O_EXCL);
    if (!fd)
        return std::move(fd).error();
    return syncFolder(m_root + u"/uploads"_s);
}

Result<UniqueFd> ObjectFolder::openUpload(const QString& id) const
{
    return openPath(uploadPath(id), O_RDWR);
}

Result<qint64> ObjectFolder::uploadSize(const QString& id) const
{
    struct stat status {};
    if (stat(QFile::encodeName(uploadPath(id)).constData(), &status) != 0)
        return posixError("stat", errno, u"upload"_s);
    return static_cast<qint64>(status.st_size);
}

Result<Instant> ObjectFolder::uploadTouchedAt(const QString& id) const
{
    struct stat status {};
    if (stat(QFile::encodeName(uploadPath(id)).constData(), &status) != 0)
        return posixError("stat", errno, u"upload"_s);
    return Instant(Milliseconds(status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1'000'000));
}

std::vector<QString> ObjectFolder::uploads() const
{
    const QStringList names = QDir(m_root + u"/uploads"_s).entryList(QDir::Files | QDir::NoSymLinks);
    return {names.begin(), names.end()};
}

void ObjectFolder::removeUpload(const QString& id) const
{
    unlink(QFile::encodeName(uploadPath(id)).constData());
}

Result<void> ObjectFolder::finishUpload(const QString& id, const QByteArray& sha256) const
{
    auto fd = openUpload(id);
    if (!fd)
        return std::move(fd).error();
    const auto digest = sha256HexOfFile(fd->get());
    if (!digest)
        return digest.error();
    if (*digest != sha256)
        return Error {ErrorCode::Corrupt, u"the bytes are not what the digest says"_s, "wrong_digest"};
    if (fsync(fd->get()) != 0)
        return posixError("fsync", errno, u"upload"_s);
    if (auto made = makeFolderDurably(m_root + u"/objects/"_s + QString::fromLatin1(sha256.first(2))); !made)
        return made;
    return renameDurably(uploadPath(id), objectPath(sha256));
}

} // namespace vidimus::catalog_server
