#include "ui/rights/grid_rows.h"

#include "ui/rights/rights_texts.h"

#include <QCollator>
#include <QHash>
#include <set>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

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
using SortKey = std::tuple<QString, bool, qint64, QString>;

void sortRows(std::vector<GridRow>& rows, Grouping grouping)
{
    std::vector<std::pair<SortKey, std::size_t>> order;
    order.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const engine::Rule& rule = rows[i].saved ? *rows[i].saved : rows[i].rule;
        const qint64 start = rule.window.start ? rule.window.start->time_since_epoch().count() : 0;
        order.emplace_back(SortKey(grouping == Grouping::Title ? rule.territory.include.join(u' ') : rows[i].title,
                               rule.effect == engine::Effect::Deny, start, rule.id.toString()),
            i);
    }
    std::ranges::sort(order);
    std::vector<GridRow> sorted;
    sorted.reserve(rows.size());
    for (const auto& [key, place] : order)
        sorted.push_back(std::move(rows[place]));
    rows = std::move(sorted);
}

QString nameOf(const engine::Title& title)
{
    return title.name.isEmpty() ? title.id.toString() : title.name;
}

/// Groups in the order in which they are first asked for.
class GroupList {
public:
    GridGroup& group(const QString& key, const QString& name)
    {
        const auto found = m_places.constFind(key);
        if (found != m_places.constEnd())
            return groups[*found];
        m_places.insert(key, groups.size());
        groups.push_back({.key = key, .title = {}, .name = name, .parts = 0, .rows = {}});
        return groups.back();
    }
    std::vector<GridGroup> groups;

private:
    QHash<QString, std::size_t> m_places;
};

/// Keys and names of the groups that a row stands in.
std::vector<std::pair<QString, QString>> placesIn(Grouping grouping, const GridRow& row)
{
    const engine::Rule& rule = row.saved ? *row.saved : row.rule;
    std::vector<std::pair<QString, QString>> places;
    if (grouping == Grouping::Title) {
        places.emplace_back(rule.scope.toString(), row.title);
    } else if (grouping == Grouping::Territory) {
        for (const QString& code : rule.territory.include)
            places.emplace_back(code, territoryName(code));
        if (places.empty())
            places.emplace_back(QString(), territoryNames(rule.territory));
    } else if (rule.sites.all || rule.sites.names.isEmpty()) {
        places.emplace_back(rule.sites.all ? u"*"_s : QString(), namesText(rule.sites));
    } else {
        for (const QString& site : rule.sites.names)
            places.emplace_back(site, site);
    }
    return places;
}

} // namespace

std::vector<GridGroup> gridGroups(const StagedPlan& plan, const engine::Conflicts& conflicts,
    const std::vector<TitleId>& shown, Instant now, Grouping grouping)
{
    const engine::RuleSet& base = plan.base();
    const QHash<QString, RuleConflicts> byRule = conflictsByRule(conflicts);
    QHash<QString, const engine::Deal*> deals;
    const std::vector<engine::Deal> plannedDeals = plan.deals();
    for (const engine::Deal& deal : plannedDeals)
        deals.insert(deal.id.toString(), &deal);
    QHash<QString, const engine::Title*> titles;
    QHash<QString, int> parts;
    const std::vector<engine::Title> plannedTitles = plan.titles();
    const std::set<TitleId> only(shown.begin(), shown.end());
    GroupList list;
    for (const engine::Title& title : plannedTitles) {
        if (!title.parent.isEmpty() && title.link == engine::TitleLink::Part)
            ++parts[title.parent.toString()];
        if (!only.empty() && !only.contains(title.id))
            continue;
        titles.insert(title.id.toString(), &title);
        if (grouping == Grouping::Title)
            list.group(title.id.toString(), nameOf(title)).title = title.id;
    }
    for (GridGroup& group : list.groups)
        group.parts = parts.value(group.key);
    const auto add = [&](const engine::Rule& rule, const engine::Rule* saved, bool removed) {
        const engine::Title* title = titles.value(rule.scope.toString());
        if (!title)
            return;
        const engine::Deal* deal = deals.value(rule.deal.toString());
        const RuleConflicts found = byRule.value(rule.id.toString());
        GridRow row {.rule = rule,
            .title = nameOf(*title),
            .saved = std::nullopt,
            .added = !saved,
            .removed = removed,
            .acts = effectiveWindow(rule, deal),
            .state = windowState(rule, deal, removed ? nullptr : found.heaviest, now),
            .overlaps = removed ? std::vector<engine::Window> {} : found.windows};
        if (saved && *saved != rule)
            row.saved = *saved;
        for (const auto& [key, name] : placesIn(grouping, row))
            list.group(key, name).rows.push_back(row);
    };
    for (const engine::Rule& rule : base.rules)
        add(*plan.find(rule.id), &rule, plan.isRemoved(rule.id));
    for (const engine::Rule* rule : plan.added())
        add(*rule, nullptr, false);
    std::vector<GridGroup> groups = std::move(list.groups);
    if (groups.size() > 1)
        std::erase_if(groups, [](const GridGroup& group) { return group.rows.empty(); });
    for (GridGroup& group : groups)
        sortRows(group.rows, grouping);
    QCollator collator;
    collator.setNumericMode(true);
    std::ranges::stable_sort(
        groups, [&collator](const GridGroup& a, const GridGroup& b) { return collator.compare(a.name, b.name) < 0; });
    return groups;
}

} // namespace vidimus::ui::rights
