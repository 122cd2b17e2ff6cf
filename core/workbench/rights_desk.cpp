#include "core/workbench/rights_desk.h"

#include "core/avails/sheet_import.h"
#include "core/base/durable_file.h"
#include "core/catalog/operation_payload.h"
#include "core/moderation/role.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/validate.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"

#include <QFileInfo>
#include <QJsonArray>
#include <set>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kContext = u"context"_s;

/// Sites, offers, groups, fallbacks and policies of a rule set as the JSON context without titles.
QJsonObject contextOf(const rights::RuleSet& rules)
{
    QJsonObject context = rights::toJson(rules).value(u"context"_s).toObject();
    context.remove(u"titles"_s);
    return context;
}

Result<rights::RuleSet> rulesIn(const store::UnitOfWork& unit)
{
    rights::RuleSet rules;
    const auto context = unit.rules.find(kContext, kContext);
    const auto titles = unit.rules.findAll(u"title"_s);
    const auto deals = unit.rules.findAll(u"deal"_s);
    const auto windows = unit.rules.findAll(u"rule"_s);
    if (!context || !titles || !deals || !windows)
        return !context ? context.error() : !titles ? titles.error() : !deals ? deals.error() : windows.error();
    const auto corrupt = [](const Error& error) { return Error {ErrorCode::Corrupt, error.detail, "stored_rules"}; };
    if (*context) {
        if (auto read = rights::readContext((*context)->body, rules); !read)
            return corrupt(read.error());
    }
    for (const store::RulePiece& piece : *titles) {
        auto title = rights::titleFromJson(TitleId(piece.id), piece.body);
        if (!title)
            return corrupt(title.error());
        rules.titles.push_back(*std::move(title));
    }
    for (const store::RulePiece& piece : *deals) {
        auto deal = rights::dealFromJson(DealId(piece.id), piece.body);
        if (!deal)
            return corrupt(deal.error());
        rules.deals.push_back(*std::move(deal));
    }
    for (const store::RulePiece& piece : *windows) {
        auto rule = rights::ruleFromJson(piece.body);
        if (!rule)
            return corrupt(rule.error());
        rules.rules.push_back(*std::move(rule));
    }
    return rules;
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

rights::RuleSet planned(const RightsPlan& plan, rights::RuleSet rules)
{
    const auto replace = [](auto& list, const auto& item) {
        const auto found = std::ranges::find_if(list, [&item](const auto& old) { return old.id == item.id; });
        if (found == list.end())
            list.push_back(item);
        else
            *found = item;
    };
    for (const rights::Title& title : plan.titles)
        replace(rules.titles, title);
    for (const rights::Deal& deal : plan.deals)
        replace(rules.deals, deal);
    for (const rights::Rule& rule : plan.put) {
        replace(rules.rules, rule);
        for (const QString& site : rule.sites.names) {
            if (!rules.sites.contains(site))
                rules.sites.append(site);
        }
        for (const QString& offer : rule.offers.names) {
            if (!rules.offers.contains(offer))
                rules.offers.append(offer);
        }
    }
    for (const WindowId& id : plan.remove)
        std::erase_if(rules.rules, [&id](const rights::Rule& rule) { return rule.id == id; });
    return rules;
}

/// The windows of one title as the catalog is told of them.
catalog::PutWindows windowsOf(const rights::RuleSet& rules, const TitleId& title)
{
    catalog::PutWindows payload {.title = title, .context = contextOf(rules)};
    std::set<DealId> deals;
    for (const rights::Rule& rule : rules.rules) {
        if (rule.scope != title)
            continue;
        payload.rules.append(rights::toJson(rule));
        deals.insert(rule.deal);
    }
    for (const rights::Deal& deal : rules.deals) {
        if (deals.contains(deal.id))
            payload.deals.insert(deal.id.toString(), rights::toJson(deal));
    }
    return payload;
}

/// A plan made on rules that somebody changed since must not overwrite them.
Result<void> checkStillSeen(const RightsPlan& plan, const rights::RuleSet& standing)
{
    for (const rights::Rule& seen : plan.seen) {
        const auto now = std::ranges::find(standing.rules, seen.id, &rights::Rule::id);
        if (now == standing.rules.end() || *now != seen)
            return Error {
                ErrorCode::Conflict, u"window %1 was changed meanwhile"_s.arg(seen.id.toString()), "stale_plan"};
    }
    return {};
}

std::set<TitleId> touchedTitles(const RightsPlan& plan, const rights::RuleSet& before)
{
    std::set<TitleId> touched;
    for (const rights::Rule& rule : plan.put)
        touched.insert(rule.scope);
    for (const rights::Rule& rule : before.rules) {
        const bool changed = std::ranges::find(plan.remove, rule.id) != plan.remove.end()
            || std::ranges::any_of(plan.put, [&rule](const rights::Rule& put) { return put.id == rule.id; });
        if (changed)
            touched.insert(rule.scope);
    }
    return touched;
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
    for (const TitleId& title : touchedTitles(plan, before)) {
        if (auto added = unit.outbox.add(catalog::makeOperation(windowsOf(after, title), unit.now())); !added)
            return added;
    }
    return {};
}

} // namespace

Result<rights::RuleSet> loadRules(Workspace& workspace)
{
    return workspace.store().read([](const store::UnitOfWork& unit) { return rulesIn(unit); });
}

Result<void> applyRightsPlan(Workspace& workspace, const RightsPlan& plan)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return allowed;
    const auto applied = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto before = rulesIn(unit);
        if (!before)
            return before.error();
        if (auto current = checkStillSeen(plan, *before); !current)
            return current;
        const rights::RuleSet after = planned(plan, *before);
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
            QJsonObject {{u"put"_s, put}, {u"removed"_s, removed}, {u"why"_s, plan.why}});
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

Result<avails::ImportPlan> importRights(Workspace& workspace, const RightsImport& import)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return std::move(allowed).error();
    const auto bytes = readFile(import.file, avails::kMaxCsvBytes);
    if (!bytes)
        return bytes.error();
    const auto rules = workspace.rules().view(workspace);
    if (!rules)
        return rules.error();
    auto plan = avails::planCsvImport(*bytes,
        {.licensor = import.licensor, .times = import.times, .fileName = QFileInfo(import.file).fileName()},
        (*rules)->rules);
    if (!plan || import.dryRun)
        return plan;
    RightsPlan change {.why = u"import of "_s + QFileInfo(import.file).fileName()};
    for (const auto* list : {&plan->rules.added, &plan->rules.changed})
        change.put.insert(change.put.end(), list->begin(), list->end());
    for (const rights::Rule& rule : plan->rules.removed)
        change.remove.push_back(rule.id);
    for (const auto* list : {&plan->titles.added, &plan->titles.changed})
        change.titles.insert(change.titles.end(), list->begin(), list->end());
    for (const auto* list : {&plan->deals.added, &plan->deals.changed})
        change.deals.insert(change.deals.end(), list->begin(), list->end());
    const bool empty = change.put.empty() && change.remove.empty() && change.titles.empty() && change.deals.empty();
    if (!empty) {
        if (auto applied = applyRightsPlan(workspace, change); !applied)
            return std::move(applied).error();
    }
    return plan;
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
