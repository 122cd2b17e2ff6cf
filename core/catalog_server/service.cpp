#include "core/catalog_server/service.h"

#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/catalog_server/routes_p.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

Service::Service(std::unique_ptr<Backend> backend)
    : m_backend(std::move(backend))
{
}

Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::start(const ServiceOptions& options, const Clock& clock)
{
    auto backend = Backend::open(options.dataFolder, clock);
    if (!backend)
        return std::move(backend).error();
    (*backend)->guard = DarkGuard(options.darkShare);
    const auto guarded = (*backend)->setting(u"dark_guard"_s);
    if (!guarded)
        return guarded.error();
    (*backend)->guard.restore(parseJsonObject(guarded->toUtf8()).value_or(QJsonObject()));
    std::unique_ptr<Service> service(new Service(std::move(*backend)));
    if (!options.sessionToken.isEmpty()) {
        service->m_backend->addSessionToken({.id = u"session"_s,
            .name = options.sessionName,
            .digest = sha256(options.sessionToken),
            .scopes = {u"*"_s},
            .expiresAt = {}});
        if (auto loaded = service->m_backend->reloadTokens(); !loaded)
            return std::move(loaded).error();
    }
    addAllRoutes(service->m_router, *service->m_backend);
    service->m_server = std::make_unique<HttpServer>(service->m_router, service->m_backend->tokens, options.limits);
    WorkLane& lane = service->m_server->databaseLane();
    service->m_backend->setDatabasePost([&lane](std::function<void()> work) { return lane.post(std::move(work)); });
    if (auto started = service->m_server->start(options.listenAddress, options.port); !started)
        return std::move(started).error();
    service->m_sweeper.emplace(*service->m_backend, lane, options.abandonUploadsAfter);
    return service;
}

void addAllRoutes(Router& router, Backend& backend)
{
    addTitleRoutes(router, backend);
    addAssetRoutes(router, backend);
    addRenditionRoutes(router, backend);
    addUploadRoutes(router, backend);
    addDecisionRoutes(router, backend);
    addRightsRoutes(router, backend);
    addPublicationRoutes(router, backend);
    addAvailabilityRoutes(router, backend);
    addFeedRoutes(router, backend);
    addAuditRoutes(router, backend);
    addTokenRoutes(router, backend);
    addMediaRoutes(router, backend);
    addSiteRoutes(router, backend);
}

} // namespace vidimus::catalog_server
