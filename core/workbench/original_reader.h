#pragma once

#include "core/base/sha256.h"
#include "core/base/unique_fd.h"
#include "core/store/scrub_repository.h"
#include "core/workbench/workspace_paths.h"

namespace vidimus::workbench {

/// Reads one original back piece by piece and holds it against the hash it was ingested by. Reads the disk and not what
/// the system still remembers of it, and leaves nothing behind in its cache. One thread at a time.
class OriginalReader {
public:
    /// Errors: NotFound (reasons "original_missing", "original_changed": it lost or gained bytes), Denied, Io.
    [[nodiscard]] static Result<OriginalReader> open(
        const WorkspacePaths& paths, const store::StoredOriginal& original);

    /// Reads on for at most \a bytes; whether that was the end, and all is as it was ingested. Errors: Corrupt (reasons
    /// "original_damaged"; "original_unreadable": the disk does not give it back).
    [[nodiscard]] Result<bool> readOn(qint64 bytes);
    [[nodiscard]] qint64 position() const { return m_position; }

private:
    OriginalReader(UniqueFd file, store::StoredOriginal original);
    [[nodiscard]] Error damage(const char* reason, const QString& what) const;

    UniqueFd m_file;
    store::StoredOriginal m_original;
    Sha256 m_hash;
    QByteArray m_piece;
    qint64 m_position = 0;
};

} // namespace vidimus::workbench
