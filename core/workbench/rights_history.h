#pragma once

#include "core/base/cancel.h"
#include "core/rights/rule_set.h"

namespace vidimus::workbench {

class Workspace;

/// One entry of the audit log as it concerns one window.
struct WindowChange {
    WindowId window;
    Instant at {};
    QString person; ///< name where it is known, else the id
    QString why; ///< as the plan said: "plan", the name of an imported file
    std::optional<rights::Rule> before; ///< nothing: the window was added
    std::optional<rights::Rule> after; ///< nothing: it was removed
};

inline constexpr int kMaxHistoryEntries = 2000; ///< entries of the log that are looked at, newest first

/// Who changed a window when, with what stood before and after; newest first. Errors: Io, Corrupt, Canceled.
[[nodiscard]] Result<std::vector<WindowChange>> windowHistory(
    Workspace& workspace, const WindowId& window, const CancelToken& cancel = {});
/// The same of all windows that a title has or had, those that are gone too; newest first. Errors: those of
/// windowHistory().
[[nodiscard]] Result<std::vector<WindowChange>> titleHistory(
    Workspace& workspace, const TitleId& title, const CancelToken& cancel = {});

} // namespace vidimus::workbench
