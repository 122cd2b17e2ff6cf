#pragma once

#include "core/rights/issue.h"
#include "core/workbench/rights_desk.h"

namespace vidimus::workbench {

/// Every conflict and all advice about the stored rules, each with a fix that can be staged; what has been ingested
/// counts as material. Errors: Io, Corrupt, Canceled.
[[nodiscard]] Result<rights::Issues> rightsIssues(Workspace& workspace, const CancelToken& cancel = {});
/// The same about rules that are not saved yet.
[[nodiscard]] Result<rights::Issues> rightsIssuesOf(
    Workspace& workspace, const rights::RuleSet& planned, const CancelToken& cancel = {});

} // namespace vidimus::workbench
