#include "core/catalog/synchronizer.h"

#include "core/base/random.h"

namespace vidimus::catalog {

namespace {

constexpr int kBatch = 64;

std::uint64_t systemRandom()
{
    std::uint64_t value = 0;
    randomBytes(std::as_writable_bytes(std::span(&value, 1)));
    return value;
}

} // namespace

Synchronizer::Synchronizer(
    OutboxStore& outbox, OperationSender& sender, const Clock& clock, RetryPolicy policy, RandomSource random)
    : m_outbox(outbox)
    , m_sender(sender)
    , m_clock(clock)
    , m_policy(policy)
    , m_random(random ? std::move(random) : RandomSource(systemRandom))
{
}

void Synchronizer::setListener(std::function<void(const Operation&, const SendOutcome&)> listener)
{
    m_listener = std::move(listener);
}

Result<SyncReport> Synchronizer::drain(const CancelToken& cancel)
{
    SyncReport report;
    // Each pass sends at most one operation of each title, so that order holds; a pass that finds nothing ends it.
    // What failed waits for its back-off and is not ready again in this drain.
    while (!cancel.isCanceled() && !report.signInNeeded) {
        const auto ready = m_outbox.claimReady(m_clock.now(), kBatch);
        if (!ready)
            return ready.error();
        if (ready->empty())
            break;
        for (const Operation& operation : *ready) {
            if (cancel.isCanceled())
                break;
            const SendOutcome outcome = m_sender.send(operation, cancel);
            if (auto settled = settle(operation, outcome, report); !settled)
                return std::move(settled).error();
            if (m_listener)
                m_listener(operation, outcome);
            if (report.signInNeeded)
                break;
        }
    }
    auto next = m_outbox.nextReadyAt();
    if (!next)
        return std::move(next).error();
    report.nextReadyAt = *next;
    return report;
}

Result<void> Synchronizer::settle(const Operation& operation, const SendOutcome& outcome, SyncReport& report)
{
    switch (outcome.kind) {
    case SendOutcome::Kind::Done:
        ++report.sent;
        return m_outbox.markDone(operation.id, m_clock.now());
    case SendOutcome::Kind::Retry: {
        ++report.retried;
        report.lastError = outcome.error;
        // At least a millisecond, so that one drain cannot turn in circles on an operation that fails at once.
        const Milliseconds wait
            = std::max(backOff(m_policy, operation.attempts + 1, m_random(), outcome.retryAfter), Milliseconds {1});
        return m_outbox.markRetry(operation.id, m_clock.now() + wait, outcome.error);
    }
    case SendOutcome::Kind::Conflict:
        ++report.conflicts;
        return m_outbox.markConflict(operation.id, outcome.error, outcome.body);
    case SendOutcome::Kind::NeedsPerson:
        ++report.needPerson;
        return m_outbox.park(operation.id, outcome.error);
    case SendOutcome::Kind::SignIn:
        report.signInNeeded = true;
        report.lastError = outcome.error;
        return {};
    case SendOutcome::Kind::Canceled:
        return {};
    }
    return {};
}

} // namespace vidimus::catalog
