#pragma once

#include "core/catalog/http_transport.h"

#include <memory>

namespace vidimus::catalog {

/// HttpTransport over libcurl: http and https only, certificates always checked, redirects never followed (so a token
/// cannot reach another host), connections kept. Any thread.
class CurlTransport : public HttpTransport {
public:
    explicit CurlTransport(HttpTimeouts timeouts = {});
    ~CurlTransport() override;
    [[nodiscard]] Result<HttpResponse> perform(const HttpRequest& request) override;

private:
    struct Pool;
    std::unique_ptr<Pool> m_pool;
    HttpTimeouts m_timeouts;
};

} // namespace vidimus::catalog
