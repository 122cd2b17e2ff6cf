#pragma once

#include "core/base/unique_fd.h"
#include "core/workbench/verb.h"

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace vidimus::workbench {

/// Runs one verb for a client of the local socket. Called on a thread of the server's.
using VerbHandler = std::function<VerbReply(const VerbRequest&, const CancelToken&, const VerbNotes&)>;

/// The end of the local socket where the workspace is held: while a studio has it, or a command that takes long (see
/// serve_verbs.h), the verbs of other commands run inside it. A Unix
/// socket of mode 0600; a peer of another user is refused by its credentials (SO_PEERCRED). Messages are a 4-byte
/// little-endian length, at most 16 MiB, and JSON. One thread a client, at most 16.
class LocalServer {
public:
    /// Replaces a stale socket file. Errors: Io.
    [[nodiscard]] static Result<std::unique_ptr<LocalServer>> listen(const QString& path, VerbHandler handler);
    /// Cancels the verbs that run for clients.
    ~LocalServer();
    /// Waits until no client is there any more, and closes; nobody who could connect is left without an answer. Once \a
    /// cancel is asked for it waits no longer, and the destructor cancels the rest.
    void finish(const CancelToken& cancel);
    LocalServer(const LocalServer&) = delete;
    LocalServer& operator=(const LocalServer&) = delete;

private:
    LocalServer(UniqueFd socket, QString path, VerbHandler handler);
    void acceptClients(const std::stop_token& stop);
    [[nodiscard]] bool isIdle();
    void take(UniqueFd client);
    void serve(UniqueFd client, const std::stop_token& stop);

    UniqueFd m_socket;
    QString m_path;
    VerbHandler m_handler;
    std::mutex m_mutex; ///< guards m_clients
    struct Client {
        std::shared_ptr<std::atomic<bool>> ended = std::make_shared<std::atomic<bool>>(false);
        std::jthread thread;
    };
    std::list<Client> m_clients;
    std::jthread m_acceptor;
};

/// Runs \a request in the program that listens at \a path. Cancelling closes the connection, which cancels the verb.
/// Errors: Unavailable (nobody listens), Denied, Corrupt, Canceled.
[[nodiscard]] Result<VerbReply> callLocal(
    const QString& path, const VerbRequest& request, const VerbNotes& notes, const CancelToken& cancel);

} // namespace vidimus::workbench
