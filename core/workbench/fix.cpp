#include "core/workbench/fix.h"

#include "core/base/durable_file.h"
#include "core/checks/judge.h"
#include "core/store/workspace_store.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/open_input.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <QJsonArray>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostAttempts = 3;
constexpr double kAroundSeconds = 1; // beside a touched range: flashes are counted over a second

const checks::CheckResult* resultOf(const checks::Report& report, const QString& id)
{
    const auto found = std::ranges::find(report.checks, id, &checks::CheckResult::id);
    return found == report.checks.end() ? nullptr : &*found;
}

/// A check passes, or has fewer findings where the rest was refused beforehand.
bool isSolved(const FixOutcome& outcome, const QString& id)
{
    const checks::CheckResult* before = resultOf(outcome.before, id);
    const checks::CheckResult* after = resultOf(*outcome.after, id);
    if (before == nullptr || after == nullptr)
        return false;
    if (after->outcome == checks::CheckOutcome::Pass)
        return true;
    const auto& refusals = outcome.proposal.refusals;
    const bool refused = std::ranges::find(refusals, id, &transcode::FixRefusal::check) != refusals.end();
    return refused && after->outcome != checks::CheckOutcome::NotEvaluated
        && after->findings.size() < before->findings.size();
}

bool allSolved(const FixOutcome& outcome)
{
    return std::ranges::all_of(
        outcome.proposal.steps, [&](const transcode::FixStep& step) { return isSolved(outcome, step.check); });
}

/// Frames that must be looked at again; nothing when it is the whole file.
std::optional<transcode::FrameSpan> touchedFrames(const FixOutcome& outcome)
{
    const transcode::FixPlan& plan = outcome.proposal.plan;
    if (plan.sound || plan.trim || plan.crop || outcome.before.duration <= 0)
        return std::nullopt;
    transcode::FrameSpan touched {outcome.frames, 0};
    const auto take = [&touched](const std::vector<transcode::FrameSpan>& spans) {
        touched.first = std::min(touched.first, spans.front().first);
        touched.last = std::max(touched.last, spans.back().last);
    };
    if (plan.flash)
        take(plan.flash->spans);
    if (plan.red)
        take(plan.red->spans);
    if (plan.levels)
        take(plan.levels->spans);
    const auto around
        = static_cast<qint64>(kAroundSeconds * static_cast<double>(outcome.frames) / outcome.before.duration + 1);
    return transcode::FrameSpan {
        std::max<qint64>(0, touched.first - around), std::min(outcome.frames - 1, touched.last + around)};
}

/// A stronger plan after one that left findings; false when there is none.
bool strengthen(const FixOutcome& outcome, transcode::FixPlan& plan)
{
    bool stronger = false;
    if (plan.flash && !isSolved(outcome, u"flash"_s) && plan.flash->step > 0) {
        plan.flash->step = plan.flash->step > 0.5 ? 0.35 : 0;
        stronger = true;
    }
    if (const checks::CheckResult* peaks = resultOf(*outcome.after, u"true_peak"_s);
        plan.sound && plan.sound->limits && peaks != nullptr && !peaks->findings.empty()) {
        double highest = -100;
        for (const checks::Finding& finding : peaks->findings) {
            const auto value = finding.measured.find(u"true_peak_dbtp"_s);
            highest = std::max(highest, value == finding.measured.end() ? highest : value->second);
        }
        const auto limit = peaks->threshold.find(u"max_level"_s);
        if (limit != peaks->threshold.end()) {
            plan.sound->ceilingDbtp -= std::max(0.0, highest - limit->second) + 0.1;
            stronger = true;
        }
    }
    return stronger;
}

Result<checks::Report> checkAgain(worker::WorkerPool& workers, int output, const FixOutcome& outcome,
    const CancelToken& cancel, const ProgressSink& progress)
{
    const auto checked = outcome.rechecked
        ? workers.checkRange(output, outcome.judgedBy, *outcome.rechecked, cancel, progress)
        : workers.check(output, outcome.judgedBy, cancel, progress);
    return checked ? Result<checks::Report>(checked->report) : checked.error();
}

Result<FixOutcome> outcomeOf(const media::MediaFacts& facts, const checks::Measurements& measurements,
    const checks::Profile& profile, const checks::Profile& judgedBy, const QStringList& ids)
{
    FixOutcome outcome {.profile = profile.id, .ids = ids, .judgedBy = judgedBy};
    outcome.before = checks::judge(measurements, judgedBy);
    outcome.frames = measurements.clock.count();
    outcome.proposal = transcode::proposeFix(facts, measurements, outcome.before, judgedBy, ids);
    return outcome;
}

} // namespace

