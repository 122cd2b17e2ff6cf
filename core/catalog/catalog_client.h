#pragma once

#include "core/catalog/catalog_types.h"
#include "core/catalog/http_transport.h"
#include "core/catalog/operation_payload.h"

#include <memory>

namespace vidimus::catalog {

/// Where a catalog is and who asks. The token is a secret: it is kept in memory only.
struct CatalogAddress {
    QByteArray url; ///< "http://127.0.0.1:PORT", no slash at the end
    QByteArray token; ///< bearer token; empty: public questions only
};

/// What came back for one change, for the Synchronizer and for people. Exactly one call, no retries inside.
struct CatalogReply {
    int status = 0;
    QJsonObject body; ///< the resource, or the problem document (RFC 9457)
    qint64 version = 0; ///< from the ETag; 0: none
    std::optional<Milliseconds> retryAfter;

    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
};

/// The catalog's API as typed calls. Blocking; any thread. Questions are retried a few times with full jitter on a lost
/// connection, 429 and 5xx; changes are sent once, as the Synchronizer decides about them.
/// Errors: those of HttpTransport; Denied (reason "unauthorized" 401, "forbidden" 403), NotFound, Conflict (409, 412),
/// Invalid (other 4xx), Unavailable (408, 425, 429, 5xx), Corrupt (reason "wrong_schema": a success that is not what it
/// should be). The reason is otherwise the last part of the problem's type.
class CatalogClient {
public:
    /// \a transport must outlive the client.
    CatalogClient(HttpTransport& transport, CatalogAddress address);

    [[nodiscard]] const CatalogAddress& address() const { return m_address; }

    [[nodiscard]] Result<QJsonObject> version();
    [[nodiscard]] Result<TitleRecord> title(const TitleId& id);
    [[nodiscard]] Result<QJsonObject> rights(); ///< the whole rule set, format of rights-cases.json
    [[nodiscard]] Result<PublicationRecord> publication(const PublicationId& id);
    [[nodiscard]] Result<AvailabilityAnswer> availability(const AvailabilityQuery& query);
    [[nodiscard]] Result<AvailabilityAnswer> explain(const AvailabilityQuery& query);
    [[nodiscard]] Result<AuditHead> auditHead();
    /// Entries [from, from + count) as stored.
    [[nodiscard]] Result<QJsonArray> auditEntries(qint64 from, int count);
    /// Any path below the base address or an absolute URL of it, such as a playlist or a segment.
    [[nodiscard]] Result<HttpResponse> fetch(const QByteArray& pathOrUrl, qint64 maxBytes);

    /// One change with its Idempotency-Key. A failed exchange is an Error, an HTTP refusal is a reply.
    [[nodiscard]] Result<CatalogReply> change(const QByteArray& method, const QByteArray& path, const QJsonObject& body,
        const QByteArray& idempotencyKey, const HttpHeaders& extra = {}, const CancelToken& cancel = {});
    /// True when the catalog has these bytes already.
    [[nodiscard]] Result<bool> hasObject(const QByteArray& sha256);
    /// Sends a file (tus 1.0), going on where an earlier attempt stopped; returns at once when the catalog has it.
    /// Errors also: Corrupt (the file is not what \a sha256 says), NotFound, Io.
    [[nodiscard]] Result<void> uploadObject(const QString& path, const QByteArray& sha256, qint64 bytes,
        const ProgressSink& progress = {}, const CancelToken& cancel = {});

    /// One question, with retries. For what has no typed call.
    [[nodiscard]] Result<QJsonObject> get(const QByteArray& path);

private:
    [[nodiscard]] HttpRequest request(const QByteArray& method, const QByteArray& path) const;
    [[nodiscard]] Result<AvailabilityAnswer> ask(const QByteArray& path, const AvailabilityQuery& query);

    HttpTransport& m_transport;
    CatalogAddress m_address;
};

/// The Error for an HTTP refusal. Pure.
[[nodiscard]] Error errorFromReply(int status, const QJsonObject& problem);

} // namespace vidimus::catalog
