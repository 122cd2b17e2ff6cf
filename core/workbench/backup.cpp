#include "core/store/backup.h"

#include "core/base/durable_file.h"
#include "core/base/posix_error.h"
#include "core/base/sha256.h"
#include "core/store/workspace_store.h"
#include "core/workbench/open_input.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QDir>
#include <QFile>
#include <cerrno>
#include <unistd.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

Result<void> copyBytes(const QString& from, const QString& to, const QByteArray& sha256, const CancelToken& cancel)
{
    const auto input = openInput(from);
    if (!input)
        return input.error();
    auto file = DurableFile::create(to);
    if (!file)
        return std::move(file).error();
    Sha256 hash;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    off_t position = 0;
    for (;;) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"cancelled"_s, "canceled"};
        const ssize_t got = pread(input->get(), piece.data(), static_cast<std::size_t>(piece.size()), position);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return posixError("read", errno);
        if (got == 0)
            break;
        hash.add(QByteArrayView(piece.constData(), got));
        if (auto written = file->write(QByteArrayView(piece.constData(), got)); !written)
            return written;
        position += got;
    }
    if (!sha256.isEmpty() && hash.finish().toHex() != sha256)
        return Error {ErrorCode::Corrupt, u"\"%1\" is not what its name says"_s.arg(QString::fromLatin1(sha256)),
            "original_damaged"};
    return file->commit();
}

/// Originals are named by their hash and never change, so what is there already need not be copied again.
Result<qint64> copyOriginals(
    const QString& from, const QString& to, const CancelToken& cancel, const ProgressSink& progress)
{
    if (auto made = makeFolderDurably(to); !made)
        return std::move(made).error();
    const QFileInfoList files = QDir(from).entryInfoList(QDir::Files | QDir::NoSymLinks);
    qint64 bytes = 0;
    double done = 0;
    for (const QFileInfo& file : files) {
        const QString target = to + u'/' + file.fileName();
        if (!QFile::exists(target)) {
            if (auto copied = copyBytes(file.absoluteFilePath(), target, file.fileName().toLatin1(), cancel); !copied)
                return std::move(copied).error();
        }
        bytes += file.size();
        if (progress)
            progress({++done, static_cast<double>(files.size())});
    }
    return bytes;
}

/// The one manifest in a backup folder.
Result<QString> manifestIn(const QString& folder)
{
    const QDir dir(folder);
    const QStringList names = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    if (names.isEmpty())
        return Error {ErrorCode::NotFound, u"there is no backup in this folder"_s, "no_backup"};
    return dir.filePath(names.last());
}

Result<void> copyKeys(const QString& from, const QString& to, const CancelToken& cancel)
{
    if (auto made = makeFolderDurably(to); !made)
        return made;
    for (const QFileInfo& file : QDir(from).entryInfoList(QDir::Files | QDir::NoSymLinks)) {
        if (auto copied = copyBytes(file.absoluteFilePath(), to + u'/' + file.fileName(), {}, cancel); !copied)
            return copied;
    }
    return {};
}

} // namespace

Result<BackupResult> backupWorkspace(
    Workspace& workspace, const QString& folder, const CancelToken& cancel, const ProgressSink& progress)
{
    const WorkspacePaths& paths = workspace.paths();
    if (QDir(folder).exists() && QDir(folder).canonicalPath().startsWith(QDir(paths.root).canonicalPath() + u'/')
        && !QDir(folder).canonicalPath().startsWith(QDir(paths.backups()).canonicalPath()))
        return Error {ErrorCode::Invalid, u"a backup cannot lie inside what it copies"_s, "backup_inside"};
    if (auto made = makeFolderDurably(folder); !made)
        return std::move(made).error();
    auto originals = copyOriginals(paths.media(), folder + u"/media"_s, cancel, progress);
    if (!originals)
        return std::move(originals).error();
    const QString keys = store::WorkspaceStore::keysPathIn(paths.root);
    if (auto copied = copyKeys(keys, folder + u"/keys"_s, cancel); !copied)
        return std::move(copied).error();
    const auto manifest = store::backup(workspace.store(), folder);
    if (!manifest)
        return manifest.error();
    return BackupResult {.path = folder,
        .bytes = manifest->bytes + *originals,
        .sha256 = manifest->sha256,
        .auditEntries = manifest->entries};
}

Result<BackupResult> restoreWorkspace(
    const QString& folder, const QString& workspaceFolder, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto manifestPath = manifestIn(folder);
    if (!manifestPath)
        return manifestPath.error();
    const auto manifest = store::verifyBackup(*manifestPath);
    if (!manifest)
        return manifest.error();
    const WorkspacePaths paths {workspaceFolder};
    if (auto made = makeWorkspaceFolders(paths); !made)
        return std::move(made).error();
    // Held from here on: a workspace in use is not touched, not even by originals that it would come to know.
    auto lease = sql::HandleLease::take(store::WorkspaceStore::databasePathIn(workspaceFolder));
    if (!lease)
        return std::move(lease).error();
    auto originals = copyOriginals(folder + u"/media"_s, paths.media(), cancel, progress);
    if (!originals)
        return std::move(originals).error();
    if (const auto replaced = store::restore(*manifestPath, workspaceFolder, SystemClock::read(), *std::move(lease));
        !replaced)
        return replaced.error();
    if (auto copied = copyKeys(folder + u"/keys"_s, store::WorkspaceStore::keysPathIn(workspaceFolder), cancel);
        !copied)
        return std::move(copied).error();
    return BackupResult {.path = workspaceFolder,
        .bytes = manifest->bytes + *originals,
        .sha256 = manifest->sha256,
        .auditEntries = manifest->entries};
}

} // namespace vidimus::workbench
