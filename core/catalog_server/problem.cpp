#include "core/catalog_server/problem.h"

#include "core/base/json.h"

#include <QLoggingCategory>
#include <array>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(logServer, "vidimus.catalog_server")

constexpr std::array kTypes {
    ProblemType {"bad_request", 400, "The request cannot be understood"},
    ProblemType {"invalid", 400, "A member of the request is wrong"},
    ProblemType {"idempotency_key_missing", 400, "This request needs an Idempotency-Key"},
    ProblemType {"unauthorized", 401, "A valid bearer token is needed"},
    ProblemType {"forbidden", 403, "The token's scopes do not cover this"},
    ProblemType {"not_found", 404, "There is no such resource"},
    ProblemType {"method_not_allowed", 405, "The resource does not know this method"},
    ProblemType {"conflict", 409, "The catalog holds something else"},
    ProblemType {"already_decided", 409, "A decision on this version stands"},
    ProblemType {"gates_closed", 409, "A gate keeps this from being published"},
    ProblemType {"second_person_needed", 409, "This darkens more of a site than one person may"},
    ProblemType {"idempotency_in_flight", 409, "The same request is being worked on"},
    ProblemType {"upload_offset", 409, "The upload stands at another offset"},
    ProblemType {"cursor_expired", 410, "The cursor is from another time: take a snapshot"},
    ProblemType {"length_required", 411, "The length must be said"},
    ProblemType {"stale_version", 412, "The resource has changed since it was read"},
    ProblemType {"too_large", 413, "The body is larger than allowed"},
    ProblemType {"wrong_media_type", 415, "The body is of a kind that is not taken here"},
    ProblemType {"range_not_satisfiable", 416, "The range lies outside the file"},
    ProblemType {"idempotency_mismatch", 422, "The Idempotency-Key was used for another request"},
    ProblemType {"wrong_digest", 422, "The bytes are not what the digest says"},
    ProblemType {"upload_locked", 423, "Another connection is sending this upload"},
    ProblemType {"precondition_required", 428, "This change needs If-Match"},
    ProblemType {"headers_too_large", 431, "The header fields are larger than allowed"},
    ProblemType {"checksum_mismatch", 460, "The piece is not what its checksum says"},
    ProblemType {"internal", 500, "A fault of the server"},
    ProblemType {"not_implemented", 501, "The transfer coding is not known"},
    ProblemType {"busy", 503, "The server has too much to do"},
    ProblemType {"disk_full", 507, "The server has no room left"},
};

const ProblemType& typeOf(QByteArrayView name)
{
    const auto found = std::find_if(
        kTypes.begin(), kTypes.end(), [name](const ProblemType& type) { return QByteArrayView(type.name) == name; });
    if (found != kTypes.end())
        return *found;
    qCWarning(logServer) << "unregistered problem" << name;
    return typeOf("internal");
}

} // namespace

std::span<const ProblemType> problemTypes()
{
    return kTypes;
}

ApiResponse problem(QByteArrayView name, const QString& detail, const QJsonObject& extra)
{
    const ProblemType& type = typeOf(name);
    QJsonObject document = extra;
    document[u"type"_s] = u"urn:vidimus:problem:"_s + QLatin1StringView(type.name);
    document[u"title"_s] = QLatin1StringView(type.title);
    document[u"status"_s] = type.status;
    if (!detail.isEmpty())
        document[u"detail"_s] = detail;
    ApiResponse response {.status = type.status, .headers = {}, .body = toJson(document), .file = {}};
    response.with("Content-Type", "application/problem+json").with("Cache-Control", "no-store");
    if (type.status == 401)
        response.with("WWW-Authenticate", "Bearer");
    if (type.status == 503 || type.status == 423 || name == QByteArrayView("idempotency_in_flight"))
        response.with("Retry-After", "1");
    return response;
}

ApiResponse problemFrom(const Error& error)
{
    const QJsonObject reason {{u"reason"_s, QString::fromLatin1(error.reason)}};
    switch (error.code) {
    case ErrorCode::Unsupported:
        if (error.reason == "wrong_media_type")
            return problem("wrong_media_type", error.detail);
        return problem("invalid", error.detail, reason);
    case ErrorCode::Invalid:
        return problem("invalid", error.detail, reason);
    case ErrorCode::NotFound:
        return problem("not_found", error.detail);
    case ErrorCode::Conflict:
        return problem("conflict", error.detail, reason);
    case ErrorCode::Denied:
        return problem("forbidden", error.detail);
    case ErrorCode::LimitExceeded:
        return problem("too_large", error.detail, reason);
    case ErrorCode::DiskFull:
        return problem("disk_full");
    case ErrorCode::Unavailable:
        return problem("busy", error.detail);
    case ErrorCode::Corrupt:
        if (error.reason == "wrong_digest")
            return problem("wrong_digest");
        break;
    case ErrorCode::Io:
    case ErrorCode::Canceled:
    case ErrorCode::TimedOut:
    case ErrorCode::Missing:
    case ErrorCode::Internal:
        break;
    }
    qCWarning(logServer) << "failed:" << errorCodeName(error.code) << error.reason << error.detail;
    return problem("internal");
}

} // namespace vidimus::catalog_server
