#include "ui/rights/staged_plan.h"

#include "ui/rights/plan_rows.h"
#include "ui/rights/rule_fields.h"

#include <algorithm>
#include <iterator>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMaxUndo = 200;

/// \a base with edits put over those of the same id, the others behind.
template<class Id, class T>
std::vector<T> withEdits(std::vector<T> list, std::map<Id, T> edits)
{
    for (T& item : list) {
        if (const auto edit = edits.find(item.id); edit != edits.end()) {
            item = std::move(edit->second);
            edits.erase(edit);
        }
    }
    for (auto& [id, item] : edits)
        list.push_back(std::move(item));
    return list;
}

} // namespace

StagedPlan::StagedPlan()
    : m_base(std::make_shared<engine::RuleSet>())
{
}

void StagedPlan::setBase(std::shared_ptr<const engine::RuleSet> base)
{
    m_base = std::move(base);
    m_index.clear();
    for (std::size_t i = 0; i < m_base->rules.size(); ++i)
        m_index.emplace(m_base->rules[i].id, i);
    prune();
}

void StagedPlan::followBase()
{
    for (auto& [id, seen] : m_edits.seen) {
        const auto edit = m_edits.rules.find(id);
        const engine::Rule* theirs = saved(id);
        if (theirs && edit != m_edits.rules.end() && edit->second && *theirs != seen)
            followTheirs(seen, *edit->second, *theirs);
    }
}

bool StagedPlan::hasClashes() const
{
    return std::ranges::any_of(m_edits.seen, [this](const auto& seen) {
        const engine::Rule* theirs = saved(seen.first);
        return !theirs || *theirs != seen.second;
    });
}

std::vector<Clash> StagedPlan::clashes() const
{
    std::vector<Clash> list;
    for (const auto& [id, seen] : m_edits.seen) {
        if (const auto edit = m_edits.rules.find(id); edit != m_edits.rules.end())
            std::ranges::move(clashesOf(seen, edit->second, saved(id)), std::back_inserter(list));
    }
    return list;
}

void StagedPlan::choose(const WindowId& window, int field, Side side)
{
    Edits next = m_edits;
    const auto edit = next.rules.find(window);
    const auto seen = next.seen.find(window);
    const engine::Rule* theirs = saved(window);
    if (edit == next.rules.end() || seen == next.seen.end() || field >= std::ssize(ruleFields()))
        return;
    if (field != kWholeWindow && theirs && edit->second)
        chooseField(seen->second, *edit->second, *theirs, field, side);
    else if (side == Side::Theirs)
        next.rules.erase(edit); // as they left it
    else if (theirs)
        seen->second = *theirs; // still to be removed
    else
        next.seen.erase(seen); // it is added anew
    push(std::move(next));
}

void StagedPlan::prune()
{
    followBase();
    std::erase_if(m_edits.rules, [this](const auto& edit) {
        const engine::Rule* standing = saved(edit.first);
        return edit.second ? standing && *standing == *edit.second : !standing;
    });
    std::erase_if(m_edits.seen, [this](const auto& seen) { return !m_edits.rules.contains(seen.first); });
    const auto same
        = [](const auto& list, const auto& edit) { return std::ranges::find(list, edit.second) != list.end(); };
    std::erase_if(m_edits.deals, [&](const auto& edit) { return same(m_base->deals, edit); });
    std::erase_if(m_edits.titles, [&](const auto& edit) { return same(m_base->titles, edit); });
}

void StagedPlan::push(Edits next)
{
    const Edits before = std::exchange(m_edits, std::move(next));
    prune();
    if (before == m_edits)
        return;
    m_undo.push_back(before);
    if (m_undo.size() > kMaxUndo)
        m_undo.erase(m_undo.begin());
    m_redo.clear();
}

void StagedPlan::stage(const std::vector<engine::Rule>& put, const std::vector<WindowId>& remove,
    const std::vector<engine::Deal>& deals, const std::vector<engine::Title>& titles)
{
    Edits next = m_edits;
    const auto see = [&](const WindowId& id) {
        if (const engine::Rule* standing = saved(id))
            next.seen.try_emplace(id, *standing);
    };
    for (const engine::Rule& rule : put) {
        see(rule.id);
        next.rules[rule.id] = rule;
    }
    for (const WindowId& id : remove) {
        see(id);
        next.rules[id] = std::nullopt;
    }
    for (const engine::Deal& deal : deals)
        next.deals[deal.id] = deal;
    for (const engine::Title& title : titles)
        next.titles[title.id] = title;
    push(std::move(next));
}

