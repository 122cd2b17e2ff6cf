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
    for (std::size_t i = 0; i < rules.titles.size(); ++i)
        m_titles.emplace(rules.titles[i].id, i);
    for (std::size_t i = 0; i < rules.rules.size(); ++i)
        m_rules[rules.rules[i].scope].push_back(i);
}

const rights::Title* RulesView::findTitle(const TitleId& id) const
{
    const auto found = m_titles.find(id);
    return found == m_titles.end() ? nullptr : &rules.titles[found->second];
}

std::span<const std::size_t> RulesView::rulesOf(const TitleId& title) const
{
    const auto found = m_rules.find(title);
    return found == m_rules.end() ? std::span<const std::size_t>() : std::span(found->second);
}

std::size_t RulesView::placeAfter(const TitleId& id) const
{
    const auto found = m_titles.find(id);
    return found == m_titles.end() ? 0 : found->second + 1;
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
