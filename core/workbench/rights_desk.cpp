#include "core/workbench/rights_desk.h"

#include "core/catalog/operation_payload.h"
#include "core/moderation/role.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/validate.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/rights_drafts.h"
#include "core/workbench/rights_effect.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/stored_rules.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>
#include <algorithm>
#include <map>
#include <set>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kContext = u"context"_s;

/// Sites, offers, groups, fallbacks and policies of a rule set as the JSON context without titles.
QJsonObject contextOf(const rights::RuleSet& rules)
{
    const rights::RuleSet contextOnly {.groups = rules.groups,
        .sites = rules.sites,
        .coarseSites = rules.coarseSites,
        .offers = rules.offers,
        .ratingFallback = rules.ratingFallback,
        .unratedPolicy = rules.unratedPolicy};
    QJsonObject context = rights::toJson(contextOnly).value(u"context"_s).toObject();
    context.remove(u"titles"_s);
    return context;
}

/// Writes a piece over whatever version stands; the whole plan was validated against what stands in this transaction.
Result<void> putPiece(
    store::UnitOfWork& unit, const QString& kind, const QString& id, const TitleId& title, const QJsonObject& body)
{
    const auto standing = unit.rules.find(kind, id);
    if (!standing)
        return standing.error();
    const int version = *standing ? (*standing)->version : 0;
    const auto put = unit.rules.put(
        {.kind = kind, .id = id, .title = title, .body = body, .version = version, .changedAt = unit.now()});
    return put ? Result<void>() : Result<void>(put.error());
}

/// A plan made on rules that somebody changed since must not overwrite them.
Result<void> checkStillSeen(const RightsPlan& plan, const rights::RuleSet& standing)
{
    std::map<WindowId, const rights::Rule*> seen;
    for (const rights::Rule& rule : plan.seen)
        seen.emplace(rule.id, &rule);
    for (const rights::Rule& rule : standing.rules) {
        const auto found = seen.find(rule.id);
        if (found != seen.end() && *found->second == rule)
            seen.erase(found);
    }
    if (seen.empty())
        return {};
    return Error {
        ErrorCode::Conflict, u"window %1 was changed meanwhile"_s.arg(seen.begin()->first.toString()), "stale_plan"};
}

std::set<TitleId> touchedTitles(const RightsPlan& plan, const rights::RuleSet& before)
{
    std::set<TitleId> touched;
    std::set<WindowId> changed(plan.remove.begin(), plan.remove.end());
    for (const rights::Rule& rule : plan.put) {
        touched.insert(rule.scope);
        changed.insert(rule.id);
    }
    for (const rights::Rule& rule : before.rules) {
        if (changed.contains(rule.id))
            touched.insert(rule.scope);
    }
    return touched;
}

/// The catalog learns of a deal with the windows of a title: of one that changed with those of any title that has some,
/// where the plan touches none of these.
void touchOneOfEachChangedDeal(
    const RightsPlan& plan, const rights::RuleSet& before, const rights::RuleSet& after, std::set<TitleId>& touched)
{
    std::map<DealId, const rights::Deal*> standing;
    for (const rights::Deal& deal : before.deals)
        standing.emplace(deal.id, &deal);
    std::map<DealId, TitleId> untold; // with any title that has a window of it
    for (const rights::Deal& deal : plan.deals) {
        const auto known = standing.find(deal.id);
        if (known != standing.end() && *known->second != deal)
            untold.emplace(deal.id, TitleId());
    }
    if (untold.empty())
        return;
    for (const rights::Rule& rule : after.rules) {
        const auto deal = untold.find(rule.deal);
        if (deal == untold.end())
            continue;
        if (touched.contains(rule.scope))
            untold.erase(deal);
        else if (deal->second.isEmpty())
            deal->second = rule.scope;
    }
    for (const auto& [deal, title] : untold) {
        if (!title.isEmpty())
            touched.insert(title);
    }
}

