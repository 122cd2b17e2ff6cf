#pragma once

#include "core/base/cancel.h"
#include "core/base/instant.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <optional>
#include <utility>
#include <vector>

namespace vidimus::catalog {

using HttpHeaders = std::vector<std::pair<QByteArray, QByteArray>>;

struct HttpRequest {
    QByteArray method = "GET";
    QByteArray url;
    HttpHeaders headers;
    QByteArray body;
    qint64 maxBodyBytes = 8 << 20; ///< a larger answer is refused, also when it says nothing about its length
    CancelToken cancel;
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;
    QByteArray body;

    /// The first header of this name, whatever its case; empty when absent.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

/// Carries one request and its answer. An HTTP answer of any status is a value. Errors: Unavailable (cannot connect,
/// reset, cut), TimedOut, LimitExceeded (body or headers too large), Canceled, Invalid (bad URL), Denied (TLS).
/// Implementations are safe from any thread; calls block.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;
    [[nodiscard]] virtual Result<HttpResponse> perform(const HttpRequest& request) = 0;
};

/// Promise R17: connect ≤ 10 s, first byte ≤ 15 s, no progress ≤ 30 s.
struct HttpTimeouts {
    Milliseconds connect {10'000};
    Milliseconds firstByte {15'000};
    Milliseconds stall {30'000};
};

} // namespace vidimus::catalog
