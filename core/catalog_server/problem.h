#pragma once

#include "core/catalog_server/api_message.h"

#include <span>

namespace vidimus::catalog_server {

/// One registered kind of problem (RFC 9457). The type URI is "urn:vidimus:problem:" and the name.
struct ProblemType {
    const char* name;
    int status;
    const char* title;
};

/// All of them; the contract in openapi.yaml lists the same names.
[[nodiscard]] std::span<const ProblemType> problemTypes();

/// The answer for a problem; \a extra members are added to the document. An unregistered name is a programmer's fault
/// and becomes "internal".
[[nodiscard]] ApiResponse problem(QByteArrayView name, const QString& detail = {}, const QJsonObject& extra = {});
/// The answer for an Error: Invalid 400, NotFound 404, Conflict 409, Denied 403, LimitExceeded 413, DiskFull 507,
/// Unavailable 503, the rest 500 without its detail (which is logged instead).
[[nodiscard]] ApiResponse problemFrom(const Error& error);

} // namespace vidimus::catalog_server
