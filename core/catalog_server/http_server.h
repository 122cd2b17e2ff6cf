#pragma once

#include "core/catalog_server/access_tokens.h"
#include "core/catalog_server/http_limits.h"
#include "core/catalog_server/router.h"
#include "core/catalog_server/work_lane.h"

#include <memory>

namespace vidimus::catalog_server {

/// HTTP/1.1 on Boost.Beast. Reads and checks requests, looks up the token, takes the body within its limits, runs the
/// handler where its route says, writes the answer. start() and stop() from one thread.
class HttpServer {
public:
    /// \a router and \a tokens must outlive the server and no longer change.
    HttpServer(const Router& router, const AccessTokens& tokens, HttpLimits limits);
    ~HttpServer();

    /// Binds and starts the threads. \a address is a numeric IPv4 or IPv6 address; port 0 takes a free one.
    /// Errors: Invalid (not an address), Conflict (in use), Denied.
    [[nodiscard]] Result<void> start(const QString& address, std::uint16_t port);
    /// Takes no more connections, cuts those there are, finishes what the lanes hold.
    void stop();

    [[nodiscard]] QByteArray url() const; ///< "http://127.0.0.1:8080"
    [[nodiscard]] int connectionCount() const;
    /// The thread that owns the database, also for work that is no request.
    [[nodiscard]] WorkLane& databaseLane();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace vidimus::catalog_server
