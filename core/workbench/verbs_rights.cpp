#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/rights/verify_cases.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

Result<rights::TimeProfile> timesOf(const VerbRequest& request)
{
    rights::TimeProfile times;
    times.zone = request.options.value(u"zone"_s, times.zone);
    const QString rule = request.options.value(u"date-only-end"_s, u"inclusive_day"_s);
    if (rule == u"exclusive")
        times.dateOnlyEnd = rights::DateOnlyEnd::Exclusive;
    else if (rule != u"inclusive_day")
        return Error {ErrorCode::Invalid, u"--date-only-end is inclusive_day or exclusive"_s, "usage"};
    return times;
}

} // namespace

Result<VerbReply> runRightsImport(const VerbContext& context)
{
    const auto times = timesOf(context.request);
    if (!times)
        return times.error();
    const auto plan = importRights(*context.workspace,
        {.file = context.request.operands.first(),
            .licensor = context.request.options.value(u"licensor"_s),
            .times = *times,
            .dryRun = context.request.has(u"dry-run"_s)});
    if (!plan)
        return plan.error();
    const bool nothing = plan->accepted == 0 && plan->rejected > 0;
    return VerbReply {nothing    ? ExitCode::BadInput
            : plan->rejected > 0 ? ExitCode::AnswerIsNo
                                 : ExitCode::Done,
        avails::toJson(*plan)};
}

Result<VerbReply> runRightsExplain(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const auto at = instantOption(request, u"at"_s, context.workspace->clock().now());
    if (!at)
        return at.error();
    rights::Query query;
    query.title = TitleId(request.operands.first());
    query.country = request.options.value(u"country"_s);
    query.subdivision = request.options.value(u"subdivision"_s);
    query.site = request.options.value(u"site"_s);
    query.offer = request.options.value(u"offer"_s);
    query.at = *at;
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
    return VerbReply {report->failures.empty() ? ExitCode::Done : ExitCode::AnswerIsNo, rights::toJson(*report)};
}

Result<VerbReply> runRightsConflicts(const VerbContext& context)
{
    const auto conflicts = rightsConflicts(*context.workspace);
    if (!conflicts)
        return conflicts.error();
    QJsonArray list;
    for (const rights::Conflict& conflict : conflicts->list)
        list.append(rights::toJson(conflict));
    return VerbReply {list.isEmpty() ? ExitCode::Done : ExitCode::AnswerIsNo,
        {{u"conflicts"_s, list}, {u"truncated"_s, conflicts->truncated}}};
}

} // namespace vidimus::workbench
