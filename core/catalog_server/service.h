#pragma once

#include "core/catalog_server/backend.h"
#include "core/catalog_server/http_server.h"
#include "core/catalog_server/upload_sweep.h"

namespace vidimus::catalog_server {

struct ServiceOptions {
    QString dataFolder;
    QString listenAddress = QStringLiteral("127.0.0.1");
    std::uint16_t port = 0;
    HttpLimits limits;
    /// Valid only while this service runs, with every scope; empty: none. Never stored.
    QByteArray sessionToken;
    Milliseconds abandonUploadsAfter = std::chrono::hours(24); ///< since their last byte
    double darkShare = 0.2; ///< of a site that one person may darken in an hour; 1: any
    QString sessionName = QStringLiteral("workspace"); ///< the same at each start: Idempotency-Keys belong to it
};

/// The catalog: its database, its routes and its server, put together. From one thread.
class Service {
public:
    /// \a clock must outlive it. Errors: those of Backend::open() and HttpServer::start().
    [[nodiscard]] static Result<std::unique_ptr<Service>> start(const ServiceOptions& options, const Clock& clock);
    ~Service();

    [[nodiscard]] QByteArray url() const { return m_server->url(); }
    [[nodiscard]] const Router& router() const { return m_router; }
    [[nodiscard]] Backend& backend() { return *m_backend; }
    [[nodiscard]] int connectionCount() const { return m_server->connectionCount(); }

private:
    explicit Service(std::unique_ptr<Backend> backend);

    std::unique_ptr<Backend> m_backend;
    Router m_router;
    std::unique_ptr<HttpServer> m_server; // its threads use all of the above
    std::optional<UploadSweeper> m_sweeper; // goes first: it posts to the server's lane
};

/// Adds every route of the catalog. The backend must outlive the router.
void addAllRoutes(Router& router, Backend& backend);

} // namespace vidimus::catalog_server
