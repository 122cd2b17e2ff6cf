#pragma once

#include "core/catalog_server/access_tokens.h"
#include "core/catalog_server/http_limits.h"
#include "core/catalog_server/in_flight.h"
#include "core/catalog_server/router.h"
#include "core/catalog_server/work_lane.h"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace vidimus::catalog_server {

/// What all connections share. Outlives every session.
struct ServerContext {
    const Router& router;
    const AccessTokens& tokens;
    const HttpLimits limits;
    WorkLane database;
    WorkLane files;
    std::atomic<int> connections {0};
    InFlight inFlight;
};

/// Serves one connection until either side ends it.
[[nodiscard]] boost::asio::awaitable<void> serveConnection(ServerContext& context, boost::asio::ip::tcp::socket socket);

} // namespace vidimus::catalog_server
