#include "core/workbench/queue_check.h"

#include "core/jobs/job_runner.h"
#include "core/moderation/role.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<JobId> queueCheck(Workspace& workspace, const AssetId& id)
{
    if (auto allowed = moderation::require(workspace.me().roles, moderation::Action::RunChecks); !allowed)
        return std::move(allowed).error();
    auto queued = workspace.store().write([&](store::UnitOfWork& unit) -> Result<JobId> {
        const auto asset = unit.assets.find(id);
        if (!asset)
            return asset.error();
        jobs::Job job;
        job.id = newId<JobId>();
        job.kind = "check";
        job.subject = asset->originalName;
        job.payload = {{u"asset"_s, id.toString()}};
        job.createdAt = unit.now();
        if (auto added = unit.jobs.add(job); !added)
            return std::move(added).error();
        return job.id;
    });
    if (queued) {
        workspace.jobs().poke();
        Q_EMIT workspace.events().jobChanged(*queued);
    }
    return queued;
}

} // namespace vidimus::workbench
