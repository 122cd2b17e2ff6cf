#include "core/workbench/rules_cache.h"

#include "core/rights/conflicts.h"
#include "core/workbench/rights_desk.h"

namespace vidimus::workbench {

RulesView::RulesView(rights::RuleSet ruleSet)
    : rules(std::move(ruleSet))
    , resolver(rules)
{
    for (const rights::Conflict& conflict : rights::findConflicts(rules).list)
        ++conflictsByTitle[conflict.title];
}

Result<std::shared_ptr<const RulesView>> RulesCache::view(Workspace& workspace)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_view)
            return m_view;
    }
    auto rules = loadRules(workspace);
    if (!rules)
        return std::move(rules).error();
    auto view = std::make_shared<const RulesView>(*std::move(rules));
    const std::lock_guard lock(m_mutex);
    m_view = view;
    return view;
}

void RulesCache::forget()
{
    const std::lock_guard lock(m_mutex);
    m_view.reset();
}

} // namespace vidimus::workbench
