#include "core/workbench/queue_job.h"

#include "core/jobs/job_runner.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<JobId> queueJob(Workspace& workspace, const AssetId& about, jobs::Job job)
{
    job.id = newId<JobId>();
    job.payload.insert(u"asset"_s, about.toString());
    auto queued = workspace.store().write([&](store::UnitOfWork& unit) -> Result<JobId> {
        const auto asset = unit.assets.find(about);
        if (!asset)
            return asset.error();
        job.subject = asset->originalName;
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
