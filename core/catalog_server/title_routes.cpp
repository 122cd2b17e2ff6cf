#include "core/base/json.h"
#include "core/catalog_server/held_writes_p.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/rights_writes_p.h"
#include "core/catalog_server/routes_p.h"
#include "core/rights/rule_set_json.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

struct StoredTitle {
    QString id;
    qint64 version = 0;
    QString name;
    QJsonObject rights;
    Instant updatedAt {};
};

constexpr auto kColumns = "id, version, name, rights, updated_at";

Result<StoredTitle> readTitle(const sql::Statement& row)
{
    auto rights = parseJsonObject(row.text(3).toUtf8());
    if (!rights)
        return std::move(rights).error();
    return StoredTitle {row.text(0), row.integer(1), row.text(2), std::move(*rights), row.instant(4)};
}

QJsonObject toJson(const StoredTitle& title)
{
    return {{u"id"_s, title.id}, {u"version"_s, title.version}, {u"name"_s, title.name}, {u"rights"_s, title.rights},
        {u"updated_at"_s, toRfc3339(title.updatedAt)}};
}

Result<StoredTitle> find(Backend& backend, const QString& id)
{
    auto found = backend.connection.one(
        u"SELECT %1 FROM titles WHERE id = ? AND deleted_at IS NULL"_s.arg(QLatin1StringView(kColumns)), readTitle, id);
    if (!found)
        return std::move(found).error();
    if (!*found)
        return Error {ErrorCode::NotFound, u"there is no title %1"_s.arg(id), "unknown_title"};
    return std::move(**found);
}

/// Name and rights facts are what a client may write; the facts must be a title as the rights engine reads it.
Result<void> readWritable(JsonReader& reader, StoredTitle& title)
{
    if (reader.has("name"_L1))
        title.name = reader.string("name"_L1).trimmed();
    if (reader.has("rights"_L1))
        title.rights = reader.object("rights"_L1);
    if (!title.rights.contains("kind"_L1))
        title.rights[u"kind"_s] = u"film"_s;
    if (title.name.isEmpty() || title.name.size() > 500)
        reader.fail("name"_L1, u"must have 1 to 500 characters"_s);
    if (auto done = reader.finish(); !done)
        return done;
    const auto facts = rights::titleFromJson(TitleId(title.id), title.rights, u"rights"_s);
    return facts ? Result<void>() : Result<void>(facts.error());
}

/// A change of what a title is reaches its parts, and the series that have it, before and after.
Result<void> raiseAround(Backend& backend, const QString& title, QStringList wholesBefore)
{
    const auto wholes = wholesAbove(backend.connection, title);
    if (!wholes)
        return wholes.error();
    wholesBefore += *wholes;
    wholesBefore.removeDuplicates();
    return raiseRightsVersion(backend, {.all = false, .titles = {title}, .wholes = wholesBefore});
}

Result<void> save(Backend& backend, const StoredTitle& title)
{
    const auto wholes = wholesAbove(backend.connection, title.id);
    if (!wholes)
        return wholes.error();
    auto saved = backend.connection.execute(
        u"INSERT INTO titles (id, version, name, rights, updated_at, part_of) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name, rights = excluded.rights,"
        " updated_at = excluded.updated_at, part_of = excluded.part_of, deleted_at = NULL"_s,
        title.id, title.version, title.name, QString::fromUtf8(vidimus::toJson(title.rights)), title.updatedAt,
        partOf(title.rights));
    if (!saved)
        return std::move(saved).error();
    return raiseAround(backend, title.id, *wholes);
}

Result<ApiResponse> create(Backend& backend, const ApiRequest& request)
{
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    StoredTitle title;
    title.id = idField(reader, "id"_L1);
    if (auto read = readWritable(reader, title); !read)
        return std::move(read).error();
    auto existing = find(backend, title.id);
    if (existing) {
        return problem(
            "conflict", u"the title exists"_s, {{u"current"_s, toJson(*existing)}, {u"version"_s, existing->version}});
    }
    // A deleted title that comes back goes on counting, so that an old ETag never fits again.
    const auto oldVersion = backend.connection.integer(u"SELECT version FROM titles WHERE id = ?"_s, title.id);
    if (!oldVersion)
        return oldVersion.error();
    title.version = *oldVersion + 1;
    title.updatedAt = backend.clock.now();
    if (*oldVersion > 0)
        backend.touchPublications();
    if (auto saved = save(backend, title); !saved)
        return std::move(saved).error();
    const QJsonObject json = toJson(title);
    if (auto logged = backend.record(request, u"create"_s, u"title"_s, title.id, QJsonValue::Null, json, title.version);
        !logged)
        return std::move(logged).error();
    return versionedResponse(201, json, title.version);
}

