#pragma once

#include "core/catalog/operation_sender.h"

namespace vidimus::workbench {

class Workspace;

/// Stores what the catalog's answer to an operation means for a publication: it is
/// accepted, refused or withdrawn; and tells the window. \a baseUrl is the catalog's
/// address. Repeating it changes nothing. Errors: Io, Corrupt.
[[nodiscard]] Result<void> applySyncEffect(Workspace& workspace, const catalog::Operation& operation,
    const catalog::SendOutcome& outcome, const QByteArray& baseUrl);

} // namespace vidimus::workbench
