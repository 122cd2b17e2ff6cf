#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/ranged_file.h"
#include "core/catalog_server/routes_p.h"
#include "core/rights/time_import.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

QJsonObject describe(const FeedFile& file, const QString& href)
{
    return {{u"bytes"_s, file.bytes}, {u"sha256"_s, file.sha256}, {u"href"_s, href}};
}

/// What there is to follow: the version that counts, snapshots, and the deltas between states, both ways.
QJsonObject listOf(const Backend& backend)
{
    const std::vector<FeedVersion> versions = backend.feed->versions();
    QJsonArray snapshots, deltas;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        const FeedVersion& one = versions[i];
        const QString id = QString::number(one.id);
        if (one.from == 0) {
            QJsonObject snapshot = describe(one.file, u"/v1/availability/snapshots/"_s + id);
            snapshot[u"version"_s] = one.version;
            snapshot[u"state"_s] = one.state;
            snapshots.append(snapshot);
            continue;
        }
        const FeedVersion& before = versions[i - 1];
        const auto delta
            = [&](const FeedFile& file, const QString& tail, const FeedVersion& from, const FeedVersion& to) {
                  QJsonObject json = describe(file, u"/v1/availability/deltas/"_s + id + tail);
                  json[u"from_version"_s] = from.version;
                  json[u"from_state"_s] = from.state;
                  json[u"to_version"_s] = to.version;
                  json[u"to_state"_s] = to.state;
                  deltas.append(json);
              };
        delta(one.file, {}, before, one);
        delta(one.reverse, u":reverse"_s, one, before);
    }
    return {{u"snapshots"_s, snapshots}, {u"deltas"_s, deltas}};
}

QJsonValue pinOf(Backend& backend)
{
    const auto pin = backend.setting(u"availability_pin"_s);
    const auto json = pin && !pin->isEmpty() ? parseJsonObject(pin->toUtf8()) : Result<QJsonObject>(QJsonObject());
    return json && !json->isEmpty() ? QJsonValue(*json) : QJsonValue();
}

/// The announcement as it was signed last, for the many who ask whether there is another. Database's thread.
struct Announced {
    QByteArray of; ///< what it depends on
    QByteArray body, etag;
};

Result<void> announceAnew(Backend& backend, const RightsView& view, Announced& announced)
{
    const QJsonValue pinned = pinOf(backend);
    const auto newest = backend.feed->newest();
    const QJsonObject key {{u"newest"_s, newest ? newest->id : 0}, {u"oldest"_s, backend.feed->oldestId()},
        {u"answered"_s, view.answeredVersion()}, {u"version"_s, view.version}, {u"pin"_s, pinned},
        {u"zones"_s, rights::timeZoneDatabaseVersion()}};
    const QByteArray of = toJson(key);
    if (announced.of == of)
        return {};
    const auto current = backend.feed->find(view.answeredVersion());
    if (!current)
        return current.error();
    QJsonObject json = listOf(backend);
    json[u"version"_s] = current->version;
    json[u"state"_s] = current->state;
    json[u"time_zones"_s] = rights::timeZoneDatabaseVersion();
    json[u"newest_version"_s] = view.version;
    json[u"announced_at"_s] = toRfc3339(current->at);
    json[u"pin"_s] = pinned;
    json[u"public_key"_s] = QString::fromLatin1(backend.feedKey.publicKey().toHex());
    // Signed as it is canonical (RFC 8785), without the signature itself.
    json[u"signature"_s] = QString::fromLatin1(backend.feedKey.sign(canonicalJson(json)).toHex());
    announced.body = toJson(json);
    announced.etag = '"' + sha256(announced.body).toHex().first(32) + '"';
    announced.of = of;
    return {};
}

Result<ApiResponse> announcement(Backend& backend, const ApiRequest& request, Announced& announced)
{
    const auto view = backend.freshRights();
    if (!view)
        return view.error();
    if (auto done = announceAnew(backend, **view, announced); !done)
        return std::move(done).error();
    const bool isKnown = hasVersion(request, announced.etag);
    ApiResponse response {.status = isKnown ? 304 : 200, .headers = {}, .body = {}, .file = {}};
    if (!isKnown) {
        response.with("Content-Type", "application/json").with("Cache-Control", "no-store");
        response.body = announced.body;
    }
    response.with("ETag", announced.etag);
    return response;
}

enum class FeedPart { Snapshot, Delta, Reverse };

ApiResponse serve(const Backend& backend, const ApiRequest& request, FeedPart part)
{
    bool isNumber = false;
    const qint64 id = request.parameters[0].toLongLong(&isNumber);
    const std::vector<FeedVersion> versions = backend.feed->versions();
    const auto found = std::ranges::find(versions, id, &FeedVersion::id);
    if (!isNumber || found == versions.end() || (found->from == 0) != (part == FeedPart::Snapshot))
        return problem("not_found");
    const FeedFile& file = part == FeedPart::Reverse ? found->reverse : found->file;
    auto fd = backend.feed->read(file);
    if (!fd)
        return problemFrom(fd.error());
    ApiResponse response;
    response.with("Content-Type", "application/octet-stream")
        .with("Cache-Control", "private, max-age=86400, immutable");
    return rangedFile(request, std::move(response), std::move(*fd), file.bytes, '"' + file.sha256.toLatin1() + '"');
}

