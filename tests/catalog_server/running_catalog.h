#pragma once

#include "core/catalog/catalog_client.h"
#include "core/catalog/curl_transport.h"
#include "core/catalog/operation_sender.h"
#include "core/catalog_server/service.h"

#include <QTemporaryDir>

namespace vidimus::test {

/// A clock that stands still until it is told otherwise.
class SettableClock : public Clock {
public:
    [[nodiscard]] Instant now() const override { return m_now.load(); }
    void set(Instant now) { m_now = now; }

private:
    std::atomic<Instant> m_now {SystemClock::read()};
};

/// A whole catalog in this process: database, server and a client with every scope.
class RunningCatalog {
public:
    explicit RunningCatalog(const catalog_server::HttpLimits& limits = {});
    ~RunningCatalog();

    void restart();
    [[nodiscard]] catalog::CatalogClient& client() { return *m_client; }
    [[nodiscard]] catalog_server::Service& service() { return *m_service; }
    [[nodiscard]] QByteArray url() const { return m_service->url(); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    /// One request as it is; the token is added unless \a token says otherwise.
    catalog::HttpResponse ask(const QByteArray& method, const QByteArray& path, const QByteArray& body = {},
        catalog::HttpHeaders headers = {}, const QByteArray& token = kToken);
    /// With Content-Type and a fresh Idempotency-Key.
    catalog::HttpResponse change(
        const QByteArray& method, const QByteArray& path, const QJsonObject& body, catalog::HttpHeaders headers = {});
    /// Writes a file into the folder and gives it as part of a package.
    catalog::PackageFile makeFile(const QString& name, const QByteArray& bytes);
    /// Sends one operation; the outcome.
    catalog::SendOutcome send(const catalog::Operation& operation);
    /// Title "film", a passed asset "a1", a package "k1" and rights for FR: ready to be published.
    bool prepareFilm();
    catalog::SendOutcome publishFilm(std::optional<Instant> liveFrom = {});

    static inline const QByteArray kToken = "test-token";
    SettableClock clock;

private:
    void start();

    QTemporaryDir m_folder;
    catalog_server::HttpLimits m_limits;
    std::unique_ptr<catalog_server::Service> m_service;
    catalog::CurlTransport m_transport;
    std::unique_ptr<catalog::CatalogClient> m_client;
};

/// Rules of "film": web and svod in France, for ever.
[[nodiscard]] catalog::PutWindows frenchWindows();
[[nodiscard]] QJsonObject jsonOf(const QByteArray& bytes);

} // namespace vidimus::test
