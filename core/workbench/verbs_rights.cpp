#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/rights/time_import.h"
#include "core/rights/verify_cases.h"
#include "core/workbench/rights_drafts.h"
#include "core/workbench/rights_effect.h"
#include "core/workbench/rights_issues.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<VerbReply> runRightsExplain(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const auto at = instantOption(request, u"at"_s, context.workspace->clock().now());
    if (!at)
        return at.error();
    rights::Query query;
    query.title = TitleId(request.operands.first());
    const auto place = placeOption(request);
    if (!place)
        return place.error();
    query.country = place->country;
    query.subdivision = place->subdivision;
    const auto view = context.workspace->rules().view(*context.workspace);
    if (!view)
        return view.error();
    query.site = knownAs(request.options.value(u"site"_s), (*view)->rules.sites);
    query.offer = knownAs(request.options.value(u"offer"_s), (*view)->rules.offers);
    query.at = *at;
    const auto question = questionOption(request);
    if (!question)
        return question.error();
    query.question = *question;
    const auto explanation = explainRights(*context.workspace, query);
    if (!explanation)
        return explanation.error();
    return VerbReply {
        explanation->answer.available ? ExitCode::Done : ExitCode::AnswerIsNo, rights::toJson(*explanation)};
}

Result<VerbReply> runRightsVerify(const VerbContext& context)
{
    constexpr qint64 kMaxCaseBytes = 64LL << 20;
    const auto bytes = readFile(context.request.operands.first(), kMaxCaseBytes);
    if (!bytes)
        return bytes.error();
    const auto cases = parseJsonObject(*bytes);
    if (!cases)
        return cases.error();
    const auto report = rights::verifyCases(*cases);
    if (!report)
        return report.error();
    QJsonObject json = rights::toJson(*report);
    json.insert(u"time_zones"_s, rights::timeZoneDatabaseVersion());
    return VerbReply {report->failures.empty() ? ExitCode::Done : ExitCode::AnswerIsNo, json};
}

Result<VerbReply> runRightsConflicts(const VerbContext& context)
{
    const auto issues = rightsIssues(*context.workspace, context.cancel);
    if (!issues)
        return issues.error();
    QJsonArray list;
    bool conflict = false;
    for (const rights::Issue& issue : issues->list) {
        const bool advice = rights::isAdvice(issue.conflict.code);
        QJsonObject json = rights::toJson(issue);
        json.insert(u"advice"_s, advice);
        list.append(json);
        conflict = conflict || !advice;
    }
    QJsonArray more;
    for (const rights::MoreConflicts& one : issues->more)
        more.append(rights::toJson(one));
    return VerbReply {conflict ? ExitCode::AnswerIsNo : ExitCode::Done,
        {{u"conflicts"_s, list}, {u"more"_s, more}, {u"truncated"_s, issues->truncated}}};
}

namespace {

/// What waits to be approved, as one plan; nothing where nothing does. Two drafts may disagree, so one is looked at.
Result<RightsPlan> stagedPlan(Workspace& workspace)
{
    const auto drafts = rightsDrafts(workspace);
    if (!drafts)
        return drafts.error();
    if (drafts->size() > 1) {
        return Error {ErrorCode::Invalid,
            u"%1 drafts wait; say which with --plan (\"rights draft list\" and \"rights draft show ID\" show them)"_s
                .arg(drafts->size()),
            "many_drafts"};
    }
    return drafts->empty() ? RightsPlan() : drafts->front().plan;
}

} // namespace

Result<VerbReply> runRightsEffect(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const auto question = questionOption(request);
    const auto profile = profileOption(context);
    if (!question || !profile)
        return question ? profile.error() : question.error();
    const auto plan = request.has(u"plan"_s) ? readPlanFile(*context.workspace,
                                                   {.file = request.options.value(u"plan"_s),
                                                       .licensor = request.options.value(u"licensor"_s),
                                                       .profile = *profile,
                                                       .dryRun = true,
                                                       .markedUp = {}})
                                             : stagedPlan(*context.workspace);
    if (!plan)
        return plan.error();
    const auto effects = rightsEffect(*context.workspace, *plan, *question, context.cancel);
    if (!effects)
        return effects.error();
    QJsonObject json = rights::toJson(*effects);
    json.insert(u"staged"_s, static_cast<qint64>(plan->put.size() + plan->remove.size()));
    return VerbReply {ExitCode::Done, json};
}

} // namespace vidimus::workbench
