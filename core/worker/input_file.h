#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QtGlobal>
#include <compare>

namespace vidimus::worker {

/// Which bytes a descriptor stands for, as far as the file system can tell.
struct FileIdentity {
    quint64 device = 0;
    quint64 inode = 0;
    qint64 bytes = 0;
    qint64 changedNanoseconds = 0;

    friend auto operator<=>(const FileIdentity&, const FileIdentity&) = default;
};

/// An input that is handed to a worker: opened anew, for reading only, with a position of its own. A value with one
/// owner.
class InputFile {
public:
    /// Errors: Invalid "not_a_file" for a folder, pipe or device; Denied, Io.
    [[nodiscard]] static Result<InputFile> reopen(int fd);

    [[nodiscard]] int fd() const { return m_fd.get(); }
    [[nodiscard]] const FileIdentity& identity() const { return m_identity; }

private:
    InputFile(UniqueFd fd, const FileIdentity& identity);

    UniqueFd m_fd;
    FileIdentity m_identity;
};

} // namespace vidimus::worker
