#include "core/workbench/check_profiles.h"
#include "core/workbench/fix.h"
#include "core/workbench/open_input.h"
#include "core/workbench/verb_table.h"

#include <QFileInfo>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// Nothing to do because all is well is a yes; because nothing can be done, a no.
ExitCode exitOf(const FixOutcome& outcome)
{
    if (outcome.after)
        return outcome.proved ? ExitCode::Done : ExitCode::AnswerIsNo;
    const bool helpless = std::ranges::any_of(outcome.proposal.refusals,
        [](const transcode::FixRefusal& refusal) { return refusal.reason != "not_failing"_L1; });
    return outcome.proposal.steps.empty() && helpless ? ExitCode::AnswerIsNo : ExitCode::Done;
}

} // namespace

Result<VerbReply> runFix(const VerbContext& context)
{
    const QString path = context.request.operands.first();
    const QString name = QFileInfo(path).fileName();
    const QString out = context.request.options.value(u"out"_s);
    const auto input = openInput(path);
    if (!input)
        return input.error();
    const auto profile = loadCheckProfile(context.request.options.value(u"checks"_s));
    if (!profile)
        return profile.error();
    const QStringList ids = context.request.options.value(u"only"_s).split(u',', Qt::SkipEmptyParts);
    if (ids.isEmpty())
        return Error {ErrorCode::Invalid,
            u"--only needs at least one of: %1"_s.arg(transcode::correctableChecks().join(u", "_s)), "usage"};
    auto outcome = proposeFixOfFile(context.workers, input->get(), *profile, ids, context.cancel,
        progressNotes(context.notes, u"Measuring %1"_s.arg(name)));
    if (!outcome)
        return std::move(outcome).error();
    const bool write = !out.isEmpty() && !context.request.has(u"dry-run"_s);
    if (write && !outcome->proposal.plan.isEmpty()) {
        outcome = applyFix(context.workers, input->get(), *outcome, out, context.cancel,
            progressNotes(context.notes, u"Correcting %1"_s.arg(name)));
        if (!outcome)
            return std::move(outcome).error();
    }
    QJsonObject json = toJson(*outcome);
    json.insert(u"dry_run"_s, !write);
    if (outcome->file)
        json.insert(u"out"_s, out);
    return VerbReply {exitOf(*outcome), json};
}

} // namespace vidimus::workbench