Result<FixOutcome> proposeFixOfFile(worker::WorkerPool& workers, int input, const checks::Profile& profile,
    const QStringList& ids, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto judgedBy = transcode::profileForFix(profile, ids);
    if (!judgedBy)
        return judgedBy.error();
    const auto facts = workers.probe(input, cancel);
    if (!facts)
        return facts.error();
    const auto checked = workers.check(input, *judgedBy, cancel, progress);
    if (!checked)
        return checked.error();
    return outcomeOf(*facts, checked->measurements, profile, *judgedBy, ids);
}

Result<FixOutcome> proposeFixOfAsset(
    Workspace& workspace, const AssetId& id, const QStringList& ids, const CancelToken& cancel)
{
    struct Stored {
        store::Asset asset;
        store::StoredReport report;
    };
    const auto stored = workspace.store().read([&](const store::UnitOfWork& unit) -> Result<Stored> {
        auto asset = unit.assets.find(id);
        auto reports = unit.reports.findAll(id);
        if (!asset || !reports)
            return asset ? reports.error() : asset.error();
        if (reports->empty())
            return Error {ErrorCode::NotFound, u"it was not checked yet"_s, "no_report"};
        return Stored {*std::move(asset), std::move(reports->front())};
    });
    if (!stored)
        return stored.error();
    const auto profile = loadCheckProfile(workspace, stored->report.profile);
    const auto judgedBy = profile ? transcode::profileForFix(*profile, ids) : profile;
    const auto measurements = checks::measurementsFromJson(stored->report.measurements);
    if (!judgedBy || !measurements)
        return judgedBy ? measurements.error() : judgedBy.error();
    const auto input = openOriginalFile(workspace.paths(), stored->asset);
    if (!input)
        return input.error();
    const auto facts = workspace.workers().probe(input->get(), cancel);
    if (!facts)
        return facts.error();
    return outcomeOf(*facts, *measurements, *profile, *judgedBy, ids);
}

Result<FixOutcome> applyFix(worker::WorkerPool& workers, int input, const FixOutcome& proposed, const QString& out,
    const CancelToken& cancel, const ProgressSink& progress)
{
    if (proposed.proposal.plan.isEmpty())
        return Error {ErrorCode::Invalid, u"there is nothing that can be corrected"_s, "nothing_to_correct"};
    if (QFileInfo::exists(out))
        return Error {ErrorCode::Conflict, u"\"%1\" is there already"_s.arg(QFileInfo(out).fileName()), "exists"};
    FixOutcome outcome = proposed;
    outcome.rechecked = touchedFrames(outcome);
    transcode::FixPlan plan = proposed.proposal.plan;
    for (;;) {
        auto file = DurableFile::createUnnamed(out);
        if (!file)
            return std::move(file).error();
        const auto fixed = workers.fix(input, file->fd(), plan, cancel, progress);
        if (!fixed)
            return fixed.error();
        auto after = checkAgain(workers, file->fd(), outcome, cancel, progress);
        if (!after)
            return std::move(after).error();
        outcome.after = *std::move(after);
        outcome.proved = allSolved(outcome);
        ++outcome.attempts;
        if (outcome.proved) {
            outcome.file = *fixed;
            outcome.proposal.plan = plan;
            if (auto committed = file->commit(); !committed)
                return std::move(committed).error();
            return outcome;
        }
        if (outcome.attempts == kMostAttempts || !strengthen(outcome, plan))
            return outcome;
    }
}

Result<FixOutcome> applyFixToAsset(Workspace& workspace, const AssetId& id, const FixOutcome& proposed,
    const QString& out, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto asset = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(id); });
    if (!asset)
        return asset.error();
    const auto input = openOriginalFile(workspace.paths(), *asset);
    if (!input)
        return input.error();
    return applyFix(workspace.workers(), input->get(), proposed, out, cancel, progress);
}

QJsonObject toJson(const FixOutcome& outcome)
{
    QJsonArray steps;
    for (const transcode::FixStep& step : outcome.proposal.steps)
        steps.append(transcode::toJson(step));
    QJsonArray refused;
    for (const transcode::FixRefusal& refusal : outcome.proposal.refusals)
        refused.append(transcode::toJson(refusal));
    QJsonObject json {{u"profile"_s, outcome.profile}, {u"steps"_s, steps}, {u"refused"_s, refused},
        {u"plan"_s, transcode::toJson(outcome.proposal.plan)}, {u"before"_s, checks::toJson(outcome.before)}};
    if (!outcome.after)
        return json;
    json.insert(u"after"_s, checks::toJson(*outcome.after));
    json.insert(u"proved"_s, outcome.proved);
    json.insert(u"attempts"_s, outcome.attempts);
    if (outcome.rechecked) {
        json.insert(u"rechecked_frames"_s, QJsonArray {outcome.rechecked->first, outcome.rechecked->last});
    }
    if (outcome.file)
        json.insert(u"file"_s, transcode::toJson(*outcome.file));
    return json;
}

} // namespace vidimus::workbench
