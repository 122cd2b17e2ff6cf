#pragma once

#include "core/rights/effect.h"
#include "core/rights/issue.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/rights_import.h"

namespace vidimus::workbench {

/// What saving a plan would change for whom, by the compiled answers of the stored and the planned rules. Nothing is
/// saved. Errors: Invalid (the plan does not hold, with the place), Io, Corrupt, Canceled.
[[nodiscard]] Result<rights::Effects> rightsEffect(Workspace& workspace, const RightsPlan& plan,
    rights::Question question = rights::Question::Playable, const CancelToken& cancel = {});

/// A plan from a file: JSON of edits (rights::ruleEditFromJson, or one conflict with its fix), else a licensor's list
/// as `rights import` reads it. Errors: those of readLicensorFile(); Invalid.
[[nodiscard]] Result<RightsPlan> readPlanFile(Workspace& workspace, const RightsImport& file);

/// The stored rules as they would be after the plan, not yet validated. Pure.
[[nodiscard]] rights::RuleSet plannedRules(const RightsPlan& plan, rights::RuleSet stored);
[[nodiscard]] RightsPlan planOf(const rights::RuleEdit& edit);

} // namespace vidimus::workbench
