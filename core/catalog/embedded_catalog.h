#pragma once

#include "core/base/unique_fd.h"
#include "core/catalog/catalog_client.h"

namespace vidimus::catalog {

struct EmbeddedCatalogOptions {
    QString program; ///< path of vidimus-catalogd
    QString dataFolder; ///< <workspace>/catalog; made when missing
    QString
        socketPath; ///< <workspace>/catalog.sock; at most 107 bytes (sockaddr_un), else a link in the runtime folder
    Milliseconds startTimeout {10'000};
};

/// A studio's or CLI's hold on the workspace's own catalogd. The first client starts it in a session of its own, others
/// attach; it leaves shortly after the last hold is closed, also when a client is killed, because the hold is an open
/// socket. Any thread; movable.
class EmbeddedCatalog {
public:
    /// Attaches, or starts and attaches; several clients at the same moment end up with one server.
    /// Errors: Missing (the program is not there), TimedOut, Conflict (another program holds the database), Denied (the
    /// socket belongs to another user), Io.
    [[nodiscard]] static Result<EmbeddedCatalog> startOrAttach(const EmbeddedCatalogOptions& options);

    [[nodiscard]] const CatalogAddress& address() const { return m_address; }
    [[nodiscard]] bool isStarter() const { return m_isStarter; } ///< this call started the server
    /// False once the server has gone (killed, say); then start or attach again.
    [[nodiscard]] bool isAlive() const;

private:
    EmbeddedCatalog(UniqueFd hold, CatalogAddress address, bool isStarter);

    UniqueFd m_hold;
    CatalogAddress m_address;
    bool m_isStarter = false;
};

} // namespace vidimus::catalog
