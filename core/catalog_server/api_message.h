#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace vidimus::catalog_server {

using Headers = std::vector<std::pair<QByteArray, QByteArray>>;
[[nodiscard]] QByteArray headerOf(const Headers& headers, QByteArrayView name);

/// Who asks, after the token was checked.
struct Principal {
    QString name; ///< of the token; empty: nobody in particular
    QStringList scopes;
    [[nodiscard]] bool mayUse(const QString& scope) const;
};

/// A request as handlers see it: parsed, authorised, with its whole body.
struct ApiRequest {
    QByteArray method;
    QByteArray path; ///< as sent, without the query
    std::vector<std::pair<QString, QString>> query; ///< decoded
    Headers headers;
    QByteArray body;
    QStringList parameters; ///< decoded path parameters, in the order of the pattern
    Principal principal;
    QByteArray routePattern;

    [[nodiscard]] QByteArray header(QByteArrayView name) const { return headerOf(headers, name); }
    /// The first parameter of this name in the query; nullopt when absent.
    [[nodiscard]] std::optional<QString> queryValue(QLatin1StringView name) const;
};

/// A piece of a file as the body of an answer; sent in small pieces, never read into memory whole.
struct FilePart {
    UniqueFd fd;
    qint64 offset = 0;
    qint64 length = 0;
};

struct ApiResponse {
    int status = 200;
    Headers headers;
    QByteArray body;
    std::shared_ptr<FilePart> file; // shared because answers are copied through std::function
    std::optional<QByteArray> recordedBody; ///< kept under the Idempotency-Key instead of body, which holds a secret
    qint64 headLength = -1; ///< Content-Length of an answer to HEAD; -1: none is said

    ApiResponse& with(QByteArray name, QByteArray value);
};

[[nodiscard]] ApiResponse jsonResponse(int status, const QJsonObject& body);
/// Strong ETag of a version number: "7".
[[nodiscard]] QByteArray etagOf(qint64 version);
/// With its ETag.
[[nodiscard]] ApiResponse versionedResponse(int status, const QJsonObject& body, qint64 version);

} // namespace vidimus::catalog_server