Result<ApiResponse> pin(Backend& backend, const ApiRequest& request)
{
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    const qint64 version = reader.integer("version"_L1);
    const QString reason = reader.string("reason"_L1, QString());
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    if (version < 1)
        return Error {
            ErrorCode::Invalid, u"versions count from 1; /v1/availability/announcement lists them"_s, "bad_version"};
    if (const auto fresh = backend.freshRights(); !fresh)
        return fresh.error();
    // It must be readable before anybody is sent back to it.
    const auto way = backend.feed->wayTo(version);
    if (!way)
        return way.error();
    if (const auto opened = PinnedAvailability::open(way->snapshot, way->deltas, backend.feedKey); !opened)
        return opened.error();
    const QJsonValue before = pinOf(backend);
    const QJsonObject pinned {{u"version"_s, version}, {u"by"_s, request.principal.name}, {u"reason"_s, reason},
        {u"at"_s, toRfc3339(backend.clock.now())}};
    if (auto kept = backend.setSetting(u"availability_pin"_s, QString::fromUtf8(toJson(pinned))); !kept)
        return std::move(kept).error();
    if (auto logged = backend.record(
            request, u"pin_availability"_s, u"availability"_s, QString::number(version), before, pinned, version);
        !logged)
        return std::move(logged).error();
    backend.touchPin();
    return jsonResponse(200, {{u"version"_s, version}, {u"pin"_s, pinned}});
}

Result<ApiResponse> unpin(Backend& backend, const ApiRequest& request)
{
    const QJsonValue before = pinOf(backend);
    const auto version = backend.setting(u"rights_version"_s);
    if (!version)
        return version.error();
    if (auto kept = backend.setSetting(u"availability_pin"_s, QString()); !kept)
        return std::move(kept).error();
    if (auto logged
        = backend.record(request, u"unpin_availability"_s, u"availability"_s, *version, before, QJsonObject());
        !logged)
        return std::move(logged).error();
    backend.touchPin();
    return jsonResponse(200, {{u"version"_s, version->toLongLong()}, {u"pin"_s, QJsonValue::Null}});
}

QJsonObject describe(const DarkHold& hold)
{
    return {{u"id"_s, hold.id}, {u"by"_s, hold.principal}, {u"what"_s, hold.what}, {u"at"_s, toRfc3339(hold.at)},
        {u"sites"_s, lossesJson(hold.losses)}};
}

Result<ApiResponse> listHolds(Backend& backend, const ApiRequest&)
{
    QJsonArray items;
    for (const DarkHold& hold : backend.guard.holds(backend.clock.now()))
        items.append(describe(hold));
    return jsonResponse(200, {{u"items"_s, items}});
}

Result<ApiResponse> confirmHold(Backend& backend, const ApiRequest& request)
{
    const auto hold = backend.guard.confirm(request.parameters[0], request.principal.name, backend.clock.now());
    if (!hold)
        return hold.error();
    const QJsonObject json = describe(*hold);
    if (auto logged
        = backend.record(request, u"confirm_darkening"_s, u"availability"_s, hold->id, QJsonValue::Null, json);
        !logged)
        return std::move(logged).error();
    return jsonResponse(200, json);
}

} // namespace

void addFeedRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/availability/announcement",
        .scope = u"feed:read"_s,
        .handler = Backend::reading([&backend, announced = std::make_shared<Announced>()](const ApiRequest& request) {
            return announcement(backend, request, *announced);
        })});
    for (const auto& [pattern, part] :
        {std::pair<QByteArray, FeedPart>("/v1/availability/snapshots/{id}", FeedPart::Snapshot),
            {"/v1/availability/deltas/{id}", FeedPart::Delta},
            {"/v1/availability/deltas/{id}:reverse", FeedPart::Reverse}}) {
        router.add({.method = "GET",
            .pattern = pattern,
            .scope = u"feed:read"_s,
            .place = Place::Files,
            .handler = [&backend, part](const ApiRequest& request) { return serve(backend, request, part); }});
    }
    router.add({.method = "GET",
        .pattern = "/v1/availability/holds",
        .scope = u"feed:announce"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) { return listHolds(backend, request); })});
    router.add({.method = "POST",
        .pattern = "/v1/availability/holds/{id}:confirm",
        .scope = u"feed:announce"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return confirmHold(backend, request); })});
    router.add({.method = "POST",
        .pattern = "/v1/availability:pin",
        .scope = u"feed:announce"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return pin(backend, request); })});
    router.add({.method = "POST",
        .pattern = "/v1/availability:unpin",
        .scope = u"feed:announce"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return unpin(backend, request); })});
}

} // namespace vidimus::catalog_server
