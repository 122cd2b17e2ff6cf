#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/rights/verify_cases.h"
#include "core/workbench/rights_desk.h"
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
