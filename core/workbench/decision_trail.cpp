#include "core/workbench/decision_trail.h"

#include "core/catalog/operation_payload.h"
#include "core/moderation/decision_rules.h"
#include "core/store/stored_outbox.h"

namespace vidimus::workbench {

Result<void> queueDecision(
    store::UnitOfWork& unit, const moderation::Decision& decision, const TitleId& title, const DecisionId& standsThere)
{
    const catalog::AppendDecision payload {.id = decision.id,
        .asset = decision.asset,
        .title = title,
        .assetSha256 = decision.assetSha256,
        .verdict = moderation::verdictName(decision.verdict),
        .decision = moderation::toJson(decision),
        .decidedAt = decision.at,
        .supersedes = standsThere};
    return unit.outbox.add(
        catalog::makeOperation(payload, unit.now(), moderation::kUndoWindow), store::outboxSubject(decision.id));
}

Result<TakenBack> takeBackDecision(store::UnitOfWork& unit, const DecisionId& decision)
{
    const auto operation = unit.outbox.findBySubject(store::outboxSubject(decision));
    if (!operation)
        return operation.error();
    const auto taken = unit.outbox.takeBack(store::outboxSubject(decision));
    if (!taken)
        return taken.error();
    if (!*taken || !*operation)
        return TakenBack {false, decision};
    const auto payload = catalog::appendDecisionFromJson((*operation)->payload);
    if (!payload)
        return Error {ErrorCode::Corrupt, payload.error().detail, "stored_operation"};
    return TakenBack {true, payload->supersedes};
}

Result<std::optional<moderation::Decision>> reinstateBefore(
    store::UnitOfWork& unit, const moderation::Decision& undone, const TitleId& title, const DecisionId& standsThere)
{
    if (undone.replaces.isEmpty())
        return std::optional<moderation::Decision>();
    auto before = unit.decisions.find(undone.replaces);
    if (!before)
        return std::move(before).error();
    const auto operation = unit.outbox.findBySubject(store::outboxSubject(before->id));
    if (!operation)
        return operation.error();
    const bool isTold = before->id == standsThere;
    const bool isUnderWay = *operation && (*operation)->state != catalog::OperationState::Done;
    before->state = isTold && !isUnderWay ? moderation::DecisionState::Sent : moderation::DecisionState::Committed;
    if (auto updated = unit.decisions.update(*before); !updated)
        return std::move(updated).error();
    if (!isTold) {
        if (auto queued = queueDecision(unit, *before, title, standsThere); !queued)
            return std::move(queued).error();
    }
    return std::optional(*std::move(before));
}

store::AssetState assetStateFor(moderation::Verdict verdict)
{
    switch (verdict) {
    case moderation::Verdict::Pass:
        return store::AssetState::Passed;
    case moderation::Verdict::Reject:
        return store::AssetState::Rejected;
    case moderation::Verdict::Escalate:
        return store::AssetState::Escalated;
    case moderation::Verdict::Duplicate:
        return store::AssetState::Duplicate;
    case moderation::Verdict::Clear:
        return store::AssetState::Waiting;
    }
    return store::AssetState::Waiting;
}

} // namespace vidimus::workbench
