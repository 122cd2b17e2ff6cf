#pragma once

#include "core/workbench/local_socket.h"

namespace vidimus::workbench {

class Workspace;

/// Lets the verbs of other commands run inside this program, which holds the workspace, by its socket. Those that name
/// no profile act as \a defaultProfile; empty: as whoever works here. \a workspace must outlive it. Errors: Io, Invalid
/// (the folder's path is too long for a socket).
[[nodiscard]] Result<std::unique_ptr<LocalServer>> serveVerbs(Workspace& workspace, const QString& defaultProfile = {});

/// A workspace that a command opened, which serves others for as long as the command works, and afterwards until those
/// who asked meanwhile are answered: that happens in the destructor. Cancelling \a cancel cancels them too.
class ServedWorkspace {
public:
    /// \a named: opened with a profile that was named, so who names none is somebody else. A workspace that cannot be
    /// served is only held.
    ServedWorkspace(std::unique_ptr<Workspace> workspace, bool named, CancelToken cancel);
    ~ServedWorkspace();
    ServedWorkspace(const ServedWorkspace&) = delete;
    ServedWorkspace& operator=(const ServedWorkspace&) = delete;

    [[nodiscard]] Workspace& workspace() { return *m_workspace; }

private:
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<LocalServer> m_server; ///< ends before the workspace
    CancelToken m_cancel;
};

/// Who holds the lock of the workspace in \a folder, for a sentence: "\"vidimus jobs run\" (process 12)"; empty when
/// that is not known.
[[nodiscard]] QString holderOf(const QString& folder);

/// What somebody has to know who waited for that workspace. Conflict, reason "locked".
[[nodiscard]] Error heldByAnother(const QString& folder);

} // namespace vidimus::workbench
