#include "core/base/json.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/routes_p.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

Result<QJsonObject> readAsset(const sql::Statement& row)
{
    auto facts = parseJsonObject(row.text(5).toUtf8());
    if (!facts)
        return std::move(facts).error();
    return QJsonObject {{u"id"_s, row.text(0)}, {u"title"_s, row.text(1)}, {u"sha256"_s, row.text(2)},
        {u"bytes"_s, row.integer(3)}, {u"file_name"_s, row.text(4)}, {u"facts"_s, *facts},
        {u"created_at"_s, toRfc3339(row.instant(6))}};
}

QString selecting(QLatin1StringView where)
{
    return u"SELECT id, title, sha256, bytes, file_name, facts, created_at FROM assets WHERE %1"_s.arg(where);
}

Result<ApiResponse> create(Backend& backend, const ApiRequest& request)
{
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    const QString id = idField(reader, "id"_L1);
    const QString sha256 = digestField(reader, "sha256"_L1);
    const qint64 bytes = reader.integer("bytes"_L1);
    const QString fileName = reader.string("file_name"_L1, {});
    const QJsonObject facts = objectField(reader, "facts"_L1);
    if (bytes < 0)
        reader.fail("bytes"_L1, u"must not be negative"_s);
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    const QString title = request.parameters[0];
    const auto titles
        = backend.connection.integer(u"SELECT count(*) FROM titles WHERE id = ? AND deleted_at IS NULL"_s, title);
    if (!titles)
        return titles.error();
    if (*titles == 0)
        return problem("not_found", u"there is no title %1"_s.arg(title));
    const auto existing = backend.connection.one(selecting("id = ?"_L1), readAsset, id);
    if (!existing)
        return existing.error();
    if (*existing)
        return problem("conflict", u"the asset exists"_s, {{u"current"_s, **existing}});
    if (auto added = backend.connection.execute(
            u"INSERT INTO assets (id, title, sha256, bytes, file_name, facts, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
            id, title, sha256, bytes, fileName, QString::fromUtf8(toJson(facts)), backend.clock.now());
        !added)
        return std::move(added).error();
    const auto created = backend.connection.one(selecting("id = ?"_L1), readAsset, id);
    if (!created || !*created)
        return created ? Error {} : created.error();
    if (auto logged = backend.record(request, u"register"_s, u"asset"_s, id, QJsonValue::Null, **created); !logged)
        return std::move(logged).error();
    return jsonResponse(201, **created);
}

} // namespace

void addAssetRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/titles/{title}/assets",
        .scope = u"assets:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) -> Result<ApiResponse> {
            const auto rows = backend.connection.all(
                selecting("title = ? ORDER BY created_at, id"_L1), readAsset, request.parameters[0]);
            if (!rows)
                return rows.error();
            QJsonArray items;
            for (const QJsonObject& asset : *rows)
                items.append(asset);
            return jsonResponse(200, {{u"items"_s, items}});
        })});
    router.add({.method = "POST",
        .pattern = "/v1/titles/{title}/assets",
        .scope = u"assets:write"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return create(backend, request); })});
    router.add({.method = "GET",
        .pattern = "/v1/assets/{asset}",
        .scope = u"assets:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) -> Result<ApiResponse> {
            const auto asset = backend.connection.one(selecting("id = ?"_L1), readAsset, request.parameters[0]);
            if (!asset)
                return asset.error();
            return *asset ? jsonResponse(200, **asset) : problem("not_found");
        })});
}

} // namespace vidimus::catalog_server
