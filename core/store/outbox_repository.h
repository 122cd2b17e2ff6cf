#pragma once

#include "core/catalog/outbox_store.h"
#include "core/sql/connection.h"

namespace vidimus::store {

/// Operations on their way to the catalog. Part of a transaction; const functions only read. The rules are those of
/// catalog::OutboxStore, which StoredOutbox implements with this.
class OutboxRepository {
public:
    explicit OutboxRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Adds an operation in the transaction of the local change. \a subject finds it again (a decision's id), so that
    /// undo can take it back. Errors: Conflict when the id exists.
    [[nodiscard]] Result<void> add(const catalog::Operation& operation, const QString& subject = {});
    /// The newest operation for \a subject, also when it is done; none when there is none.
    [[nodiscard]] Result<std::optional<catalog::Operation>> findBySubject(const QString& subject) const;
    /// Removes what waits for \a subject; true when there was something and it cannot have left: no trace is anywhere.
    /// False once it was claimed, since an answer may have been lost: then only a compensating operation helps.
    [[nodiscard]] Result<bool> takeBack(const QString& subject);

    [[nodiscard]] Result<std::vector<catalog::Operation>> ready(Instant now, int limit) const;
    [[nodiscard]] Result<void> markClaimed(const OperationId& id, Instant now);
    [[nodiscard]] Result<std::optional<Instant>> nextReadyAt() const;
    [[nodiscard]] Result<void> markDone(const OperationId& id, Instant now);
    [[nodiscard]] Result<void> markRetry(const OperationId& id, Instant at, const Error& error);
    [[nodiscard]] Result<void> markConflict(const OperationId& id, const Error& error, const QJsonObject& serverState);
    [[nodiscard]] Result<void> park(const OperationId& id, const Error& error);
    [[nodiscard]] Result<void> retry(const OperationId& id, Instant now);
    [[nodiscard]] Result<void> drop(const OperationId& id);
    [[nodiscard]] Result<catalog::Operation> find(const OperationId& id) const; ///< Errors: NotFound
    /// The subject that add() was given; empty when there was none. Errors: NotFound
    [[nodiscard]] Result<QString> subjectOf(const OperationId& id) const;
    [[nodiscard]] Result<std::vector<catalog::Operation>> list(int limit) const;
    [[nodiscard]] Result<catalog::OutboxCounts> counts() const;

private:
    [[nodiscard]] Result<void> requireOpen(const OperationId& id) const;

    sql::Connection* m_connection;
};

} // namespace vidimus::store
