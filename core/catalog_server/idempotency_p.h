#pragma once

#include "core/catalog_server/api_message.h"
#include "core/sql/connection.h"

namespace vidimus::catalog_server {

inline constexpr qsizetype kMaxIdempotencyKey = 255;
/// Longer than the longest offline period promised (30 days).
inline constexpr std::chrono::days kIdempotencyKept {45};

/// The memory of one change (draft-ietf-httpapi-idempotency-key-header-07). The scope of a key is the principal and the
/// route; the fingerprint covers method, path and body, not If-Match, so that a change whose answer was lost is
/// recognised although its version has moved. Inside the transaction of the effect; does nothing without a key.
class IdempotencyRecord {
public:
    IdempotencyRecord(sql::Connection& connection, const ApiRequest& request, Instant now);

    /// The answer given before, or the problem when the key belongs to another request.
    [[nodiscard]] Result<std::optional<ApiResponse>> replay();
    [[nodiscard]] Result<void> keep(const ApiResponse& response);

private:
    sql::Connection& m_connection;
    const ApiRequest& m_request;
    QString m_key;
    QString m_route;
    Instant m_now;
};

} // namespace vidimus::catalog_server
