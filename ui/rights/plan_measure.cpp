#include "ui/rights/plan_measure.h"

#include "core/workbench/rights_issues.h"

namespace vidimus::ui::rights {

Result<PlanMeasure> measurePlan(workbench::Workspace& workspace,
    const std::shared_ptr<const workbench::RulesView>& view, std::shared_ptr<const engine::RuleSet> planned,
    const std::vector<TitleId>& shown, Instant now, const CancelToken& cancel)
{
    PlanMeasure measure;
    // Both keep the whole view alive as long as its rules are read.
    measure.rules = planned ? planned : std::shared_ptr<const engine::RuleSet>(view, &view->rules);
    measure.resolver = planned ? std::make_shared<const engine::Resolver>(*planned)
                               : std::shared_ptr<const engine::Resolver>(view, &view->resolver);
    measure.now = engine::findConflicts(view->rules, cancel);
    measure.after = planned ? engine::findConflicts(*planned, cancel) : measure.now;
    if (planned) {
        auto effects = engine::effectOf(view->resolver, *measure.resolver, now, cancel);
        if (!effects)
            return std::move(effects).error();
        measure.effects = *std::move(effects);
    }
    measure.questions = std::make_shared<const LiveQuestions>(liveQuestions(*measure.rules, shown));
    measure.changes = changeInstants(*measure.questions);
    measure.expiries = countExpiries(*measure.rules, now);
    if (auto issues = workbench::rightsIssuesOf(workspace, *measure.rules, cancel))
        measure.issues = *std::move(issues);
    return measure;
}

} // namespace vidimus::ui::rights
