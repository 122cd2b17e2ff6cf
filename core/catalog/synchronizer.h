#pragma once

#include "core/catalog/operation_sender.h"
#include "core/catalog/outbox_store.h"
#include "core/catalog/retry_policy.h"

#include <functional>

namespace vidimus::catalog {

struct SyncReport {
    int sent = 0;
    int retried = 0; ///< failed for now; they wait for their back-off
    int conflicts = 0;
    int needPerson = 0;
    bool signInNeeded = false; ///< the catalog answered 401: nothing more was tried
    std::optional<Instant> nextReadyAt; ///< when to drain again; none: nothing can leave without a person
    Error lastError; ///< of the last retry, for "offline since …"

    friend bool operator==(const SyncReport&, const SyncReport&) = default;
};

/// Empties the outbox into the catalog. Order is kept per title; a title that waits never holds another. One thread at
/// a time and one Synchronizer per workspace.
class Synchronizer {
public:
    using RandomSource = std::function<std::uint64_t()>;

    /// All references must outlive it. \a random feeds the jitter; without one the system's is used.
    Synchronizer(OutboxStore& outbox, OperationSender& sender, const Clock& clock, RetryPolicy policy = {},
        RandomSource random = {});

    /// Sends what is ready until nothing is. Returns early on 401 and on cancel. Errors: those of the store, after
    /// which nothing is lost: what was sent and not marked is sent again under the same key.
    [[nodiscard]] Result<SyncReport> drain(const CancelToken& cancel = {});
    /// Called after each operation with its outcome, on the thread that drains. To be set before drain().
    void setListener(std::function<void(const Operation&, const SendOutcome&)> listener);

private:
    [[nodiscard]] Result<void> settle(const Operation& operation, const SendOutcome& outcome, SyncReport& report);

    OutboxStore& m_outbox;
    OperationSender& m_sender;
    const Clock& m_clock;
    RetryPolicy m_policy;
    RandomSource m_random;
    std::function<void(const Operation&, const SendOutcome&)> m_listener;
};

} // namespace vidimus::catalog
