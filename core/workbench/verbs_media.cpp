#include "core/checks/check_descriptor.h"
#include "core/checks/report.h"
#include "core/media/facts.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/models.h"
#include "core/workbench/open_input.h"
#include "core/workbench/renditions.h"
#include "core/workbench/verb_table.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<VerbReply> runProbe(const VerbContext& context)
{
    const QString path = context.request.operands.first();
    const auto input = openInput(path);
    if (!input)
        return input.error();
    const auto facts = context.workers.probe(input->get(), context.cancel);
    if (!facts)
        return facts.error();
    return VerbReply {ExitCode::Done, media::toJson(*facts)};
}

Result<VerbReply> runCheck(const VerbContext& context)
{
    const QString path = context.request.operands.first();
    const auto input = openInput(path);
    if (!input)
        return input.error();
    auto profile = loadCheckProfile(context.request.options.value(u"checks"_s));
    if (profile && context.request.has(u"only"_s))
        profile = checks::onlyChecks(
            *std::move(profile), context.request.options.value(u"only"_s).split(u',', Qt::SkipEmptyParts));
    if (!profile)
        return profile.error();
    auto measured = context.workers.check(input->get(), *profile, context.cancel,
        progressNotes(context.notes, u"Checking %1"_s.arg(QFileInfo(path).fileName())));
    if (!measured)
        return measured.error();
    if (const auto added = addModelChecks(context.workers, input->get(), *profile, *measured, context.cancel); !added)
        return added.error();
    const checks::Report& report = measured->report;
    const bool passes = checks::verdict(report) == checks::CheckOutcome::Pass
        || checks::verdict(report) == checks::CheckOutcome::Warn;
    return VerbReply {passes ? ExitCode::Done : ExitCode::AnswerIsNo, checks::toJson(report, measured->seconds)};
}

Result<VerbReply> runTranscode(const VerbContext& context)
{
    const QString path = context.request.operands.first();
    const auto result = transcodeFile(context.workers, path, context.request.options.value(u"ladder"_s),
        context.request.options.value(u"out"_s), context.request.options.value(u"encoder"_s, u"auto"_s), context.cancel,
        progressNotes(context.notes, u"Transcoding %1"_s.arg(QFileInfo(path).fileName())));
    if (!result)
        return result.error();
    return VerbReply {ExitCode::Done, transcode::toJson(*result)};
}

Result<VerbReply> runChecks(const VerbContext& context)
{
    if (context.request.operands.first() != u"list")
        return Error {ErrorCode::Invalid, u"\"checks\" knows \"list\""_s, "usage"};
    QJsonArray checksJson;
    for (const checks::CheckDescriptor& descriptor : checks::checkDescriptors()) {
        QJsonArray parameters;
        for (const checks::CheckParameter& parameter : descriptor.parameters) {
            parameters.append(QJsonObject {{u"id"_s, QLatin1StringView(parameter.id)},
                {u"unit"_s, QString::fromUtf8(parameter.unit)}, {u"default"_s, parameter.fallback},
                {u"minimum"_s, parameter.minimum}, {u"maximum"_s, parameter.maximum}});
        }
        checksJson.append(QJsonObject {{u"id"_s, QLatin1StringView(descriptor.id)},
            {u"kind"_s, checks::checkKindName(descriptor.kind)}, {u"title"_s, QString::fromUtf8(descriptor.title)},
            {u"standard"_s, QString::fromUtf8(descriptor.standard)}, {u"parameters"_s, parameters}});
    }
    return VerbReply {ExitCode::Done,
        {{u"checks"_s, checksJson}, {u"profiles"_s, QJsonArray::fromStringList(checks::shippedProfileIds())}}};
}

} // namespace vidimus::workbench
