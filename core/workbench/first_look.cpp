#include "core/workbench/first_look.h"

#include "core/store/workspace_store.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/open_input.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

namespace vidimus::workbench {

Result<checks::Profile> chosenCheckProfile(Workspace& workspace, const QString& profileId)
{
    if (!profileId.isEmpty())
        return loadCheckProfile(workspace, profileId);
    const auto chosen = setting(workspace, kCheckProfileSetting);
    if (!chosen)
        return chosen.error();
    return loadCheckProfile(workspace, chosen->toString());
}

Result<checks::FirstVerdict> lookAtAsset(Workspace& workspace, const AssetId& id, const QString& profileId,
    const std::optional<checks::PlannedLook>& range, const CancelToken& cancel)
{
    const auto asset = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(id); });
    if (!asset)
        return asset.error();
    const auto profile = chosenCheckProfile(workspace, profileId);
    if (!profile)
        return profile.error();
    const auto input = openOriginalFile(workspace.paths(), *asset);
    if (!input)
        return input.error();
    return workspace.workers().lookFirst(input->get(), *profile, range, cancel);
}

} // namespace vidimus::workbench