/// The windows of each of some titles as the catalog is told of them.
std::vector<catalog::PutWindows> windowsOf(const rights::RuleSet& rules, const std::set<TitleId>& titles)
{
    std::map<TitleId, catalog::PutWindows> payloads;
    const QJsonObject context = contextOf(rules);
    for (const TitleId& title : titles)
        payloads.emplace(title, catalog::PutWindows {.title = title, .context = context});
    std::map<DealId, QJsonObject> deals;
    for (const rights::Deal& deal : rules.deals)
        deals.emplace(deal.id, rights::toJson(deal));
    for (const rights::Rule& rule : rules.rules) {
        const auto payload = payloads.find(rule.scope);
        if (payload == payloads.end())
            continue;
        payload->second.rules.append(rights::toJson(rule));
        if (const auto deal = deals.find(rule.deal); deal != deals.end())
            payload->second.deals.insert(rule.deal.toString(), deal->second);
    }
    std::vector<catalog::PutWindows> list;
    for (auto& [title, payload] : payloads)
        list.push_back(std::move(payload));
    return list;
}

Result<void> storePlan(
    store::UnitOfWork& unit, const RightsPlan& plan, const rights::RuleSet& before, const rights::RuleSet& after)
{
    for (const rights::Title& title : plan.titles) {
        if (auto put = putPiece(unit, u"title"_s, title.id.toString(), title.id, rights::toJson(title)); !put)
            return put;
        const catalog::UpsertTitle upsert {
            .id = title.id, .name = title.name, .rights = rights::toJson(title), .baseVersion = std::nullopt};
        if (auto added = unit.outbox.add(catalog::makeOperation(upsert, unit.now())); !added)
            return added;
    }
    for (const rights::Deal& deal : plan.deals) {
        if (auto put = putPiece(unit, u"deal"_s, deal.id.toString(), {}, rights::toJson(deal)); !put)
            return put;
    }
    for (const rights::Rule& rule : plan.put) {
        if (auto put = putPiece(unit, u"rule"_s, rule.id.toString(), rule.scope, rights::toJson(rule)); !put)
            return put;
    }
    for (const WindowId& id : plan.remove) {
        if (auto removed = unit.rules.remove(u"rule"_s, id.toString()); !removed)
            return removed;
    }
    if (contextOf(before) != contextOf(after)) {
        if (auto put = putPiece(unit, kContext, kContext, {}, contextOf(after)); !put)
            return put;
    }
    std::set<TitleId> touched = touchedTitles(plan, before);
    touchOneOfEachChangedDeal(plan, before, after, touched);
    for (const catalog::PutWindows& windows : windowsOf(after, touched)) {
        if (auto added = unit.outbox.add(catalog::makeOperation(windows, unit.now())); !added)
            return added;
    }
    return {};
}

} // namespace

Result<rights::RuleSet> loadRules(Workspace& workspace)
{
    return workspace.store().read(storedRules);
}

Result<void> applyRightsPlan(Workspace& workspace, const RightsPlan& plan)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return allowed;
    const auto applied = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto before = storedRulesAround(unit, plan);
        if (!before)
            return before.error();
        if (auto current = checkStillSeen(plan, *before); !current)
            return current;
        if (auto agreed = checkSecondPerson(unit, plan, *before, workspace.me().id); !agreed)
            return agreed;
        const rights::RuleSet after = plannedRules(plan, *before);
        if (auto valid = rights::validate(after); !valid)
            return valid;
        if (auto stored = storePlan(unit, plan, *before, after); !stored)
            return stored;
        QJsonArray put;
        for (const rights::Rule& rule : plan.put)
            put.append(rights::toJson(rule));
        QJsonArray removed;
        for (const WindowId& id : plan.remove)
            removed.append(id.toString());
        return unit.audit.append(workspace.me().id.toString(), u"edit_rights"_s, u"rights"_s, QJsonValue::Null,
            QJsonObject {{u"put"_s, put}, {u"removed"_s, removed}, {u"why"_s, plan.why},
                {u"drafted_by"_s, plan.draftedBy.toString()}});
    });
    if (!applied)
        return applied;
    workspace.rules().forget();
    Q_EMIT workspace.events().saved();
    Q_EMIT workspace.events().rulesChanged();
    Q_EMIT workspace.events().outboxChanged();
    workspace.catalog().poke();
    return {};
}

Result<rights::Explanation> explainRights(Workspace& workspace, const rights::Query& query)
{
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    return rights::explain((*rules)->resolver, query);
}

Result<rights::Conflicts> rightsConflicts(Workspace& workspace)
{
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    return rights::findConflicts((*rules)->rules);
}

} // namespace vidimus::workbench
