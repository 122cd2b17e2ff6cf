#pragma once

#include "core/base/cancel.h"
#include "core/base/instant.h"
#include "core/catalog/catalog_client.h"
#include "core/catalog/synchronizer.h"

#include <memory>

namespace vidimus::workbench {

class Workspace;

/// The workspace's way to its catalog: starts or attaches to the embedded one when it is first needed, or talks to the
/// profile's own, and sends the outbox. Thread-safe.
class CatalogLink {
public:
    explicit CatalogLink(Workspace& workspace, QString catalogProgram);
    ~CatalogLink();

    /// A client of the catalog that answers now. Errors: Missing, Unavailable, TimedOut.
    [[nodiscard]] Result<std::shared_ptr<catalog::CatalogClient>> client();
    /// Sends what is ready and stores what came of it; waits for what becomes ready within \a patience (a decision that
    /// can still be undone). Errors: Unavailable (nothing was lost), Io.
    [[nodiscard]] Result<catalog::SyncReport> sync(
        const CancelToken& cancel = {}, Milliseconds patience = Milliseconds {0});
    /// Sends by itself from now on: soon after each change, and when a retry is due.
    void startBackground();
    void stop();
    /// Something was added to the outbox.
    void poke();

    /// Works with this bearer token of the profile's catalog from now on; it is kept in memory only, and sent over
    /// https or to this machine. Errors: Invalid (reason "no_token_needed", "insecure_address", "bad_token").
    [[nodiscard]] Result<void> useToken(const QByteArray& token);
    /// useToken() once the catalog takes it; else the one before stays. Blocking. Errors also: Denied (reason
    /// "unauthorized"), those of CatalogClient.
    [[nodiscard]] Result<void> signIn(const QByteArray& token);

    struct State {
        bool online = false;
        std::optional<Instant> lastSentAt;
        std::optional<Instant> offlineSince;
        int waiting = 0;
        int needPerson = 0; ///< conflicts among them
        bool needsSignIn = false; ///< the catalog took no change without a token that it knows
        QString address;
    };
    [[nodiscard]] State state() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace vidimus::workbench
