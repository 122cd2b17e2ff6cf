#include "catalog/memory_outbox.h"

#include <QSet>

namespace vidimus::test {

using namespace catalog;

Operation& MemoryOutbox::find(const OperationId& id)
{
    const auto found = std::find_if(
        operations.begin(), operations.end(), [&id](const Operation& operation) { return operation.id == id; });
    if (found == operations.end())
        qFatal("unknown operation");
    return *found;
}

Result<std::vector<Operation>> MemoryOutbox::claimReady(Instant now, int limit)
{
    std::vector<Operation> ready;
    QSet<TitleId> seen;
    for (const Operation& operation : operations) {
        if (operation.state == OperationState::Done || seen.contains(operation.title))
            continue;
        seen.insert(operation.title);
        if (operation.state == OperationState::Waiting && operation.notBefore <= now
            && static_cast<int>(ready.size()) < limit)
            ready.push_back(operation);
    }
    return ready;
}

Result<std::optional<Instant>> MemoryOutbox::nextReadyAt()
{
    std::optional<Instant> next;
    QSet<TitleId> seen;
    for (const Operation& operation : operations) {
        if (operation.state == OperationState::Done || seen.contains(operation.title))
            continue;
        seen.insert(operation.title);
        if (operation.state == OperationState::Waiting && (!next || operation.notBefore < *next))
            next = operation.notBefore;
    }
    return next;
}

Result<void> MemoryOutbox::markDone(const OperationId& id, Instant)
{
    find(id).state = OperationState::Done;
    return {};
}

Result<void> MemoryOutbox::markRetry(const OperationId& id, Instant at, const Error& error)
{
    Operation& operation = find(id);
    ++operation.attempts;
    operation.notBefore = at;
    operation.lastError = error;
    return {};
}

Result<void> MemoryOutbox::markConflict(const OperationId& id, const Error& error, const QJsonObject& serverState)
{
    Operation& operation = find(id);
    operation.state = OperationState::Conflict;
    operation.lastError = error;
    operation.serverState = serverState;
    return {};
}

Result<void> MemoryOutbox::park(const OperationId& id, const Error& error)
{
    find(id).state = OperationState::NeedsPerson;
    find(id).lastError = error;
    return {};
}

Result<void> MemoryOutbox::retry(const OperationId& id, Instant now)
{
    find(id).state = OperationState::Waiting;
    find(id).notBefore = now;
    return {};
}

Result<void> MemoryOutbox::drop(const OperationId& id)
{
    std::erase_if(operations, [&id](const Operation& operation) { return operation.id == id; });
    return {};
}

Result<std::vector<Operation>> MemoryOutbox::list(int)
{
    return operations;
}

Result<OutboxCounts> MemoryOutbox::counts()
{
    OutboxCounts counts;
    for (const Operation& operation : operations) {
        counts.waiting += operation.state == OperationState::Waiting;
        counts.conflicts += operation.state == OperationState::Conflict;
        counts.needsPerson += operation.state == OperationState::NeedsPerson;
    }
    return counts;
}

} // namespace vidimus::test
