#include "core/workbench/queue_check.h"

#include "core/moderation/role.h"
#include "core/workbench/queue_job.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

Result<JobId> queueCheck(Workspace& workspace, const AssetId& id)
{
    if (auto allowed = moderation::require(workspace.me().roles, moderation::Action::RunChecks); !allowed)
        return std::move(allowed).error();
    return queueJob(workspace, id, {.kind = "check"});
}

} // namespace vidimus::workbench
