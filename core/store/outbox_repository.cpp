#include "core/store/outbox_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;
using catalog::Operation;
using catalog::OperationState;

namespace {

const QString kColumns = u"id, title_id, kind, payload, created_at, not_before, attempts, state, error_code, "
                         "error_reason, error_detail, server_state"_s;

/// Each title's oldest open operation, where it waits; where that is set aside for a person, the title's oldest waiting
/// withdrawal, which passes all others. At most one of each title.
const QString kMayLeave
    = u"WITH heads AS (SELECT title_id, min(sequence) AS sequence FROM outbox WHERE state <> 'done' GROUP BY title_id) "
      "SELECT heads.sequence FROM heads JOIN outbox AS open USING (sequence) WHERE open.state = 'waiting' "
      "UNION ALL SELECT min(sequence) FROM outbox WHERE state = 'waiting' AND kind = 'withdraw' AND title_id IN "
      "(SELECT heads.title_id FROM heads JOIN outbox AS open USING (sequence) WHERE open.state <> 'waiting') "
      "GROUP BY title_id"_s;

Result<Operation> readOperation(const sql::Statement& row)
{
    const auto kind = catalog::operationKindFromName(row.text(2).toLatin1());
    if (!kind)
        return corruptRow(kind.error());
    const auto state = catalog::operationStateFromName(row.text(7).toLatin1());
    if (!state)
        return corruptRow(state.error());
    auto payload = jsonColumn(row, 3);
    if (!payload)
        return std::move(payload).error();
    auto serverState = jsonColumn(row, 11);
    if (!serverState)
        return std::move(serverState).error();
    return Operation {.id = row.id<OperationId>(0),
        .title = row.id<TitleId>(1),
        .kind = *kind,
        .payload = std::move(*payload),
        .createdAt = row.instant(4),
        .notBefore = row.instant(5),
        .attempts = static_cast<int>(row.integer(6)),
        .state = *state,
        .lastError = errorColumns(row, 8),
        .serverState = std::move(*serverState)};
}

QString name(OperationState state)
{
    return QString::fromLatin1(catalog::operationStateName(state));
}

QString codeText(const Error& error)
{
    return QString::fromLatin1(errorCodeName(error.code));
}

Error noOperation(const OperationId& id)
{
    return {ErrorCode::NotFound, u"there is no operation %1"_s.arg(id.toString()), "operation_not_found"};
}

Result<void> expectOne(const Result<qint64>& changed, const OperationId& id)
{
    if (!changed)
        return changed.error();
    return *changed == 1 ? Result<void>() : noOperation(id);
}

} // namespace

Result<void> OutboxRepository::add(const Operation& operation, const QString& subject)
{
    auto done = m_connection->execute(
        u"INSERT INTO outbox (id, title_id, kind, subject, payload, created_at, not_before, attempts, state) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        operation.id, operation.title.toString(), QString::fromLatin1(catalog::operationKindName(operation.kind)),
        subject.isEmpty() ? std::nullopt : std::optional(subject), jsonText(operation.payload), operation.createdAt,
        operation.notBefore, operation.attempts, name(operation.state));
    if (!done)
        return std::move(done).error();
    return {};
}

Result<std::optional<Operation>> OutboxRepository::findBySubject(const QString& subject) const
{
    return m_connection->one(u"SELECT %1 FROM outbox WHERE subject = ? ORDER BY sequence DESC LIMIT 1"_s.arg(kColumns),
        readOperation, subject);
}

Result<bool> OutboxRepository::takeBack(const QString& subject)
{
    const auto removed = m_connection->execute(
        u"DELETE FROM outbox WHERE subject = ? AND state = 'waiting' AND claimed_at IS NULL"_s, subject);
    if (!removed)
        return removed.error();
    return *removed > 0;
}

Result<std::vector<Operation>> OutboxRepository::ready(Instant now, int limit) const
{
    return m_connection->all(u"SELECT %1 FROM outbox WHERE sequence IN (%2) AND not_before <= ? ORDER BY sequence "
                             "LIMIT ?"_s.arg(kColumns, kMayLeave),
        readOperation, now, limit);
}

Result<void> OutboxRepository::markClaimed(const OperationId& id, Instant now)
{
    return expectOne(m_connection->execute(u"UPDATE outbox SET claimed_at = ? WHERE id = ?"_s, now, id), id);
}

