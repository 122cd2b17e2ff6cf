#include "ui/rights/grid_rows.h"

#include <QCollator>
#include <QHash>

namespace vidimus::ui::rights {

namespace {

/// Who names a rule: the heaviest conflict first, and all their times.
struct RuleConflicts {
    const engine::Conflict* heaviest = nullptr;
    std::vector<engine::Window> windows;
};

QHash<QString, RuleConflicts> conflictsByRule(const engine::Conflicts& conflicts)
{
    QHash<QString, RuleConflicts> byRule;
    for (const engine::Conflict& conflict : conflicts.list) {
        const bool shadowed = conflict.code == engine::ConflictCode::Shadowed;
        for (const WindowId& id : conflict.rules) {
            RuleConflicts& entry = byRule[id.toString()];
            if (!entry.heaviest || conflict.code < entry.heaviest->code)
                entry.heaviest = &conflict;
            if (!shadowed)
                entry.windows.push_back(conflict.window);
            else
                break; // only the first one is shadowed
        }
    }
    return byRule;
}

/// What a row is sorted by: as saved where it was, so that edits do not move it.
auto sortKey(const GridRow& row)
{
    const engine::Rule& rule = row.saved ? *row.saved : row.rule;
    const QString territory = rule.territory.include.join(u' ');
    const auto start = rule.window.start ? rule.window.start->time_since_epoch().count() : 0;
    return std::tuple(territory, rule.effect == engine::Effect::Deny, start, rule.id.toString());
}

} // namespace

std::vector<GridGroup> gridGroups(
    const StagedPlan& plan, const engine::Conflicts& conflicts, const std::vector<TitleId>& shown, Instant now)
{
    const engine::RuleSet& base = plan.base();
    const QHash<QString, RuleConflicts> byRule = conflictsByRule(conflicts);
    QHash<QString, const engine::Deal*> deals;
    const engine::RuleSet planned = plan.planned();
    for (const engine::Deal& deal : planned.deals)
        deals.insert(deal.id.toString(), &deal);
    QHash<QString, std::size_t> groupOf;
    std::vector<GridGroup> groups;
    QHash<QString, int> parts;
    for (const engine::Title& title : planned.titles) {
        if (!title.parent.isEmpty() && title.link == engine::TitleLink::Part)
            ++parts[title.parent.toString()];
    }
    for (const engine::Title& title : planned.titles) {
        if (!shown.empty() && std::ranges::find(shown, title.id) == shown.end())
            continue;
        groupOf.insert(title.id.toString(), groups.size());
        groups.push_back(
            {title.id, title.name.isEmpty() ? title.id.toString() : title.name, parts.value(title.id.toString()), {}});
    }
    const auto add = [&](const engine::Rule& rule, const engine::Rule* saved, bool removed) {
        const auto group = groupOf.constFind(rule.scope.toString());
        if (group == groupOf.constEnd())
            return;
        const engine::Deal* deal = deals.value(rule.deal.toString());
        const RuleConflicts found = byRule.value(rule.id.toString());
        GridRow row {.rule = rule,
            .saved = std::nullopt,
            .added = !saved,
            .removed = removed,
            .acts = effectiveWindow(rule, deal),
            .state = windowState(rule, deal, removed ? nullptr : found.heaviest, now),
            .overlaps = removed ? std::vector<engine::Window> {} : found.windows};
        if (saved && *saved != rule)
            row.saved = *saved;
        groups[*group].rows.push_back(std::move(row));
    };
    for (const engine::Rule& rule : base.rules)
        add(*plan.find(rule.id), &rule, plan.isRemoved(rule.id));
    for (const engine::Rule* rule : plan.added())
        add(*rule, nullptr, false);
    if (groups.size() > 1)
        std::erase_if(groups, [](const GridGroup& group) { return group.rows.empty(); });
    for (GridGroup& group : groups)
        std::ranges::sort(group.rows, {}, sortKey);
    QCollator collator;
    collator.setNumericMode(true);
    std::ranges::stable_sort(
        groups, [&collator](const GridGroup& a, const GridGroup& b) { return collator.compare(a.name, b.name) < 0; });
    return groups;
}

} // namespace vidimus::ui::rights
