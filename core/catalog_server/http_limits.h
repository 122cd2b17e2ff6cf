#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace vidimus::catalog_server {

/// Back-pressure of the HTTP server. The defaults are those of the catalog reference, section 8.
struct HttpLimits {
    std::uint32_t headerBytes = 16 << 10;
    std::int64_t jsonBytes = 1 << 20;
    std::int64_t uploadPieceBytes = 64 << 20; ///< of one PATCH
    int connections = 10'000;
    int ioThreads = 2;
    std::size_t databaseQueue = 256; ///< waiting requests; more are answered 503
    int fileThreads = 2;
    std::size_t fileQueue = 64;
    std::chrono::milliseconds header {10'000}; ///< from the first byte of a request to the end of its header
    std::chrono::milliseconds idle {60'000}; ///< between two requests of one connection
    std::chrono::milliseconds bodyStall {10'000}; ///< without any byte of the body
    std::chrono::milliseconds bodyGrace {10'000}; ///< before the minimum rate counts
    std::int64_t bodyBytesPerSecond = 1 << 10; ///< a body that is slower on average is cut off
    std::chrono::milliseconds writeStall {60'000}; ///< a player that does not read
};

} // namespace vidimus::catalog_server
