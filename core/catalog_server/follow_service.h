#pragma once

#include "core/catalog/curl_transport.h"
#include "core/catalog_server/availability_follower.h"
#include "core/catalog_server/http_server.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace vidimus::catalog_server {

struct FollowOptions {
    FollowSource source;
    QString listenAddress = QStringLiteral("127.0.0.1");
    std::uint16_t port = 0;
    Milliseconds every {500}; ///< between two looks for something newer
};

/// A reader process: follows a publisher and answers "may this be played here, now" over HTTP, from the compiled form
/// alone. It needs no database, and goes on answering while the publisher is away.
class FollowService {
public:
    /// Reads the first version before it listens. \a clock must outlive it.
    /// Errors: those of AvailabilityFollower::step() and HttpServer::start().
    [[nodiscard]] static Result<std::unique_ptr<FollowService>> start(FollowOptions options, const Clock& clock);
    ~FollowService();

    [[nodiscard]] QByteArray url() const { return m_server->url(); }

private:
    FollowService(FollowOptions options, const Clock& clock);
    void follow(const std::stop_token& stop);
    [[nodiscard]] ApiResponse answer(const ApiRequest& request) const;
    [[nodiscard]] ApiResponse status() const;

    FollowOptions m_options;
    const Clock& m_clock;
    catalog::CurlTransport m_transport;
    AvailabilityFollower m_follower;
    CancelSource m_cancel;
    mutable std::mutex m_mutex; // guards the next two
    QString m_lastError;
    Instant m_lookedAt {};
    AccessTokens m_tokens;
    Router m_router;
    std::unique_ptr<HttpServer> m_server; // its threads use all of the above
    std::jthread m_thread;
};

} // namespace vidimus::catalog_server
