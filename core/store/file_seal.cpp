#include "core/store/file_seal.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/base/sha256.h"

#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

QString sealPath(const QString& databasePath)
{
    return databasePath + u".seal"_s;
}

Result<QByteArray> hashOf(const QString& path)
{
    const UniqueFd file(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return posixError("open", errno, QFileInfo(path).fileName());
    return sha256HexOfFile(file.get());
}

} // namespace

Result<SealState> checkSeal(const QString& databasePath)
{
    const auto seal = readFile(sealPath(databasePath), 128);
    if (!seal) {
        if (seal.error().code == ErrorCode::NotFound)
            return SealState::None;
        return seal.error();
    }
    const auto hash = hashOf(databasePath);
    if (!hash)
        return hash.error();
    return *hash == seal->trimmed() ? SealState::Matches : SealState::Broken;
}

Result<void> sealFile(const QString& databasePath)
{
    const auto hash = hashOf(databasePath);
    if (!hash)
        return hash.error();
    return writeFileDurably(sealPath(databasePath), *hash + '\n');
}

Result<void> removeSeal(const QString& databasePath)
{
    if (unlink(QFile::encodeName(sealPath(databasePath)).constData()) != 0) {
        if (errno == ENOENT)
            return {};
        return posixError("remove the seal", errno);
    }
    return syncFolder(QFileInfo(databasePath).absolutePath());
}

} // namespace vidimus::store
