#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QString>
#include <vector>

namespace vidimus::catalog_server {

/// Files by content: "objects/ab/abcd…" for whole ones, "uploads/<id>" for those still coming in. Names are made here,
/// never taken from a user. Any thread; one thread at a time for one upload.
class ObjectFolder {
public:
    /// \a root is made when missing. Errors: Io, Denied.
    [[nodiscard]] static Result<ObjectFolder> open(const QString& root);

    /// For reading. Errors: NotFound, Io; Invalid when it is no digest.
    [[nodiscard]] Result<UniqueFd> read(const QByteArray& sha256) const;

    [[nodiscard]] Result<void> createUpload(const QString& id) const;
    /// For appending and reading back. Errors: NotFound.
    [[nodiscard]] Result<UniqueFd> openUpload(const QString& id) const;
    [[nodiscard]] Result<qint64> uploadSize(const QString& id) const;
    /// When its last byte came. Errors: NotFound.
    [[nodiscard]] Result<Instant> uploadTouchedAt(const QString& id) const;
    [[nodiscard]] std::vector<QString> uploads() const; ///< ids of all that have a file
    void removeUpload(const QString& id) const;
    /// Hashes the upload; when it is \a sha256 it becomes the object, synced and in place when this returns.
    /// Errors: Corrupt (reason "wrong_digest"), Io, DiskFull.
    [[nodiscard]] Result<void> finishUpload(const QString& id, const QByteArray& sha256) const;

private:
    explicit ObjectFolder(QString root);
    [[nodiscard]] QString objectPath(const QByteArray& sha256) const;
    [[nodiscard]] QString uploadPath(const QString& id) const;

    QString m_root;
};

/// 64 lower-case hexadecimal digits.
[[nodiscard]] bool isDigest(QByteArrayView text);

} // namespace vidimus::catalog_server
