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

/// What an operation carries out: who might do one of these may send it again or drop it.
std::vector<moderation::Action> actionsOf(catalog::OperationKind kind, CatalogKind catalogKind)
{
    using catalog::OperationKind;
    using moderation::Action;
    switch (kind) {
    case OperationKind::UpsertTitle:
        return {Action::Ingest, Action::EditTitles, Action::EditRights};
    case OperationKind::RegisterAsset:
        return {Action::Ingest};
    case OperationKind::AppendDecision:
        return {Action::Decide};
    case OperationKind::PutWindows:
        return {Action::EditRights};
    case OperationKind::UploadPackage:
        return {Action::Transcode};
    case OperationKind::Publish:
        return {publishAction(catalogKind)};
    case OperationKind::Withdraw:
        return {Action::Withdraw};
    }
    return {};
}

Result<void> requireOneOf(Workspace& workspace, const std::vector<moderation::Action>& actions, const QString& subject)
{
    const bool isAllowed = std::ranges::any_of(
        actions, [&](moderation::Action action) { return moderation::may(workspace.me().roles, action); });
    return isAllowed ? Result<void>() : requirePermission(workspace, actions.front(), subject);
}

Result<void> changeOperation(Workspace& workspace, const OperationId& id, const QString& action, auto change)
{
    const auto known = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.outbox.find(id); });
    if (!known)
        return known.error();
    if (auto allowed
        = requireOneOf(workspace, actionsOf(known->kind, workspace.profile().kind), u"operation:"_s + id.toString());
        !allowed)
        return allowed;
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
