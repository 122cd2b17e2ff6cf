#include "core/base/json.h"
#include "core/rights/licensors.h"
#include "core/rights/rule_set_json.h"
#include "core/workbench/rights_drafts.h"
#include "core/workbench/rights_effect.h"
#include "core/workbench/rights_history.h"
#include "core/workbench/rights_template.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>
#include <algorithm>

/// What the studio's contracts view does with drafts, templates and the history of windows.
namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

template<class Id>
QJsonArray idsOf(const std::vector<Id>& ids)
{
    QJsonArray list;
    for (const Id& id : ids)
        list.append(id.toString());
    return list;
}

QJsonObject describe(const RightsDraft& draft, bool whole)
{
    QJsonObject json {{u"id"_s, draft.id},
        {u"by"_s, draft.authorName.isEmpty() ? draft.author.toString() : draft.authorName},
        {u"at"_s, toRfc3339(draft.madeAt)}, {u"put"_s, static_cast<qint64>(draft.plan.put.size())},
        {u"remove"_s, static_cast<qint64>(draft.plan.remove.size())}};
    if (!whole)
        return json;
    QJsonArray put, seen;
    for (const rights::Rule& rule : draft.plan.put)
        put.append(rights::toJson(rule));
    for (const rights::Rule& rule : draft.plan.seen)
        seen.append(rights::toJson(rule));
    json[u"put"_s] = put;
    json[u"seen"_s] = seen;
    json[u"remove"_s] = idsOf(draft.plan.remove);
    return json;
}

Result<VerbReply> showDraft(Workspace& workspace, const QString& id)
{
    const auto drafts = rightsDrafts(workspace);
    if (!drafts)
        return drafts.error();
    const auto found = std::ranges::find(*drafts, id, &RightsDraft::id);
    if (found == drafts->end())
        return Error {ErrorCode::NotFound, u"no draft %1; \"rights draft list\" shows them"_s.arg(id), "unknown_draft"};
    return VerbReply {ExitCode::Done, {{u"draft"_s, describe(*found, true)}}};
}

Result<VerbReply> listDrafts(Workspace& workspace)
{
    const auto drafts = rightsDrafts(workspace);
    if (!drafts)
        return drafts.error();
    QJsonArray list;
    for (const RightsDraft& draft : *drafts)
        list.append(describe(draft, false));
    return VerbReply {ExitCode::Done, {{u"drafts"_s, list}}};
}

/// What stands now is what the plan's maker saw: a change by somebody else until it is approved makes it stale.
Result<VerbReply> keepDraftFile(Workspace& workspace, const QString& file)
{
    auto plan = readPlanFile(workspace, {.file = file});
    if (!plan)
        return std::move(plan).error();
    const auto view = workspace.rules().view(workspace);
    if (!view)
        return view.error();
    for (const rights::Rule& rule : (*view)->rules.rules) {
        if (std::ranges::find(plan->put, rule.id, &rights::Rule::id) != plan->put.end()
            || std::ranges::find(plan->remove, rule.id) != plan->remove.end())
            plan->seen.push_back(rule);
    }
    const auto id = keepRightsDraft(workspace, *plan);
    if (!id)
        return id.error();
    return VerbReply {ExitCode::Done, {{u"kept"_s, *id}}};
}

Result<VerbReply> done(const QString& word, const QString& id, const Result<void>& result)
{
    if (!result)
        return result.error();
    return VerbReply {ExitCode::Done, {{word, id}}};
}

Result<VerbReply> keepTemplate(Workspace& workspace, const QString& window)
{
    const auto view = workspace.rules().view(workspace);
    if (!view)
        return view.error();
    const auto& all = (*view)->rules.rules;
    const auto rule = std::ranges::find(all, WindowId(window), &rights::Rule::id);
    if (rule == all.end())
        return Error {ErrorCode::NotFound, u"no window %1"_s.arg(window), "unknown_window"};
    const QString licensor = rights::Licensors((*view)->rules).of(*rule);
    if (licensor.isEmpty())
        return Error {ErrorCode::Invalid, u"neither the window nor its contract names a licensor"_s, "no_licensor"};
    return done(u"licensor"_s, licensor, keepRightsTemplate(workspace, licensor, templateOf(*rule)));
}

Result<VerbReply> showTemplate(Workspace& workspace, const QString& licensor)
{
    const auto kept = rightsTemplate(workspace, licensor);
    if (!kept)
        return kept.error();
    if (!*kept)
        return Error {ErrorCode::NotFound,
            u"%1 has no template yet; \"rights template keep WINDOW\" makes one"_s.arg(licensor), "no_template"};
    QJsonObject json {{u"licensor"_s, licensor}, {u"window"_s, rights::toJson((*kept)->rule)}};
    if ((*kept)->length)
        json[u"days"_s] = static_cast<qint64>((*kept)->length->count());
    return VerbReply {ExitCode::Done, json};
}

} // namespace

Result<VerbReply> runRightsDraft(const VerbContext& context)
{
    Workspace& workspace = *context.workspace;
    const QString what = context.request.operands.value(0, u"list"_s), id = context.request.operands.value(1);
    if (what == u"list" && id.isEmpty())
        return listDrafts(workspace);
    if (!id.isEmpty()) {
        if (what == u"show")
            return showDraft(workspace, id);
        if (what == u"keep")
            return keepDraftFile(workspace, id);
        if (what == u"approve")
            return done(u"approved"_s, id, approveRightsDraft(workspace, id));
        if (what == u"discard")
            return done(u"discarded"_s, id, dropRightsDraft(workspace, id));
    }
    return Error {ErrorCode::Invalid, u"say list, show ID, keep FILE, approve ID or discard ID"_s, "usage"};
}

Result<VerbReply> runRightsTemplate(const VerbContext& context)
{
    const QString what = context.request.operands.value(0), name = context.request.operands.value(1);
    if (what == u"show")
        return showTemplate(*context.workspace, name);
    if (what == u"keep")
        return keepTemplate(*context.workspace, name);
    return Error {ErrorCode::Invalid, u"say show LICENSOR or keep WINDOW"_s, "usage"};
}

Result<VerbReply> runRightsHistory(const VerbContext& context)
{
    const QString name = context.request.operands.first();
    const auto view = context.workspace->rules().view(*context.workspace);
    if (!view)
        return view.error();
    const rights::RuleSet& rules = (*view)->rules;
    const bool isTitle = std::ranges::find(rules.titles, TitleId(name), &rights::Title::id) != rules.titles.end();
    auto all = titleHistory(*context.workspace, TitleId(name), context.cancel);
    if (all && all->empty()) // or a window, also one that is no more
        all = windowHistory(*context.workspace, WindowId(name), context.cancel);
    if (!all)
        return std::move(all).error();
    if (all->empty() && !isTitle)
        return Error {ErrorCode::NotFound, u"no title and no window is called %1"_s.arg(name), "unknown_title"};
    QJsonArray list;
    for (const WindowChange& change : *all)
        list.append(QJsonObject {{u"at"_s, toRfc3339(change.at)}, {u"by"_s, change.person}, {u"why"_s, change.why},
            {u"window"_s, change.window.toString()},
            {u"before"_s, change.before ? QJsonValue(rights::toJson(*change.before)) : QJsonValue()},
            {u"after"_s, change.after ? QJsonValue(rights::toJson(*change.after)) : QJsonValue()}});
    return VerbReply {ExitCode::Done, {{u"changes"_s, list}}};
}

} // namespace vidimus::workbench
