#include "core/workbench/allowances.h"
#include "core/workbench/verb_table.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

std::optional<double> secondsOf(const std::optional<Milliseconds>& time)
{
    return time ? std::optional(static_cast<double>(time->count()) / 1000) : std::nullopt;
}

} // namespace

Result<VerbReply> runChecksAllow(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const auto from = mediaTimeOption(request, u"from"_s);
    const auto to = mediaTimeOption(request, u"to"_s);
    if (!from || !to)
        return from ? to.error() : from.error();
    AllowRequest wanted {.asset = AssetId(request.operands.first()),
        .checkId = request.options.value(u"check"_s),
        .detail = request.options.value(u"detail"_s),
        .from = secondsOf(*from),
        .to = secondsOf(*to),
        .reason = request.options.value(u"reason"_s),
        .expires = {}};
    if (request.has(u"until"_s)) {
        const auto until = instantOption(request, u"until"_s, {});
        if (!until)
            return until.error();
        wanted.expires = *until;
    }
    const auto allowance = allowFinding(*context.workspace, wanted);
    if (!allowance)
        return allowance.error();
    return VerbReply {ExitCode::Done, {{u"allowance"_s, checks::toJson(*allowance)}}};
}

Result<VerbReply> runChecksAllowed(const VerbContext& context)
{
    const auto allowances = listAllowances(*context.workspace, AssetId(context.request.operands.value(0)));
    if (!allowances)
        return allowances.error();
    QJsonArray list;
    for (const checks::Allowance& allowance : *allowances)
        list.append(checks::toJson(allowance));
    return VerbReply {ExitCode::Done, {{u"allowances"_s, list}}};
}

Result<VerbReply> runChecksForget(const VerbContext& context)
{
    const QString id = context.request.operands.first();
    if (const auto forgotten = forgetAllowance(*context.workspace, checks::AllowanceId(id)); !forgotten)
        return forgotten.error();
    return VerbReply {ExitCode::Done, {{u"forgotten"_s, id}}};
}

} // namespace vidimus::workbench
