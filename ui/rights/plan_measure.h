#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/rights/effect.h"
#include "core/rights/issue.h"
#include "core/rights/resolver.h"
#include "core/workbench/rules_cache.h"
#include "ui/rights/engine.h"
#include "ui/rights/expiries.h"
#include "ui/rights/live_at.h"

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::rights {

/// What the plan would do, worked out beside the window.
struct PlanMeasure {
    engine::Conflicts now; ///< of the saved rules
    engine::Conflicts after; ///< of the planned rules
    engine::Effects effects;
    std::shared_ptr<const engine::RuleSet> rules; ///< the planned rules; shared with tasks
    std::shared_ptr<const engine::Resolver> resolver; ///< of the planned rules
    std::shared_ptr<const LiveQuestions> questions; ///< about the titles shown; shared with tasks
    std::vector<Instant> changes; ///< instants at which an answer can change, of the titles shown
    Expiries expiries;
    engine::Issues issues; ///< of the planned rules, with what would settle each
};

/// \a planned: the rules if the plan is saved; null: nothing is staged. \a shown: the titles whose instants of change
/// are wanted; empty: all. Any thread. Errors: Canceled, LimitExceeded.
[[nodiscard]] Result<PlanMeasure> measurePlan(workbench::Workspace& workspace,
    const std::shared_ptr<const workbench::RulesView>& view, std::shared_ptr<const engine::RuleSet> planned,
    const std::vector<TitleId>& shown, Instant now, const CancelToken& cancel);

} // namespace vidimus::ui::rights
