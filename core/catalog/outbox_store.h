#pragma once

#include "core/catalog/operation.h"

#include <optional>
#include <vector>

namespace vidimus::catalog {

struct OutboxCounts {
    int waiting = 0;
    int conflicts = 0;
    int needsPerson = 0;
};

/// Where operations wait; core/store implements it in the workspace database. Every function is safe from any thread
/// and returns once the change is on the disk. Operations are added by the store's own repositories, in the transaction
/// of the local change. Errors of all: Io, DiskFull, Corrupt; NotFound for an id that is not there.
class OutboxStore {
public:
    virtual ~OutboxStore() = default;
    /// The operations that may leave now, oldest first, at most \a limit and at most one of each title: the title's
    /// oldest that is not Done, if it is Waiting and its notBefore is not after \a now. A title whose oldest is in
    /// Conflict or NeedsPerson gives none, but its oldest waiting Withdraw passes all others: taking down never waits
    /// for a person. Nothing is locked: only one Synchronizer works on a workspace.
    [[nodiscard]] virtual Result<std::vector<Operation>> claimReady(Instant now, int limit) = 0;
    /// When the next waiting operation becomes ready; none when nothing can leave without a person.
    [[nodiscard]] virtual Result<std::optional<Instant>> nextReadyAt() = 0;
    [[nodiscard]] virtual Result<void> markDone(const OperationId& id, Instant now) = 0;
    /// Counts an attempt and waits until \a at.
    [[nodiscard]] virtual Result<void> markRetry(const OperationId& id, Instant at, const Error& error) = 0;
    [[nodiscard]] virtual Result<void> markConflict(
        const OperationId& id, const Error& error, const QJsonObject& serverState)
        = 0;
    /// Sets it aside for a person.
    [[nodiscard]] virtual Result<void> park(const OperationId& id, const Error& error) = 0;
    /// A person's answer to Conflict or NeedsPerson: waiting again, from now on. Errors also: Conflict when it is Done.
    [[nodiscard]] virtual Result<void> retry(const OperationId& id, Instant now) = 0;
    /// A person gives it up; the local change stays. Errors also: Conflict when it is Done.
    [[nodiscard]] virtual Result<void> drop(const OperationId& id) = 0;
    /// Not Done, oldest first.
    [[nodiscard]] virtual Result<std::vector<Operation>> list(int limit) = 0;
    [[nodiscard]] virtual Result<OutboxCounts> counts() = 0;
};

} // namespace vidimus::catalog
