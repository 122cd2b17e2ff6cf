#pragma once

#include "core/base/result.h"
#include "core/rights/rule_set.h"

namespace vidimus::store {
class UnitOfWork;
}

namespace vidimus::workbench {

struct RightsPlan;

/// All rules of the workspace. Errors: Io, Corrupt.
[[nodiscard]] Result<rights::RuleSet> storedRules(const store::UnitOfWork& unit);

/// The part of them that a plan can touch: the context, every rule of the titles whose windows it puts, removes or has
/// seen, those titles with all above them, and the deals of all these. It is valid after the plan when the whole set
/// is, if it was before, so that saving one window does not read three hundred thousand titles. The whole set where the
/// plan moves a title to another parent, because that lengthens the way of all below, or changes a deal that stands,
/// because any title may have windows of it. Errors: Io, Corrupt.
[[nodiscard]] Result<rights::RuleSet> storedRulesAround(const store::UnitOfWork& unit, const RightsPlan& plan);

} // namespace vidimus::workbench
