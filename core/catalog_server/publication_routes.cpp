#include "core/catalog_server/problem.h"
#include "core/catalog_server/publishing_facts_p.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/routes_p.h"
#include "core/publishing/publication.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSelect = "SELECT p.id, p.title, p.asset, p.package, p.state, p.version, p.live_from, p.created_at,"
                         " p.withdrawn_at, p.withdraw_reason, k.master FROM publications p"
                         " JOIN packages k ON k.id = p.package";

struct StoredPublication {
    QString id;
    QString title;
    qint64 version = 0;
    QJsonObject json;
    bool isWithdrawn = false;
};

/// Announced is what the server can say alone; a later moment makes it live without anybody doing anything.
StoredPublication readPublication(const sql::Statement& row, Instant now)
{
    const auto liveFrom = row.optionalInstant(6);
    const bool isWithdrawn = !row.isNull(8);
    const bool isLive = !isWithdrawn && (!liveFrom || *liveFrom <= now);
    const QString id = row.text(0);
    QJsonObject json {{u"id"_s, id}, {u"title"_s, row.text(1)}, {u"asset"_s, row.text(2)}, {u"package"_s, row.text(3)},
        {u"state"_s, isLive ? u"live"_s : row.text(4)}, {u"version"_s, row.integer(5)},
        {u"created_at"_s, toRfc3339(row.instant(7))}};
    if (liveFrom)
        json[u"live_from"_s] = toRfc3339(*liveFrom);
    if (isWithdrawn) {
        json[u"withdrawn_at"_s] = toRfc3339(row.instant(8));
        json[u"withdraw_reason"_s] = row.text(9);
    }
    const QString encodedTitle = QString::fromLatin1(row.text(1).toUtf8().toPercentEncoding());
    json[u"links"_s] = isWithdrawn
        ? QJsonObject()
        : QJsonObject {{u"page"_s, u"/?title="_s + encodedTitle}, {u"hls"_s, u"/media/%1/%2"_s.arg(id, row.text(10))}};
    return {id, row.text(1), row.integer(5), std::move(json), isWithdrawn};
}

Result<std::optional<StoredPublication>> find(Backend& backend, const QString& id)
{
    return backend.connection.one(
        QLatin1StringView(kSelect) + u" WHERE p.id = ?"_s,
        [now = backend.clock.now()](const sql::Statement& row) { return readPublication(row, now); }, id);
}

/// A title has one publication; a new one takes the old one's place in the same moment.
Result<void> withdrawOthers(Backend& backend, const ApiRequest& request, const PublicationRequest& wanted)
{
    const auto others = backend.connection.all(
        QLatin1StringView(kSelect) + u" WHERE p.title = ? AND p.withdrawn_at IS NULL"_s,
        [now = backend.clock.now()](const sql::Statement& row) { return readPublication(row, now); }, wanted.title);
    if (!others)
        return others.error();
    for (const StoredPublication& other : *others) {
        if (auto done = backend.connection.execute(
                u"UPDATE publications SET state = 'withdrawn', version = version + 1, withdrawn_at = ?,"
                " withdraw_reason = ? WHERE id = ?"_s,
                backend.clock.now(), u"replaced by "_s + wanted.id, other.id);
            !done)
            return std::move(done).error();
        const auto after = find(backend, other.id);
        if (!after || !*after)
            return after ? Error {} : after.error();
        if (auto logged = backend.record(
                request, u"withdraw"_s, u"publication"_s, other.id, other.json, (*after)->json, (*after)->version);
            !logged)
            return logged;
    }
    return {};
}

/// Planned, built, announced: the server has everything already, so these steps fall into one moment.
Result<publishing::PublicationState> announced()
{
    using publishing::PublicationEvent;
    Result<publishing::PublicationState> state = publishing::PublicationState::Planned;
    for (const PublicationEvent event : {PublicationEvent::Build, PublicationEvent::Announce}) {
        if (state)
            state = publishing::advance(*state, event);
    }
    return state;
}

