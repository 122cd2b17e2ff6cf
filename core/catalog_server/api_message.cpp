#include "core/catalog_server/api_message.h"

#include "core/base/json.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

QByteArray headerOf(const Headers& headers, QByteArrayView name)
{
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

bool Principal::mayUse(const QString& scope) const
{
    return scopes.contains(scope) || scopes.contains(u"*"_s);
}

std::optional<QString> ApiRequest::queryValue(QLatin1StringView name) const
{
    for (const auto& [key, value] : query) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

ApiResponse& ApiResponse::with(QByteArray name, QByteArray value)
{
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

ApiResponse jsonResponse(int status, const QJsonObject& body)
{
    ApiResponse response {.status = status, .headers = {}, .body = toJson(body), .file = {}};
    response.with("Content-Type", "application/json").with("Cache-Control", "no-store");
    return response;
}

QByteArray etagOf(qint64 version)
{
    return '"' + QByteArray::number(version) + '"';
}

ApiResponse versionedResponse(int status, const QJsonObject& body, qint64 version)
{
    ApiResponse response = jsonResponse(status, body);
    response.with("ETag", etagOf(version));
    return response;
}

} // namespace vidimus::catalog_server
