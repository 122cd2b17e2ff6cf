#include "core/workbench/model_pass.h"

#include "core/checks/check_descriptor.h"
#include "core/checks/judge.h"
#include "core/store/workspace_store.h"
#include "core/workbench/allowances.h"
#include "core/workbench/events.h"
#include "core/workbench/first_look.h"
#include "core/workbench/models.h"
#include "core/workbench/open_input.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFile>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFaces = "faces"_L1;
constexpr auto kClassifier = "classifier"_L1;

std::vector<QString> wantedModelChecks(const checks::Profile& profile)
{
    std::vector<QString> ids;
    for (const checks::CheckDescriptor& descriptor : checks::checkDescriptors()) {
        const auto setting = profile.checks.find(QString::fromLatin1(descriptor.id));
        if (descriptor.needsModel && setting != profile.checks.end() && setting->second.enabled)
            ids.push_back(setting->first);
    }
    return ids;
}

struct Standing {
    store::Asset asset;
    store::StoredReport report;
};

Result<Standing> standingOf(Workspace& workspace, const AssetId& id)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<Standing> {
        auto asset = unit.assets.find(id);
        auto reports = unit.reports.findAll(id);
        if (!asset || !reports)
            return asset ? reports.error() : asset.error();
        if (reports->empty())
            return Error {ErrorCode::NotFound, u"it was not checked yet"_s, "no_report"};
        return Standing {*std::move(asset), std::move(reports->front())};
    });
}

/// The track of faces in the newest report; empty when there is none.
std::vector<checks::TrackItem> faceTrack(Workspace& workspace, const AssetId& id)
{
    const auto standing = standingOf(workspace, id);
    const auto report
        = standing ? checks::reportFromJson(standing->report.report) : Result<checks::Report>(standing.error());
    if (!report)
        return {};
    const auto faces = std::ranges::find(report->checks, kFaces, &checks::CheckResult::id);
    return faces == report->checks.end() ? std::vector<checks::TrackItem>() : faces->track;
}

Result<void> keep(Workspace& workspace, const Standing& standing, worker::CheckedFile& checked)
{
    const auto& classified = checked.measurements.checks.find(kClassifier);
    std::optional<double> score;
    if (classified != checked.measurements.checks.end()) {
        const auto top = classified->second.scalars.find(u"top_score"_s);
        if (top != classified->second.scalars.end())
            score = std::clamp(top->second, 0.0, 1.0);
    }
    return workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        auto report = applyAllowances(unit, standing.asset.sha256, checked.report, checked.measurements, unit.now());
        if (!report)
            return std::move(report).error();
        store::StoredReport stored = standing.report;
        stored.report = checks::toJson(*report);
        stored.verdict = checks::outcomeName(checks::verdict(*report));
        stored.measurements = checks::toJson(checked.measurements);
        if (auto put = unit.reports.put(stored); !put)
            return put;
        return unit.assets.setModelScore(standing.asset.id, score);
    });
}

} // namespace

Result<void> lookWithModels(
    Workspace& workspace, const AssetId& id, const QString& profileId, const CancelToken& cancel)
{
    const auto profile = chosenCheckProfile(workspace, profileId);
    if (!profile)
        return profile.error();
    const std::vector<QString> wanted = wantedModelChecks(*profile);
    if (wanted.empty())
        return {};
    const auto standing = standingOf(workspace, id);
    if (!standing)
        return standing.error();
    auto measurements = checks::measurementsFromJson(standing->report.measurements);
    if (!measurements)
        return std::move(measurements).error();
    const auto input = openOriginalFile(workspace.paths(), standing->asset);
    if (!input)
        return input.error();
    worker::CheckedFile checked;
    checked.measurements = *std::move(measurements);
    const auto added = addModelChecks(workspace.workers(), input->get(), *profile, checked, cancel);
    if (!added) {
        if (added.error().code == ErrorCode::Canceled)
            return added.error();
        for (const QString& check : wanted) {
            if (!checked.measurements.checks.contains(check))
                checked.measurements.checks[check].cause = u"model_failed"_s;
        }
        checked.report = checks::judge(checked.measurements, *profile);
    }
    if (auto kept = keep(workspace, *standing, checked); !kept)
        return kept;
    // A small picture that was made before may now show somebody.
    if (posterFrame(workspace, id))
        QFile::remove(workspace.paths().thumbnail(standing->asset.sha256));
    Q_EMIT workspace.events().assetChanged(id);
    return {};
}

std::vector<transcode::TimeSpan> facesOf(Workspace& workspace, const AssetId& id)
{
    std::vector<transcode::TimeSpan> spans;
    for (const checks::TrackItem& face : faceTrack(workspace, id)) {
        if (!spans.empty() && face.start <= spans.back().end)
            spans.back().end = std::max(spans.back().end, face.end);
        else if (std::ssize(spans) < transcode::kMostPosterSpans)
            spans.push_back({face.start, face.end});
    }
    return spans;
}

std::optional<qint64> posterFrame(Workspace& workspace, const AssetId& id)
{
    std::optional<qint64> frame;
    qint64 largest = 0;
    for (const checks::TrackItem& face : faceTrack(workspace, id)) {
        const qint64 area = face.region ? qint64 {face.region->width} * face.region->height : 0;
        if (area > largest) {
            largest = area;
            frame = face.firstFrame;
        }
    }
    return frame;
}

} // namespace vidimus::workbench
