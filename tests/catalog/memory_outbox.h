#pragma once

#include "core/catalog/outbox_store.h"

namespace vidimus::test {

/// The outbox's contract in memory, for tests of what stands on it.
class MemoryOutbox : public catalog::OutboxStore {
public:
    void add(const catalog::Operation& operation) { operations.push_back(operation); }
    Result<std::vector<catalog::Operation>> claimReady(Instant now, int limit) override;
    Result<std::optional<Instant>> nextReadyAt() override;
    Result<void> markDone(const OperationId& id, Instant now) override;
    Result<void> markRetry(const OperationId& id, Instant at, const Error& error) override;
    Result<void> markConflict(const OperationId& id, const Error& error, const QJsonObject& serverState) override;
    Result<void> park(const OperationId& id, const Error& error) override;
    Result<void> retry(const OperationId& id, Instant now) override;
    Result<void> drop(const OperationId& id) override;
    Result<std::vector<catalog::Operation>> list(int limit) override;
    Result<catalog::OutboxCounts> counts() override;

    catalog::Operation& find(const OperationId& id);
    std::vector<catalog::Operation> operations;
};

} // namespace vidimus::test
