#include "core/base/sha256.h"
#include "core/catalog_server/idempotency_p.h"
#include "core/catalog_server/problem.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

struct Kept {
    QByteArray fingerprint;
    int status = 0;
    QString etag;
    QByteArray body;
};

QByteArray fingerprintOf(const ApiRequest& request)
{
    Sha256 hash;
    hash.add(request.method + ' ' + request.path + '\n');
    hash.add(request.body);
    return hash.finish();
}

} // namespace

IdempotencyRecord::IdempotencyRecord(sql::Connection& connection, const ApiRequest& request, Instant now)
    : m_connection(connection)
    , m_request(request)
    , m_key(QString::fromLatin1(request.header("Idempotency-Key")))
    , m_route(QString::fromLatin1(request.method + ' ' + request.routePattern))
    , m_now(now)
{
}

Result<std::optional<ApiResponse>> IdempotencyRecord::replay()
{
    if (m_key.isEmpty())
        return std::optional<ApiResponse>();
    auto kept = m_connection.one(
        u"SELECT fingerprint, status, etag, body FROM idempotency WHERE actor = ? AND route = ? AND key = ?"_s,
        [](const sql::Statement& row) {
            return Kept {row.bytes(0), static_cast<int>(row.integer(1)), row.text(2), row.bytes(3)};
        },
        m_request.principal.name, m_route, m_key);
    if (!kept)
        return std::move(kept).error();
    if (!*kept)
        return std::optional<ApiResponse>();
    if ((*kept)->fingerprint != fingerprintOf(m_request))
        return std::optional(problem("idempotency_mismatch"));
    ApiResponse response {.status = (*kept)->status, .headers = {}, .body = (*kept)->body, .file = {}};
    response.with("Content-Type", "application/json")
        .with("Cache-Control", "no-store")
        .with("Idempotent-Replayed", "true");
    if (!(*kept)->etag.isEmpty())
        response.with("ETag", (*kept)->etag.toLatin1());
    return std::optional(std::move(response));
}

Result<void> IdempotencyRecord::keep(const ApiResponse& response)
{
    if (m_key.isEmpty())
        return {};
    if (auto swept
        = m_connection.execute(u"DELETE FROM idempotency WHERE created_at < ?"_s, Instant(m_now - kIdempotencyKept));
        !swept)
        return std::move(swept).error();
    auto added = m_connection.execute(
        u"INSERT INTO idempotency (actor, route, key, fingerprint, status, etag, body, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        m_request.principal.name, m_route, m_key, fingerprintOf(m_request), response.status,
        QString::fromLatin1(headerOf(response.headers, "ETag")), response.recordedBody.value_or(response.body), m_now);
    return added ? Result<void>() : Result<void>(std::move(added).error());
}

} // namespace vidimus::catalog_server
