#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

namespace vidimus::workbench {

class Workspace;

/// Lets a decision leave at once instead of after its undo window; undoing it later sends a compensating one.
/// Idempotent. Errors: NotFound (it has left already), Denied, Io.
[[nodiscard]] Result<void> sendDecisionNow(Workspace& workspace, const DecisionId& id);

} // namespace vidimus::workbench