void StagedPlan::take(const workbench::RightsPlan& plan)
{
    Edits next = m_edits;
    for (const engine::Rule& rule : plan.put)
        next.rules[rule.id] = rule;
    for (const WindowId& id : plan.remove)
        next.rules[id] = std::nullopt;
    for (const engine::Rule& rule : plan.seen)
        next.seen.insert_or_assign(rule.id, rule);
    for (const engine::Deal& deal : plan.deals)
        next.deals[deal.id] = deal;
    for (const engine::Title& title : plan.titles)
        next.titles[title.id] = title;
    push(std::move(next));
}

void StagedPlan::unstage(const WindowId& window)
{
    Edits next = m_edits;
    next.rules.erase(window);
    push(std::move(next));
}

void StagedPlan::drop()
{
    push({});
}

bool StagedPlan::undo()
{
    if (m_undo.empty())
        return false;
    m_redo.push_back(std::exchange(m_edits, m_undo.back()));
    m_undo.pop_back();
    prune();
    return true;
}

bool StagedPlan::redo()
{
    if (m_redo.empty())
        return false;
    m_undo.push_back(std::exchange(m_edits, m_redo.back()));
    m_redo.pop_back();
    prune();
    return true;
}

void StagedPlan::clear()
{
    m_edits = {};
    m_undo.clear();
    m_redo.clear();
}

bool StagedPlan::isEmpty() const
{
    return count() == 0;
}

int StagedPlan::count() const
{
    return static_cast<int>(m_edits.rules.size() + m_edits.deals.size() + m_edits.titles.size());
}

bool StagedPlan::isRemoved(const WindowId& window) const
{
    const auto found = m_edits.rules.find(window);
    return found != m_edits.rules.end() && !found->second;
}

const engine::Rule* StagedPlan::saved(const WindowId& window) const
{
    const auto found = m_index.find(window);
    return found == m_index.end() ? nullptr : &m_base->rules[found->second];
}

const engine::Rule* StagedPlan::find(const WindowId& window) const
{
    const auto found = m_edits.rules.find(window);
    return found != m_edits.rules.end() && found->second ? &*found->second : saved(window);
}

std::vector<const engine::Rule*> StagedPlan::added() const
{
    std::vector<const engine::Rule*> rules;
    for (const auto& [id, rule] : m_edits.rules) {
        if (rule && !saved(id))
            rules.push_back(&*rule);
    }
    return rules;
}

engine::RuleSet StagedPlan::planned() const
{
    engine::RuleSet rules = *m_base;
    std::erase_if(rules.rules, [this](const engine::Rule& rule) { return isRemoved(rule.id); });
    for (engine::Rule& rule : rules.rules) {
        if (const auto edit = m_edits.rules.find(rule.id); edit != m_edits.rules.end())
            rule = *edit->second;
    }
    for (const engine::Rule* rule : added())
        rules.rules.push_back(*rule);
    rules.deals = deals();
    rules.titles = titles();
    return rules;
}

std::vector<engine::Deal> StagedPlan::deals() const
{
    return withEdits(m_base->deals, m_edits.deals);
}

std::vector<engine::Title> StagedPlan::titles() const
{
    return withEdits(m_base->titles, m_edits.titles);
}

workbench::RightsPlan StagedPlan::toPlan(const QString& why) const
{
    workbench::RightsPlan plan;
    plan.why = why;
    for (const auto& [id, rule] : m_edits.rules) {
        if (rule)
            plan.put.push_back(*rule);
        else
            plan.remove.push_back(id);
    }
    for (const auto& [id, rule] : m_edits.seen)
        plan.seen.push_back(rule);
    for (const auto& [id, deal] : m_edits.deals)
        plan.deals.push_back(deal);
    for (const auto& [id, title] : m_edits.titles)
        plan.titles.push_back(title);
    return plan;
}

std::vector<PlanRow> StagedPlan::rows() const
{
    std::vector<PlanRow> rows;
    for (const auto& [id, title] : m_edits.titles)
        rows.push_back(titleRow(title));
    for (const auto& [id, deal] : m_edits.deals)
        rows.push_back(dealRow(deal));
    for (const auto& [id, rule] : m_edits.rules)
        addRuleRows(saved(id), rule ? &*rule : nullptr, rows);
    return rows;
}

} // namespace vidimus::ui::rights
