#include "core/workbench/outbox_desk.h"

#include "core/jobs/job_runner.h"
#include "core/moderation/role.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxListed = 10'000;

Result<void> changeOperation(Workspace& workspace, const OperationId& id, const QString& action, auto change)
{
    const auto changed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto operation = unit.outbox.find(id);
        if (!operation)
            return operation.error();
        if (auto done = change(unit.outbox, unit.now()); !done)
            return done;
        return unit.audit.append(workspace.me().id.toString(), action, u"operation:"_s + id.toString(),
            catalog::toJson(*operation), QJsonValue::Null);
    });
    if (changed) {
        Q_EMIT workspace.events().outboxChanged();
        Q_EMIT workspace.events().attentionChanged();
        workspace.catalog().poke();
    }
    return changed;
}

} // namespace

Result<std::vector<catalog::Operation>> outboxOperations(Workspace& workspace)
{
    return workspace.store().read([](const store::UnitOfWork& unit) { return unit.outbox.list(kMaxListed); });
}

Result<void> retryOperation(Workspace& workspace, const OperationId& id)
{
    return changeOperation(workspace, id, u"retry_operation"_s,
        [&id](store::OutboxRepository& outbox, Instant now) { return outbox.retry(id, now); });
}

Result<void> dropOperation(Workspace& workspace, const OperationId& id)
{
    return changeOperation(workspace, id, u"drop_operation"_s,
        [&id](store::OutboxRepository& outbox, Instant) { return outbox.drop(id); });
}

Result<std::vector<jobs::Job>> listJobs(Workspace& workspace, int limit)
{
    return workspace.store().read([limit](const store::UnitOfWork& unit) { return unit.jobs.list(limit); });
}

Result<jobs::Job> changeJob(Workspace& workspace, const JobId& id, jobs::JobEvent event)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::ControlJobs, u"job:"_s + id.toString());
        !allowed)
        return std::move(allowed).error();
    return workspace.jobs().change(id, event);
}

} // namespace vidimus::workbench
