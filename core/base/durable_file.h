#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QByteArray>
#include <QString>
#include <cstddef>
#include <span>

namespace vidimus {

/// A file that is either wholly there under its final name, and on the disk, or not there at all. The order is: data,
/// fsync the file, rename, fsync the folder; every error is an error (QSaveFile hides a failed sync and never syncs the
/// folder). The temporary name is in the same folder, begins with ".tmp-" and is removed by the destructor.
/// One thread at a time.
class DurableFile {
public:
    /// Errors: Io, DiskFull, Denied, NotFound (the folder does not exist).
    [[nodiscard]] static Result<DurableFile> create(const QString& finalPath);
    /// The same for what takes long to write: until commit() the file has no name where the file system can do that, so
    /// that not even a killed process leaves anything behind.
    [[nodiscard]] static Result<DurableFile> createUnnamed(const QString& finalPath);
    DurableFile(DurableFile&&) noexcept = default;
    DurableFile& operator=(DurableFile&&) noexcept = delete;
    ~DurableFile();

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes);
    [[nodiscard]] Result<void> write(QByteArrayView bytes);
    /// Syncs and gives the file its final name, replacing what stood there.
    [[nodiscard]] Result<void> commit();

private:
    DurableFile(UniqueFd fd, QString temporaryPath, QString finalPath);

    bool m_unnamed = false;
    UniqueFd m_fd;
    QString m_temporaryPath;
    QString m_finalPath;
};

/// DurableFile in one call.
[[nodiscard]] Result<void> writeFileDurably(const QString& path, QByteArrayView bytes);
/// Makes \a path and its missing parents, syncing each parent. Errors: Io, DiskFull, Denied.
[[nodiscard]] Result<void> makeFolderDurably(const QString& path);
/// Copies bytes, syncs and gives the copy its name. Errors: Io, DiskFull, Denied, NotFound.
[[nodiscard]] Result<void> copyFileDurably(const QString& from, const QString& to);
/// Renames within one file system and syncs both folders.
[[nodiscard]] Result<void> renameDurably(const QString& from, const QString& to);
[[nodiscard]] Result<void> syncFolder(const QString& path);
/// Removes ".tmp-" files left in \a folder by a process that was killed. Not recursive.
void removeStaleTemporaries(const QString& folder);
/// Reads a whole file of at most \a maxBytes. Errors: NotFound, Io, Denied, LimitExceeded, Invalid (reason
/// "not_a_file": a FIFO, device or socket, which is not waited for).
[[nodiscard]] Result<QByteArray> readFile(const QString& path, qint64 maxBytes);

} // namespace vidimus
