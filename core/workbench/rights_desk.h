#pragma once

#include "core/rights/conflicts.h"
#include "core/rights/explain.h"
#include "core/rights/query.h"
#include "core/rights/rule_set.h"

namespace vidimus::workbench {

class Workspace;

/// All rules of the workspace. Errors: Io, Corrupt.
[[nodiscard]] Result<rights::RuleSet> loadRules(Workspace& workspace);

/// An edit of rules: what to add or replace, and what to remove. Applied as a whole or not at all.
struct RightsPlan {
    std::vector<rights::Rule> put;
    std::vector<WindowId> remove;
    std::vector<rights::Title> titles;
    std::vector<rights::Deal> deals;
    std::vector<rights::Rule> seen; ///< rules as the person saw them; when one stands otherwise now the plan is stale
    QString why; ///< for the audit log
    PersonId draftedBy; ///< who made it, when another person saves it; empty: who saves it
};
/// Saves the plan: rows, one outbox operation per title that changed, audit. Errors: Denied (reason
/// "second_person_needed": a deal in it demands one, see rights_drafts.h), Invalid with the place, Conflict (reason
/// "stale_plan": a rule was changed meanwhile), Io, DiskFull.
[[nodiscard]] Result<void> applyRightsPlan(Workspace& workspace, const RightsPlan& plan);

[[nodiscard]] Result<rights::Explanation> explainRights(Workspace& workspace, const rights::Query& query);
/// The conflicts alone; rights_issues.h has them with advice and fixes.
[[nodiscard]] Result<rights::Conflicts> rightsConflicts(Workspace& workspace);

} // namespace vidimus::workbench
