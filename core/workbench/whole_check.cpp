#include "core/workbench/whole_check.h"

#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/model_pass.h"
#include "core/workbench/review.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// Twice at the same place: the media is to blame, and a person has to know.
bool isUnreadable(const Error& error)
{
    return error.code == ErrorCode::Corrupt || error.reason == "file_parked" || error.reason == "worker_crashed";
}

/// The checks ran, but no picture of the file could be decoded: a person has to know that too.
bool showsNothing(const checks::Report& report)
{
    const auto errors = std::ranges::find_if(
        report.checks, [](const checks::CheckResult& check) { return check.id == u"decode_errors"_s; });
    if (report.frames == 0 || errors == report.checks.end())
        return false;
    const auto damaged = errors->measured.find(u"damaged_frames"_s);
    return damaged != errors->measured.end() && damaged->second >= static_cast<double>(report.frames);
}

/// Sets the file aside as unreadable, or lets it wait again once it could be read. What was decided stays decided.
Result<void> park(Workspace& workspace, const AssetId& id, bool unreadable)
{
    using store::AssetState;
    const auto changed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<bool> {
        const auto asset = unit.assets.find(id);
        if (!asset)
            return asset.error();
        const AssetState from = unreadable ? AssetState::Waiting : AssetState::Unreadable;
        if (asset->state != from)
            return false;
        const auto set = unit.assets.setState(id, unreadable ? AssetState::Unreadable : AssetState::Waiting);
        return set ? Result<bool>(true) : Result<bool>(set.error());
    });
    if (!changed)
        return changed.error();
    if (*changed) {
        Q_EMIT workspace.events().assetsChanged();
        Q_EMIT workspace.events().attentionChanged();
    }
    return {};
}

} // namespace

Result<checks::Report> checkWholly(Workspace& workspace, const AssetId& id, const QString& profileId,
    const CancelToken& cancel, const ProgressSink& progress)
{
    auto report = checkAsset(workspace, id, profileId, cancel, progress);
    if (!report) {
        const auto parked = isUnreadable(report.error()) ? park(workspace, id, true) : Result<void>();
        return parked ? report.error() : parked.error();
    }
    if (auto looked = lookWithModels(workspace, id, profileId, cancel); !looked)
        return std::move(looked).error();
    if (auto parked = park(workspace, id, showsNothing(*report)); !parked)
        return std::move(parked).error();
    auto item = reviewItem(workspace, id);
    if (!item)
        return std::move(item).error();
    return item->report ? *std::move(item->report) : *std::move(report);
}

} // namespace vidimus::workbench
