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

Result<UniqueFd> openFile(const QString& path)
{
    UniqueFd file(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return posixError("open", errno, QFileInfo(path).fileName());
    return file;
}

} // namespace

Result<SealState> checkSeal(const QString& databasePath)
{
    const auto file = openFile(databasePath);
    return file ? checkSeal(databasePath, file->get(), {}) : Result<SealState>(file.error());
}

Result<SealState> checkSeal(const QString& databasePath, int database, const CancelToken& cancel)
{
    const auto seal = readFile(sealPath(databasePath), 128);
    if (!seal) {
        if (seal.error().code == ErrorCode::NotFound)
            return SealState::None;
        return seal.error();
    }
    const auto hash = sha256HexOfFile(database, cancel);
    if (!hash)
        return hash.error();
    return *hash == seal->trimmed() ? SealState::Matches : SealState::Broken;
}

Result<void> sealFile(const QString& databasePath)
{
    const auto file = openFile(databasePath);
    if (!file)
        return file.error();
    const auto hash = sha256HexOfFile(file->get());
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
