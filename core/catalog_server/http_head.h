#pragma once

#include "core/catalog_server/api_message.h"

namespace vidimus::catalog_server {

/// How an answer goes onto the wire, without any network.
struct WireOptions {
    bool keepAlive = true;
    bool isHead = false; ///< answers HEAD: the lengths of a body without the body
};

/// Status line and header fields, with Date, Content-Length and the fields that every answer carries. Line breaks
/// in values are dropped.
[[nodiscard]] QByteArray responseHead(const ApiResponse& response, const WireOptions& options);
/// Whether an answer with this status has a body at all (RFC 9110, section 6.4.1).
[[nodiscard]] bool mayHaveBody(int status);
/// "a=1&b=%20" into names and values, "+" read as a space. Errors: Invalid (reason "bad_query") for a "%" without two
/// hexadecimal digits and for bytes that are not UTF-8: read as something else, they would ask for something else.
[[nodiscard]] Result<std::vector<std::pair<QString, QString>>> parseQuery(QByteArrayView text);
/// Percent-encoded UTF-8. Errors: as above.
[[nodiscard]] Result<QString> percentDecoded(QByteArrayView text);

} // namespace vidimus::catalog_server
