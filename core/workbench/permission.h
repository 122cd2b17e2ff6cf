#pragma once

#include "core/moderation/role.h"

namespace vidimus::workbench {

class Workspace;

/// Whether this person may. A refused attempt leaves a "denied" entry in the audit log that names \a action and
/// \a subject ("asset:ID"). Not to be called from inside a store's transaction. Errors: Denied, Io, DiskFull.
[[nodiscard]] Result<void> requirePermission(Workspace& workspace, moderation::Action action, const QString& subject);

/// Puts an attempt on record that was refused elsewhere, when \a error is Denied; gives \a error back.
[[nodiscard]] Error noteDenied(Workspace& workspace, const Error& error, const QString& action, const QString& subject);

} // namespace vidimus::workbench
