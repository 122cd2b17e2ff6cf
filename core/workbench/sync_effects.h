#pragma once

#include "core/catalog/operation_sender.h"

namespace vidimus::workbench {

class Workspace;

/// Stores what the catalog's answer to an operation means for a publication: it is
/// accepted, refused or withdrawn; and tells the window. Repeating it changes nothing. Errors: Io.
[[nodiscard]] Result<void> applySyncEffect(
    Workspace& workspace, const catalog::Operation& operation, const catalog::SendOutcome& outcome);

} // namespace vidimus::workbench
