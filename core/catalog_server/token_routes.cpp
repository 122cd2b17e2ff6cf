#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/routes_p.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

QStringList scopesIn(const QJsonArray& array, JsonReader& reader)
{
    QStringList scopes;
    for (const QJsonValue& value : array) {
        if (!allScopes().contains(value.toString()))
            reader.fail("scopes"_L1, u"%1 is not a scope"_s.arg(value.toString()));
        scopes.append(value.toString());
    }
    if (scopes.isEmpty())
        reader.fail("scopes"_L1, u"must not be empty"_s);
    return scopes;
}

/// The only moment at which the token itself is seen. It is not kept for a replay either: the record of the
/// Idempotency-Key holds the answer without it.
Result<ApiResponse> create(Backend& backend, const ApiRequest& request)
{
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    const QString name = idField(reader, "name"_L1);
    const QStringList scopes = scopesIn(reader.array("scopes"_L1), reader);
    const auto expiresAt = instantField(reader, "expires_at"_L1);
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    const QString id = newUuid();
    const QByteArray secret = randomToken();
    if (auto added = backend.connection.execute(
            u"INSERT INTO tokens (id, name, digest, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)"_s, id,
            name, sha256(secret), scopes.join(u' '), backend.clock.now(), expiresAt);
        !added)
        return std::move(added).error();
    QJsonObject json {{u"id"_s, id}, {u"name"_s, name}, {u"scopes"_s, QJsonArray::fromStringList(scopes)}};
    if (auto logged = backend.record(request, u"create"_s, u"token"_s, id, QJsonValue::Null, json); !logged)
        return std::move(logged).error();
    backend.touchTokens();
    const QByteArray recorded = vidimus::toJson(json);
    json[u"token"_s] = QString::fromLatin1(secret);
    ApiResponse response = jsonResponse(201, json);
    response.recordedBody = recorded;
    return response;
}

Result<ApiResponse> remove(Backend& backend, const ApiRequest& request)
{
    const auto removed = backend.connection.execute(u"DELETE FROM tokens WHERE id = ?"_s, request.parameters[0]);
    if (!removed)
        return removed.error();
    if (*removed == 0)
        return problem("not_found");
    if (auto logged = backend.record(request, u"delete"_s, u"token"_s, request.parameters[0],
            QJsonObject {{u"id"_s, request.parameters[0]}}, QJsonValue::Null);
        !logged)
        return std::move(logged).error();
    backend.touchTokens();
    return ApiResponse {.status = 204, .headers = {}, .body = {}, .file = {}};
}

} // namespace

void addTokenRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/tokens",
        .scope = u"tokens:admin"_s,
        .handler = Backend::reading([&backend](const ApiRequest&) -> Result<ApiResponse> {
            const auto rows
                = backend.connection.all(u"SELECT id, name, scopes, created_at FROM tokens ORDER BY created_at, id"_s,
                    [](const sql::Statement& row) {
                        return QJsonObject {{u"id"_s, row.text(0)}, {u"name"_s, row.text(1)},
                            {u"scopes"_s, QJsonArray::fromStringList(row.text(2).split(u' '))},
                            {u"created_at"_s, toRfc3339(row.instant(3))}};
                    });
            if (!rows)
                return rows.error();
            QJsonArray items;
            for (const QJsonObject& token : *rows)
                items.append(token);
            return jsonResponse(200, {{u"items"_s, items}});
        })});
    router.add({.method = "POST",
        .pattern = "/v1/tokens",
        .scope = u"tokens:admin"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return create(backend, request); })});
    router.add({.method = "DELETE",
        .pattern = "/v1/tokens/{token}",
        .scope = u"tokens:admin"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return remove(backend, request); })});
}

} // namespace vidimus::catalog_server
