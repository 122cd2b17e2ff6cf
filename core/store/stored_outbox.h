#pragma once

#include "core/catalog/outbox_store.h"
#include "core/store/workspace_store.h"

namespace vidimus::store {

/// The outbox of a workspace. What the answer of the catalog means for the local row is written in the same
/// transaction: a delivered decision becomes "sent", one that lost against another becomes a draft. Any thread.
class StoredOutbox : public catalog::OutboxStore {
public:
    /// \a store must outlive it.
    explicit StoredOutbox(WorkspaceStore& store)
        : m_store(store)
    {
    }
    [[nodiscard]] Result<std::vector<catalog::Operation>> claimReady(Instant now, int limit) override;
    [[nodiscard]] Result<std::optional<Instant>> nextReadyAt() override;
    [[nodiscard]] Result<void> markDone(const OperationId& id, Instant now) override;
    [[nodiscard]] Result<void> markRetry(const OperationId& id, Instant at, const Error& error) override;
    [[nodiscard]] Result<void> markConflict(
        const OperationId& id, const Error& error, const QJsonObject& serverState) override;
    [[nodiscard]] Result<void> park(const OperationId& id, const Error& error) override;
    [[nodiscard]] Result<void> retry(const OperationId& id, Instant now) override;
    [[nodiscard]] Result<void> drop(const OperationId& id) override;
    [[nodiscard]] Result<std::vector<catalog::Operation>> list(int limit) override;
    [[nodiscard]] Result<catalog::OutboxCounts> counts() override;

private:
    WorkspaceStore& m_store;
};

/// The subject under which a decision's operation is added to the outbox.
[[nodiscard]] QString outboxSubject(const DecisionId& decision);

} // namespace vidimus::store
