#include "core/checks/check_descriptor.h"
#include "core/checks/report.h"
#include "core/media/facts.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/models.h"
#include "core/workbench/open_input.h"
#include "core/workbench/pass_journal.h"
#include "core/workbench/renditions.h"
#include "core/workbench/verb_table.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <QJsonArray>
#include <chrono>

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

namespace {

/// What --from and --to ask for; nothing for --first.
Result<std::optional<checks::PlannedLook>> askedRange(const VerbRequest& request)
{
    const auto from = mediaTimeOption(request, u"from"_s);
    const auto to = mediaTimeOption(request, u"to"_s);
    if (!from || !to)
        return !from ? from.error() : to.error();
    if (!*from && !*to)
        return std::optional<checks::PlannedLook>();
    const double start = from->value_or(Milliseconds {0}).count() / 1000.0;
    if (!*to || (*to)->count() / 1000.0 <= start)
        return Error {ErrorCode::Invalid, u"--to: must come after --from"_s, "bad_time"};
    return std::optional(checks::PlannedLook {checks::LookKind::Range, start, (*to)->count() / 1000.0});
}

Result<VerbReply> checkFirst(const VerbContext& context, int input, const checks::Profile& profile)
{
    const auto range = askedRange(context.request);
    if (!range)
        return range.error();
    const auto start = std::chrono::steady_clock::now();
    const auto first = context.workers.lookFirst(input, profile, *range, context.cancel,
        progressNotes(
            context.notes, u"Looking first at %1"_s.arg(QFileInfo(context.request.operands.first()).fileName())));
    if (!first)
        return first.error();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const bool fails = checks::verdict(*first) == checks::CheckOutcome::Fail;
    return VerbReply {fails ? ExitCode::AnswerIsNo : ExitCode::Done, checks::toJson(*first, seconds)};
}

} // namespace

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
    const VerbRequest& request = context.request;
    if (request.has(u"first"_s) || request.has(u"from"_s) || request.has(u"to"_s))
        return checkFirst(context, input->get(), *profile);
    PassJournal journal(passFolder(), input->get(), *profile, PassJournal::Kind::Checks);
    auto measured = context.workers.check(input->get(), *profile, context.cancel,
        progressNotes(context.notes,
            (journal.hasState() ? u"Going on checking %1"_s : u"Checking %1"_s).arg(QFileInfo(path).fileName())),
        &journal);
    if (!measured)
        return measured.error();
    if (const auto added = addModelChecks(context.workers, input->get(), *profile, *measured, context.cancel); !added)
        return added.error();
    const checks::Report& report = measured->report;
    const bool passes = checks::verdict(report) == checks::CheckOutcome::Pass
        || checks::verdict(report) == checks::CheckOutcome::Warn;
    return VerbReply {passes ? ExitCode::Done : ExitCode::AnswerIsNo, checks::toJson(report, measured->seconds)};
}

namespace {

/// What a transcode that did not end leaves behind: the next one into the same folder goes on from there.
QJsonObject keptOf(const QJsonObject& detail)
{
    int done = 0;
    int total = 0;
    const QJsonArray renditions = detail[u"renditions"].toArray();
    for (const QJsonValue& rendition : renditions) {
        done += rendition[u"done"].toInt();
        total += rendition[u"total"].toInt();
    }
    return {{u"segments"_s, done}, {u"of"_s, total}};
}

} // namespace

Result<VerbReply> runTranscode(const VerbContext& context)
{
    const QString path = context.request.operands.first();
    // Without the option the setting counts; without a workspace there is none.
    const auto ladder = context.workspace && !context.request.has(u"ladder"_s)
        ? preferredLadder(*context.workspace)
        : Result<QString>(context.request.options.value(u"ladder"_s, kDefaultLadder));
    if (!ladder)
        return ladder.error();
    QJsonObject detail;
    const auto result = transcodeFile(context.workers, path, *ladder, context.request.options.value(u"out"_s),
        context.request.options.value(u"encoder"_s, u"auto"_s), context.cancel,
        progressNotes(context.notes, u"Transcoding %1"_s.arg(QFileInfo(path).fileName())),
        [&detail](const QJsonObject& now) { detail = now; });
    if (!result) {
        VerbReply reply = failedReply(context.request.verb, result.error());
        if (!detail.isEmpty())
            reply.json.insert(u"kept"_s, keptOf(detail));
        return reply;
    }
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
