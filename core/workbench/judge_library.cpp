#include "core/workbench/judge_library.h"

#include "core/checks/check_descriptor.h"
#include "core/checks/judge.h"
#include "core/checks/measurements.h"
#include "core/checks/report.h"
#include "core/store/workspace_store.h"
#include "core/workbench/allowances.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

QString outcomeIn(const checks::Report& report, const QString& id)
{
    const auto found = std::ranges::find(report.checks, id, &checks::CheckResult::id);
    return found != report.checks.end() ? checks::outcomeName(found->outcome) : u"off"_s;
}

std::vector<ChangedCheck> changedChecks(const checks::Report& before, const checks::Report& after)
{
    std::vector<ChangedCheck> changed;
    for (const checks::CheckDescriptor& descriptor : checks::checkDescriptors()) {
        const QString id = QString::fromLatin1(descriptor.id);
        ChangedCheck check {id, outcomeIn(before, id), outcomeIn(after, id)};
        if (check.before != check.after)
            changed.push_back(std::move(check));
    }
    return changed;
}

/// A report by another profile, where everything it needs was measured.
struct Rejudged {
    store::StoredReport report;
    bool suffices = true;
};

/// Judges one asset and adds it up; nothing where it was never checked.
Result<std::optional<Rejudged>> judgeAsset(const store::UnitOfWork& unit, const AssetId& id,
    const checks::Profile& profile, Instant now, LibraryJudgement& judgement)
{
    const auto asset = unit.assets.find(id);
    auto reports = unit.reports.findAll(id);
    if (!asset || !reports)
        return asset ? reports.error() : asset.error();
    if (reports->empty()) {
        ++judgement.unchecked;
        return std::optional<Rejudged>();
    }
    store::StoredReport& stored = reports->front();
    const auto measurements = checks::measurementsFromJson(stored.measurements);
    const auto before = checks::reportFromJson(stored.report);
    if (!measurements || !before)
        return Error {ErrorCode::Corrupt, measurements ? before.error().detail : measurements.error().detail,
            "stored_measurements"};
    const auto after = applyAllowances(unit, asset->sha256, checks::judge(*measurements, profile), *measurements, now);
    if (!after)
        return after.error();
    const QString verdict = checks::outcomeName(checks::verdict(*after));
    ++judgement.judged;
    ++judgement.verdicts[verdict];
    const bool lacks = std::ranges::any_of(
        after->checks, [](const checks::CheckResult& result) { return result.cause == "not_measured"_L1; });
    judgement.unmeasured += lacks ? 1 : 0;
    if (verdict != stored.verdict) {
        judgement.changed.push_back(
            {id, asset->originalName, stored.profile, stored.verdict, verdict, changedChecks(*before, *after)});
    }
    stored.profile = profile.id;
    stored.verdict = verdict;
    stored.report = checks::toJson(*after);
    stored.createdAt = now;
    return std::optional(Rejudged {std::move(stored), !lacks});
}

/// Judges all, and hands what was judged to \a keep.
template<class Keep>
Result<LibraryJudgement> judgeAll(const store::UnitOfWork& unit, const checks::Profile& profile, Instant now,
    const CancelToken& cancel, const ProgressSink& progress, const Keep& keep)
{
    const auto ids = unit.assets.ids({});
    if (!ids)
        return ids.error();
    LibraryJudgement judgement;
    double done = 0;
    for (const AssetId& id : *ids) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"cancelled"_s, "canceled"};
        const auto judged = judgeAsset(unit, id, profile, now, judgement);
        if (!judged)
            return judged.error();
        if (auto kept = *judged ? keep(**judged, judgement) : Result<void>(); !kept)
            return std::move(kept).error();
        if (progress)
            progress({.done = ++done, .total = static_cast<double>(ids->size())});
    }
    return judgement;
}

} // namespace

Result<LibraryJudgement> judgeLibrary(
    Workspace& workspace, const checks::Profile& profile, const CancelToken& cancel, const ProgressSink& progress)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) {
        return judgeAll(unit, profile, workspace.clock().now(), cancel, progress,
            [](const Rejudged&, LibraryJudgement&) { return Result<void>(); });
    });
}

Result<LibraryJudgement> applyProfile(
    Workspace& workspace, const checks::Profile& profile, const CancelToken& cancel, const ProgressSink& progress)
{
    const QString subject = u"checks:"_s + profile.id;
    if (!moderation::may(workspace.me().roles, moderation::Action::ManagePolicies)) {
        if (auto allowed = requirePermission(workspace, moderation::Action::EditAssets, subject); !allowed)
            return std::move(allowed).error();
    }
    auto applied = workspace.store().write([&](store::UnitOfWork& unit) -> Result<LibraryJudgement> {
        auto judgement = judgeAll(unit, profile, unit.now(), cancel, progress,
            [&unit](const Rejudged& judged, LibraryJudgement& sum) -> Result<void> {
                if (!judged.suffices)
                    return {};
                ++sum.applied;
                return unit.reports.put(judged.report);
            });
        if (!judgement)
            return judgement;
        QJsonArray changed;
        for (const ChangedVerdict& each : judgement->changed)
            changed.append(QJsonObject {
                {u"asset"_s, each.asset.toString()}, {u"before"_s, each.before}, {u"after"_s, each.after}});
        if (auto logged = unit.audit.append(workspace.me().id.toString(), u"apply_checks"_s, subject, QJsonValue::Null,
                QJsonObject {{u"profile"_s, profile.id}, {u"applied"_s, judgement->applied}, {u"changed"_s, changed}});
            !logged)
            return std::move(logged).error();
        return judgement;
    });
    if (applied) {
        Q_EMIT workspace.events().saved();
        Q_EMIT workspace.events().assetsChanged();
        Q_EMIT workspace.events().attentionChanged();
    }
    return applied;
}

Result<VerbReply> runChecksJudge(const VerbContext& context)
{
    const auto profile = loadCheckProfile(*context.workspace, context.request.options.value(u"checks"_s));
    if (!profile)
        return profile.error();
    const ProgressSink progress = progressNotes(context.notes, u"Judging by %1"_s.arg(profile->id));
    const bool apply = context.request.has(u"apply"_s);
    const auto judgement = apply ? applyProfile(*context.workspace, *profile, context.cancel, progress)
                                 : judgeLibrary(*context.workspace, *profile, context.cancel, progress);
    if (!judgement)
        return judgement.error();
    QJsonArray changed;
    for (const ChangedVerdict& verdict : judgement->changed) {
        QJsonArray checks;
        for (const ChangedCheck& check : verdict.checks)
            checks.append(QJsonObject {{u"id"_s, check.id}, {u"before"_s, check.before}, {u"after"_s, check.after}});
        changed.append(QJsonObject {{u"asset"_s, verdict.asset.toString()}, {u"name"_s, verdict.name},
            {u"profile"_s, verdict.profile}, {u"before"_s, verdict.before}, {u"after"_s, verdict.after},
            {u"checks"_s, checks}});
    }
    QJsonObject verdicts;
    for (const auto& [verdict, count] : judgement->verdicts)
        verdicts.insert(verdict, count);
    return VerbReply {ExitCode::Done,
        {{u"profile"_s, profile->id}, {u"judged"_s, judgement->judged}, {u"unmeasured"_s, judgement->unmeasured},
            {u"unchecked"_s, judgement->unchecked}, {u"verdicts"_s, verdicts}, {u"changed"_s, changed},
            {u"applied"_s, judgement->applied}}};
}

} // namespace vidimus::workbench
