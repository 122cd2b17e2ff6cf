#pragma once

#include "core/base/result.h"

#include <QString>

namespace vidimus::workbench {

/// Where things are in a workspace folder. Pure.
struct WorkspacePaths {
    QString root; ///< absolute

    [[nodiscard]] QString studioSocket() const { return root + QStringLiteral("/studio.sock"); }
    [[nodiscard]] QString catalogSocket() const { return root + QStringLiteral("/catalog.sock"); }
    [[nodiscard]] QString catalogData() const { return root + QStringLiteral("/catalog"); }
    [[nodiscard]] QString media() const { return root + QStringLiteral("/media"); }
    /// The original's bytes, by their SHA-256 in hex.
    [[nodiscard]] QString original(const QByteArray& sha256) const;
    [[nodiscard]] QString renditions() const { return root + QStringLiteral("/renditions"); }
    [[nodiscard]] QString renditionsOf(const QByteArray& sha256, const QString& ladder) const;
    [[nodiscard]] QString cache() const { return root + QStringLiteral("/cache"); }
    [[nodiscard]] QString thumbnail(const QByteArray& sha256) const;
    /// The hash index; can be made again from the database.
    [[nodiscard]] QString matching() const { return root + QStringLiteral("/matching"); }
    [[nodiscard]] QString backups() const { return root + QStringLiteral("/backups"); }
};

/// The folder to use when none is named: $VIDIMUS_WORKSPACE, else "vidimus" in the user's data folder (XDG).
[[nodiscard]] QString defaultWorkspaceFolder();
/// Makes the folder and those inside it. Errors: Io, DiskFull, Denied.
[[nodiscard]] Result<void> makeWorkspaceFolders(const WorkspacePaths& paths);

} // namespace vidimus::workbench