Result<ApiResponse> create(Backend& backend, const ApiRequest& request)
{
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    PublicationRequest wanted {idField(reader, "id"_L1), idField(reader, "title"_L1), idField(reader, "asset"_L1),
        idField(reader, "package"_L1), instantField(reader, "live_from"_L1)};
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    const auto existing = find(backend, wanted.id);
    if (!existing)
        return existing.error();
    if (*existing)
        return problem("conflict", u"the publication exists"_s, {{u"current"_s, (*existing)->json}});
    const auto facts = gatherFacts(backend, wanted);
    if (!facts)
        return facts.error();
    const auto gates = publishing::evaluateGates(*facts);
    if (!publishing::mayPublish(gates))
        return problem("gates_closed", {}, {{u"gates"_s, publishing::toJson(gates)}});
    const auto state = announced();
    if (!state)
        return state.error();
    if (auto withdrawn = withdrawOthers(backend, request, wanted); !withdrawn)
        return std::move(withdrawn).error();
    if (auto added = backend.connection.execute(
            u"INSERT INTO publications (id, title, asset, package, state, version, live_from, created_at)"
            " VALUES (?, ?, ?, ?, ?, 1, ?, ?)"_s,
            wanted.id, wanted.title, wanted.asset, wanted.package,
            QString::fromLatin1(publishing::publicationStateName(*state)), wanted.liveFrom, backend.clock.now());
        !added)
        return std::move(added).error();
    backend.touchPublications();
    const auto created = find(backend, wanted.id);
    if (!created || !*created)
        return created ? Error {} : created.error();
    QJsonObject json = (*created)->json;
    if (auto logged = backend.record(request, u"publish"_s, u"publication"_s, wanted.id, QJsonValue::Null, json, 1);
        !logged)
        return std::move(logged).error();
    json[u"gates"_s] = publishing::toJson(gates);
    return versionedResponse(201, json, 1);
}

/// Withdrawing what is withdrawn changes nothing and is no error: taking down must be safe to repeat.
Result<ApiResponse> withdraw(Backend& backend, const ApiRequest& request)
{
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    const QString reason = reader.string("reason"_L1, {});
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    const auto before = find(backend, request.parameters[0]);
    if (!before)
        return before.error();
    if (!*before)
        return problem("not_found");
    if ((*before)->isWithdrawn)
        return versionedResponse(200, (*before)->json, (*before)->version);
    if (auto done = backend.connection.execute(
            u"UPDATE publications SET state = 'withdrawn', version = version + 1, withdrawn_at = ?,"
            " withdraw_reason = ? WHERE id = ?"_s,
            backend.clock.now(), reason, (*before)->id);
        !done)
        return std::move(done).error();
    backend.touchPublications();
    const auto after = find(backend, (*before)->id);
    if (!after || !*after)
        return after ? Error {} : after.error();
    if (auto logged = backend.record(request, u"withdraw"_s, u"publication"_s, (*before)->id, (*before)->json,
            (*after)->json, (*after)->version);
        !logged)
        return std::move(logged).error();
    return versionedResponse(200, (*after)->json, (*after)->version);
}

Result<ApiResponse> list(Backend& backend, const ApiRequest& request)
{
    const QString title = request.queryValue("title"_L1).value_or(QString());
    const auto limit = queryInteger(request, "limit"_L1, 100, 1, 1000);
    if (!limit)
        return limit.error();
    const auto rows = backend.connection.all(
        QLatin1StringView(kSelect) + u" WHERE ? = '' OR p.title = ? ORDER BY p.created_at DESC, p.id DESC LIMIT ?"_s,
        [now = backend.clock.now()](const sql::Statement& row) { return readPublication(row, now); }, title, title,
        *limit);
    if (!rows)
        return rows.error();
    QJsonArray items;
    for (const StoredPublication& publication : *rows)
        items.append(publication.json);
    return jsonResponse(200, {{u"items"_s, items}});
}

} // namespace

void addPublicationRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/publications",
        .scope = u"publish:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) { return list(backend, request); })});
    router.add({.method = "POST",
        .pattern = "/v1/publications",
        .scope = u"publish:write"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return create(backend, request); })});
    router.add({.method = "GET",
        .pattern = "/v1/publications/{publication}",
        .scope = u"publish:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) -> Result<ApiResponse> {
            const auto found = find(backend, request.parameters[0]);
            if (!found)
                return found.error();
            return *found ? versionedResponse(200, (*found)->json, (*found)->version) : problem("not_found");
        })});
    router.add({.method = "POST",
        .pattern = "/v1/publications/{publication}:withdraw",
        .scope = u"publish:write"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return withdraw(backend, request); })});
}

} // namespace vidimus::catalog_server
