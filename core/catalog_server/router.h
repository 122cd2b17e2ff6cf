#pragma once

#include "core/catalog_server/api_message.h"

#include <functional>
#include <memory>
#include <span>

namespace vidimus::catalog_server {

/// Where a handler runs.
enum class Place {
    Inline, ///< on the connection's thread: from memory only
    Database, ///< on the one thread that owns the database
    Files, ///< on a pool that may wait for the disk
};

using Handler = std::function<ApiResponse(const ApiRequest&)>;

/// Takes a body piece by piece, for uploads. Called on the connection's thread; left without finish() when the
/// connection is cut.
class BodySink {
public:
    virtual ~BodySink() = default;
    /// Errors end the request with the problem of the error.
    [[nodiscard]] virtual Result<void> write(QByteArrayView piece) = 0;
    /// All bytes are there. Called on the Files pool.
    [[nodiscard]] virtual ApiResponse finish() = 0;
};
/// Accepts a body, or refuses it before it is read.
using BodyTaker = std::function<std::variant<std::unique_ptr<BodySink>, ApiResponse>(const ApiRequest&)>;

struct Route {
    QByteArray method;
    /// "/v1/titles/{id}"; a parameter may have a fixed tail ("{id}:withdraw"); "{name*}" takes the rest of the path.
    QByteArray pattern;
    QString scope; ///< empty: open to everybody
    Place place = Place::Database;
    Handler handler;
    BodyTaker takeBody; ///< instead of handler, for streamed bodies
    std::int64_t bodyBytes = 0; ///< the largest body; 0: HttpLimits::jsonBytes
};

/// Finds the route of a request. Filled at start, then read by any thread.
class Router {
public:
    void add(Route route);
    [[nodiscard]] std::span<const Route> routes() const { return m_routes; }

    struct Match {
        const Route* route = nullptr; ///< null: no route; then \a allowed says which methods the path knows
        QStringList parameters;
        QByteArrayList allowed;
    };
    /// \a path as sent. HEAD falls back to GET. Percent-encoding is undone per segment, after the split; a segment that
    /// is ".", ".." or holds a NUL matches nothing.
    [[nodiscard]] Match match(const QByteArray& method, const QByteArray& path) const;

private:
    std::vector<Route> m_routes;
};

} // namespace vidimus::catalog_server