Result<ApiResponse> patch(Backend& backend, const ApiRequest& request)
{
    auto title = find(backend, request.parameters[0]);
    if (!title)
        return std::move(title).error();
    const QJsonObject before = toJson(*title);
    if (auto refusal = checkVersion(request, title->version, before))
        return std::move(*refusal);
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    if (auto read = readWritable(reader, *title); !read)
        return std::move(read).error();
    ++title->version;
    title->updatedAt = backend.clock.now();
    const auto standing = backend.guardedRights();
    if (!standing)
        return standing.error();
    if (before.value("name"_L1) != title->name)
        backend.touchPublications(); // they carry the name
    if (auto saved = save(backend, *title); !saved)
        return std::move(saved).error();
    if (auto stopped = heldTitles(backend, request, {title->id}, *standing); !stopped || *stopped)
        return stopped ? std::move(**stopped) : Result<ApiResponse>(std::move(stopped).error());
    const QJsonObject json = toJson(*title);
    if (auto logged = backend.record(request, u"change"_s, u"title"_s, title->id, before, json, title->version);
        !logged)
        return std::move(logged).error();
    return versionedResponse(200, json, title->version);
}

Result<ApiResponse> remove(Backend& backend, const ApiRequest& request)
{
    auto title = find(backend, request.parameters[0]);
    if (!title)
        return std::move(title).error();
    const QJsonObject before = toJson(*title);
    if (auto refusal = checkVersion(request, title->version, before))
        return std::move(*refusal);
    const auto standing = backend.guardedRights();
    if (!standing)
        return standing.error();
    const Instant now = backend.clock.now();
    if (auto done = backend.connection.execute(
            u"UPDATE titles SET version = version + 1, deleted_at = ?, updated_at = ? WHERE id = ?"_s, now, now,
            title->id);
        !done)
        return std::move(done).error();
    if (auto done = backend.connection.execute(
            u"UPDATE publications SET state = 'withdrawn', version = version + 1, withdrawn_at = ?,"
            " withdraw_reason = 'title deleted' WHERE title = ? AND withdrawn_at IS NULL"_s,
            now, title->id);
        !done)
        return std::move(done).error();
    if (auto stopped = heldTitles(backend, request, {title->id}, *standing); !stopped || *stopped)
        return stopped ? std::move(**stopped) : Result<ApiResponse>(std::move(stopped).error());
    backend.touchPublications();
    if (auto raised = raiseAround(backend, title->id, {}); !raised)
        return std::move(raised).error();
    if (auto logged
        = backend.record(request, u"delete"_s, u"title"_s, title->id, before, QJsonValue::Null, title->version + 1);
        !logged)
        return std::move(logged).error();
    return ApiResponse {.status = 204, .headers = {}, .body = {}, .file = {}};
}

/// Pages by id; the cursor is the last id seen.
Result<ApiResponse> list(Backend& backend, const ApiRequest& request)
{
    const auto limit = queryInteger(request, "limit"_L1, 100, 1, 1000);
    if (!limit)
        return limit.error();
    const QString after = request.queryValue("after"_L1).value_or(QString());
    const auto rows
        = backend.connection.all(u"SELECT %1 FROM titles WHERE deleted_at IS NULL AND id > ? ORDER BY id LIMIT ?"_s.arg(
                                     QLatin1StringView(kColumns)),
            readTitle, after, *limit);
    if (!rows)
        return rows.error();
    QJsonArray items;
    for (const StoredTitle& title : *rows)
        items.append(toJson(title));
    ApiResponse response = jsonResponse(200, {{u"items"_s, items}});
    if (static_cast<qint64>(rows->size()) == *limit) {
        response.with("Link",
            "</v1/titles?limit=" + QByteArray::number(*limit) + "&after=" + rows->back().id.toUtf8().toPercentEncoding()
                + ">; rel=\"next\"");
    }
    return response;
}

} // namespace

void addTitleRoutes(Router& router, Backend& backend)
{
    const auto bound = [&backend](auto function) {
        return [&backend, function](const ApiRequest& request) { return function(backend, request); };
    };
    router.add({.method = "GET",
        .pattern = "/v1/titles",
        .scope = u"titles:read"_s,
        .handler = Backend::reading(bound(list))});
    router.add({.method = "POST",
        .pattern = "/v1/titles",
        .scope = u"titles:write"_s,
        .handler = backend.changing(bound(create))});
    router.add({.method = "GET",
        .pattern = "/v1/titles/{title}",
        .scope = u"titles:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) -> Result<ApiResponse> {
            const auto title = find(backend, request.parameters[0]);
            return title ? Result<ApiResponse>(versionedResponse(200, toJson(*title), title->version))
                         : Result<ApiResponse>(title.error());
        })});
    router.add({.method = "PATCH",
        .pattern = "/v1/titles/{title}",
        .scope = u"titles:write"_s,
        .handler = backend.changing(bound(patch))});
    router.add({.method = "DELETE",
        .pattern = "/v1/titles/{title}",
        .scope = u"titles:write"_s,
        .handler = backend.changing(bound(remove))});
}

} // namespace vidimus::catalog_server