Result<std::optional<Instant>> OutboxRepository::nextReadyAt() const
{
    auto found = m_connection->one(u"SELECT min(not_before) FROM outbox WHERE sequence IN (%1)"_s.arg(kMayLeave),
        [](const sql::Statement& row) { return row.optionalInstant(0); });
    if (!found)
        return std::move(found).error();
    return found->value_or(std::nullopt);
}

Result<void> OutboxRepository::markDone(const OperationId& id, Instant now)
{
    return expectOne(
        m_connection->execute(u"UPDATE outbox SET state = 'done', done_at = ? WHERE id = ?"_s, now, id), id);
}

Result<void> OutboxRepository::markRetry(const OperationId& id, Instant at, const Error& error)
{
    return expectOne(
        m_connection->execute(u"UPDATE outbox SET state = 'waiting', attempts = attempts + 1, not_before = ?, "
                              "error_code = ?, error_reason = ?, error_detail = ? WHERE id = ?"_s,
            at, codeText(error), QString::fromLatin1(error.reason), error.detail, id),
        id);
}

Result<void> OutboxRepository::markConflict(const OperationId& id, const Error& error, const QJsonObject& serverState)
{
    return expectOne(
        m_connection->execute(u"UPDATE outbox SET state = 'conflict', attempts = attempts + 1, error_code = ?, "
                              "error_reason = ?, error_detail = ?, server_state = ? WHERE id = ?"_s,
            codeText(error), QString::fromLatin1(error.reason), error.detail, jsonText(serverState), id),
        id);
}

Result<void> OutboxRepository::park(const OperationId& id, const Error& error)
{
    return expectOne(
        m_connection->execute(
            u"UPDATE outbox SET state = ?, attempts = attempts + 1, error_code = ?, error_reason = ?, "
            "error_detail = ? WHERE id = ?"_s,
            name(OperationState::NeedsPerson), codeText(error), QString::fromLatin1(error.reason), error.detail, id),
        id);
}

Result<void> OutboxRepository::requireOpen(const OperationId& id) const
{
    const auto operation = find(id);
    if (!operation)
        return operation.error();
    if (operation->state == OperationState::Done)
        return Error {ErrorCode::Conflict, u"the operation is done"_s, "operation_done"};
    return {};
}

Result<void> OutboxRepository::retry(const OperationId& id, Instant now)
{
    if (auto open = requireOpen(id); !open)
        return open;
    return expectOne(
        m_connection->execute(u"UPDATE outbox SET state = 'waiting', not_before = ? WHERE id = ?"_s, now, id), id);
}

Result<void> OutboxRepository::drop(const OperationId& id)
{
    if (auto open = requireOpen(id); !open)
        return open;
    return expectOne(m_connection->execute(u"DELETE FROM outbox WHERE id = ?"_s, id), id);
}

Result<Operation> OutboxRepository::find(const OperationId& id) const
{
    auto found = m_connection->one(u"SELECT %1 FROM outbox WHERE id = ?"_s.arg(kColumns), readOperation, id);
    if (!found)
        return std::move(found).error();
    if (!*found)
        return noOperation(id);
    return std::move(**found);
}

Result<QString> OutboxRepository::subjectOf(const OperationId& id) const
{
    const auto found = m_connection->one(
        u"SELECT subject FROM outbox WHERE id = ?"_s, [](const sql::Statement& row) { return row.text(0); }, id);
    if (!found)
        return found.error();
    return *found ? Result<QString>(**found) : noOperation(id);
}

Result<std::vector<Operation>> OutboxRepository::list(int limit) const
{
    return m_connection->all(
        u"SELECT %1 FROM outbox WHERE state <> 'done' ORDER BY sequence LIMIT ?"_s.arg(kColumns), readOperation, limit);
}

Result<catalog::OutboxCounts> OutboxRepository::counts() const
{
    auto found = m_connection->one(
        u"SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'conflict'), "
        "count(*) FILTER (WHERE state = 'needs_person') FROM outbox WHERE state <> 'done'"_s,
        [](const sql::Statement& row) {
            return catalog::OutboxCounts {
                static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
        });
    if (!found)
        return std::move(found).error();
    return found->value_or(catalog::OutboxCounts {});
}

} // namespace vidimus::store
