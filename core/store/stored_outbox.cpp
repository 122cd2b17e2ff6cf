#include "core/store/stored_outbox.h"

#include "core/moderation/decision_rules.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;
using catalog::Operation;
using moderation::Decision;

namespace {

constexpr auto kDecisionPrefix = "decision:"_L1;

/// The decision that an operation carries; none for other kinds, and when it is no longer there.
Result<std::optional<Decision>> decisionOf(UnitOfWork& unit, const OperationId& id)
{
    const auto subject = unit.outbox.subjectOf(id);
    if (!subject)
        return subject.error();
    if (!subject->startsWith(kDecisionPrefix))
        return std::optional<Decision>();
    auto decision = unit.decisions.find(DecisionId(subject->mid(kDecisionPrefix.size())));
    if (decision)
        return std::optional(std::move(*decision));
    return decision.error().code == ErrorCode::NotFound ? Result<std::optional<Decision>>(std::nullopt)
                                                        : decision.error();
}

/// Stores the new state of a decision and says so in the log.
Result<void> put(UnitOfWork& unit, const Decision& before, const Decision& after, const QString& action)
{
    if (auto updated = unit.decisions.update(after); !updated)
        return updated;
    return unit.audit.append(u"outbox"_s, action, kDecisionPrefix + after.id.toString(), moderation::toJson(before),
        moderation::toJson(after));
}

Result<void> sent(UnitOfWork& unit, const OperationId& id)
{
    const auto decision = decisionOf(unit, id);
    if (!decision)
        return decision.error();
    // One that was superseded meanwhile stays so.
    if (!*decision || (*decision)->state != moderation::DecisionState::Committed)
        return {};
    const auto after = moderation::markSent(**decision);
    return after ? put(unit, **decision, *after, u"decision_sent"_s) : Result<void>(after.error());
}

Result<void> lost(UnitOfWork& unit, const OperationId& id)
{
    const auto decision = decisionOf(unit, id);
    if (!decision)
        return decision.error();
    if (!*decision || !moderation::stands(**decision))
        return {};
    const auto after = moderation::loseTo(**decision);
    return after ? put(unit, **decision, *after, u"decision_lost"_s) : Result<void>(after.error());
}

} // namespace

QString outboxSubject(const DecisionId& decision)
{
    return kDecisionPrefix + decision.toString();
}

Result<std::vector<Operation>> StoredOutbox::claimReady(Instant now, int limit)
{
    // Looking first keeps an idle outbox from writing; only one Synchronizer claims.
    auto ready = m_store.read([&](const UnitOfWork& unit) { return unit.outbox.ready(now, limit); });
    if (!ready || ready->empty())
        return ready;
    return m_store.write([&](UnitOfWork& unit) -> Result<std::vector<Operation>> {
        auto operations = unit.outbox.ready(now, limit);
        if (!operations)
            return operations;
        for (const Operation& operation : *operations) {
            if (auto claimed = unit.outbox.markClaimed(operation.id, now); !claimed)
                return std::move(claimed).error();
        }
        return operations;
    });
}

Result<std::optional<Instant>> StoredOutbox::nextReadyAt()
{
    return m_store.read([](const UnitOfWork& unit) { return unit.outbox.nextReadyAt(); });
}

Result<void> StoredOutbox::markDone(const OperationId& id, Instant now)
{
    return m_store.write([&](UnitOfWork& unit) -> Result<void> {
        if (auto done = sent(unit, id); !done)
            return done;
        return unit.outbox.markDone(id, now);
    });
}

Result<void> StoredOutbox::markRetry(const OperationId& id, Instant at, const Error& error)
{
    return m_store.write([&](UnitOfWork& unit) { return unit.outbox.markRetry(id, at, error); });
}

Result<void> StoredOutbox::markConflict(const OperationId& id, const Error& error, const QJsonObject& serverState)
{
    return m_store.write([&](UnitOfWork& unit) -> Result<void> {
        if (auto done = lost(unit, id); !done)
            return done;
        return unit.outbox.markConflict(id, error, serverState);
    });
}

Result<void> StoredOutbox::park(const OperationId& id, const Error& error)
{
    return m_store.write([&](UnitOfWork& unit) { return unit.outbox.park(id, error); });
}

Result<void> StoredOutbox::retry(const OperationId& id, Instant now)
{
    return m_store.write([&](UnitOfWork& unit) { return unit.outbox.retry(id, now); });
}

Result<void> StoredOutbox::drop(const OperationId& id)
{
    return m_store.write([&](UnitOfWork& unit) { return unit.outbox.drop(id); });
}

Result<std::vector<Operation>> StoredOutbox::list(int limit)
{
    return m_store.read([&](const UnitOfWork& unit) { return unit.outbox.list(limit); });
}

Result<catalog::OutboxCounts> StoredOutbox::counts()
{
    return m_store.read([](const UnitOfWork& unit) { return unit.outbox.counts(); });
}

} // namespace vidimus::store
