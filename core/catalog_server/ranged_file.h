#pragma once

#include "core/catalog_server/api_message.h"

namespace vidimus::catalog_server {

/// A file whose bytes never change under its ETag, as a request wants it: whole, a part (RFC 9110, section 14), or 304.
/// \a response brings what header fields it has. Without Content-Type and Cache-Control of its own.
[[nodiscard]] ApiResponse rangedFile(
    const ApiRequest& request, ApiResponse response, UniqueFd fd, qint64 bytes, const QByteArray& etag);
/// The request has this version already.
[[nodiscard]] bool hasVersion(const ApiRequest& request, const QByteArray& etag);

} // namespace vidimus::catalog_server
