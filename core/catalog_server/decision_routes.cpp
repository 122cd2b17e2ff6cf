#include "core/base/json.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/routes_p.h"
#include "core/moderation/decision.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSelect = "SELECT id, asset, asset_sha256, verdict, decision, decided_at, actor, supersedes FROM"
                         " decisions d";

Result<QJsonObject> readDecision(const sql::Statement& row)
{
    auto decision = parseJsonObject(row.text(4).toUtf8());
    if (!decision)
        return std::move(decision).error();
    QJsonObject json {{u"id"_s, row.text(0)}, {u"asset"_s, row.text(1)}, {u"asset_sha256"_s, row.text(2)},
        {u"verdict"_s, row.text(3)}, {u"decision"_s, *decision}, {u"decided_at"_s, toRfc3339(row.instant(5))},
        {u"actor"_s, row.text(6)}};
    if (!row.isNull(7))
        json[u"supersedes"_s] = row.text(7);
    return json;
}

/// The decision on an asset version that no later one replaced.
Result<std::optional<QJsonObject>> standing(Backend& backend, const QString& asset, const QString& sha256)
{
    return backend.connection.one(QLatin1StringView(kSelect)
            + u" WHERE asset = ? AND asset_sha256 = ? AND NOT EXISTS"
              " (SELECT 1 FROM decisions later WHERE later.supersedes = d.id)"_s,
        readDecision, asset, sha256);
}

Result<ApiResponse> append(Backend& backend, const ApiRequest& request)
{
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    const QString id = idField(reader, "id"_L1);
    const QString asset = idField(reader, "asset"_L1);
    const QString sha256 = digestField(reader, "asset_sha256"_L1);
    const QString verdict = reader.string("verdict"_L1);
    const QJsonObject decision = objectField(reader, "decision"_L1);
    const auto decidedAt = instantField(reader, "decided_at"_L1);
    const DecisionId supersedes(reader.string("supersedes"_L1, {}));
    if (!moderation::verdictFromName(verdict))
        reader.fail("verdict"_L1, u"is not a verdict"_s);
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    const QString title = request.parameters[0];
    const auto known = backend.connection.integer(
        u"SELECT count(*) FROM assets WHERE id = ? AND title = ? AND sha256 = ?"_s, asset, title, sha256);
    if (!known)
        return known.error();
    if (*known == 0)
        return problem("not_found", u"there is no such version of asset %1"_s.arg(asset));
    const auto stands = standing(backend, asset, sha256);
    if (!stands)
        return stands.error();
    const QString standingId = *stands ? (*stands)->value("id"_L1).toString() : QString();
    if (standingId != supersedes.toString())
        return problem("already_decided", {}, {{u"current"_s, stands->value_or(QJsonObject())}});
    const Instant now = backend.clock.now();
    if (auto added = backend.connection.execute(
            u"INSERT INTO decisions (id, asset, asset_sha256, verdict, decision, decided_at, recorded_at, actor,"
            " supersedes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            id, asset, sha256, verdict, QString::fromUtf8(toJson(decision)), decidedAt.value_or(now), now,
            request.principal.name, supersedes);
        !added)
        return std::move(added).error();
    const auto created = standing(backend, asset, sha256);
    if (!created)
        return created.error();
    const QJsonObject json = created->value_or(QJsonObject());
    if (auto logged = backend.record(request, u"decide"_s, u"decision"_s, id, QJsonValue::Null, json); !logged)
        return std::move(logged).error();
    return jsonResponse(201, json);
}

Result<ApiResponse> list(Backend& backend, const ApiRequest& request)
{
    const auto rows = backend.connection.all(QLatin1StringView(kSelect)
            + u" WHERE asset IN (SELECT id FROM assets WHERE title = ?) ORDER BY recorded_at, id"_s,
        readDecision, request.parameters[0]);
    if (!rows)
        return rows.error();
    QJsonArray items;
    for (const QJsonObject& decision : *rows)
        items.append(decision);
    return jsonResponse(200, {{u"items"_s, items}});
}

} // namespace

void addDecisionRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/titles/{title}/decisions",
        .scope = u"moderation:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) { return list(backend, request); })});
    router.add({.method = "POST",
        .pattern = "/v1/titles/{title}/decisions",
        .scope = u"moderation:decide"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return append(backend, request); })});
}

} // namespace vidimus::catalog_server
