#include "core/checks/report.h"
#include "core/moderation/role.h"
#include "core/store/asset.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/first_look.h"
#include "core/workbench/known_file.h"
#include "core/workbench/models.h"
#include "core/workbench/open_input.h"
#include "core/workbench/pass_journal.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/whole_check.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <chrono>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

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

/// Pass and warn are a yes.
VerbReply replyOf(const checks::Report& report, double seconds)
{
    const auto verdict = checks::verdict(report);
    const bool passes = verdict == checks::CheckOutcome::Pass || verdict == checks::CheckOutcome::Warn;
    return {passes ? ExitCode::Done : ExitCode::AnswerIsNo, checks::toJson(report, seconds)};
}

/// Why a report of this file would not be the asset's; empty: it is. What stands for an asset is made by the
/// workspace's profile, as a job makes it.
Result<QString> whyNotStored(const VerbContext& context)
{
    Workspace& workspace = *context.workspace;
    if (!moderation::require(workspace.me().roles, moderation::Action::RunChecks))
        return u"your role may not run the checks of this workspace"_s;
    const QString wanted = context.request.options.value(u"checks"_s);
    const auto chosen = chosenCheckProfile(workspace, {});
    if (!chosen)
        return chosen.error();
    if (!wanted.isEmpty() && wanted != chosen->id)
        return u"the workspace's files are judged by profile \"%1\""_s.arg(chosen->id);
    return QString();
}

/// A file of the workspace: its report is stored.
Result<VerbReply> checkStored(const VerbContext& context, const store::Asset& asset)
{
    const auto start = std::chrono::steady_clock::now();
    const auto report = checkWholly(*context.workspace, asset.id, {}, context.cancel,
        progressNotes(context.notes, u"Checking %1"_s.arg(QFileInfo(context.request.operands.first()).fileName())));
    if (!report)
        return report.error();
    return replyOf(*report, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

Result<checks::Profile> askedProfile(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const QString name = request.options.value(u"checks"_s);
    auto profile = context.workspace ? loadCheckProfile(*context.workspace, name) : loadCheckProfile(name);
    if (profile && request.has(u"only"_s))
        return checks::onlyChecks(
            *std::move(profile), request.options.value(u"only"_s).split(u',', Qt::SkipEmptyParts));
    return profile;
}

Result<VerbReply> checkFile(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const QString path = request.operands.first();
    const auto input = openInput(path);
    if (!input)
        return input.error();
    const auto profile = askedProfile(context);
    if (!profile)
        return profile.error();
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
    return replyOf(measured->report, measured->seconds);
}

} // namespace

bool isWholePass(const VerbRequest& request)
{
    return !request.has(u"only"_s) && !request.has(u"first"_s) && !request.has(u"from"_s) && !request.has(u"to"_s);
}

Result<VerbReply> runCheck(const VerbContext& context)
{
    std::optional<store::Asset> asset;
    if (context.workspace && isWholePass(context.request)) {
        auto known = assetOfFile(*context.workspace, context.request.operands.first(), context.cancel);
        if (!known)
            return std::move(known).error();
        asset = *std::move(known);
    }
    const auto why = asset ? whyNotStored(context) : Result<QString>(QString());
    if (!why)
        return why.error();
    const bool isStored = asset && why->isEmpty();
    auto reply = isStored ? checkStored(context, *asset) : checkFile(context);
    if (!reply)
        return reply;
    reply->json.insert(u"asset"_s, asset ? QJsonValue(asset->id.toString()) : QJsonValue());
    reply->json.insert(u"stored"_s, isStored);
    if (!why->isEmpty())
        reply->json.insert(u"not_stored"_s, *why);
    return reply;
}

} // namespace vidimus::workbench
