#include "core/catalog_server/backend.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/catalog_server/idempotency_p.h"
#include "core/catalog_server/live_loading_p.h"
#include "core/catalog_server/problem.h"
#include "core/sql/migrator.h"
#include "core/sql/transaction.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <future>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(logBackend, "vidimus.catalog_server.backend")

/// A key made once and kept beside the database: of the audit log's heads, or of the availability feed.
Result<SigningKey> keptKey(const QString& path)
{
    if (QFileInfo::exists(path)) {
        auto seed = readFile(path, 64);
        return seed ? SigningKey::fromSeed(*seed) : Result<SigningKey>(std::move(seed).error());
    }
    SigningKey key = SigningKey::generate();
    if (auto written = writeFileDurably(path, key.seed()); !written)
        return std::move(written).error();
    return key;
}

} // namespace

Backend::Backend(sql::Connection opened, ObjectFolder objectFolder, AuditTrail trail, SigningKey signsFeed,
    std::unique_ptr<AvailabilityFeed> keptFeed, const Clock& theClock)
    : connection(std::move(opened))
    , objects(std::move(objectFolder))
    , audit(std::move(trail))
    , feed(std::move(keptFeed))
    , feedKey(std::move(signsFeed))
    , clock(theClock)
{
}

Result<std::unique_ptr<Backend>> Backend::open(const QString& folder, const Clock& clock)
{
    auto objectFolder = ObjectFolder::open(folder);
    if (!objectFolder)
        return std::move(objectFolder).error();
    auto opened = sql::Connection::openSqlite({.path = folder + u"/catalog.db"_s});
    if (!opened)
        return std::move(opened).error();
    auto steps = sql::loadMigrationSteps(u":/catalog/catalog_migrations"_s);
    if (!steps)
        return std::move(steps).error();
    if (auto migrated = sql::Migrator(std::move(*steps)).migrate(*opened); !migrated)
        return std::move(migrated).error();
    auto key = keptKey(folder + u"/audit.key"_s);
    auto feedKey = keptKey(folder + u"/feed.key"_s);
    auto feed = AvailabilityFeed::open(folder + u"/availability"_s);
    if (!key || !feedKey || !feed)
        return !key ? std::move(key).error() : !feedKey ? std::move(feedKey).error() : std::move(feed).error();
    auto trail = AuditTrail::load(*opened, std::move(*key));
    if (!trail)
        return std::move(trail).error();
    std::unique_ptr<Backend> backend(new Backend(
        std::move(*opened), std::move(*objectFolder), std::move(*trail), std::move(*feedKey), std::move(*feed), clock));
    if (auto prepared = backend->prepareEpoch(); !prepared)
        return std::move(prepared).error();
    if (auto loaded = backend->reloadTokens(); !loaded)
        return std::move(loaded).error();
    if (auto loaded = backend->reloadPublications(); !loaded)
        return std::move(loaded).error();
    return backend;
}

ApiResponse Backend::change(const ApiRequest& request, const std::function<Result<ApiResponse>()>& effect)
{
    m_touched = {};
    m_pinTouched = false;
    m_publicationsTouched = false;
    m_tokensTouched = false;
    const auto response = attempt(request, effect);
    const bool done = response && response->status < 300;
    done ? audit.settle() : audit.revert();
    if (done && !m_touched.isEmpty())
        followTouchedRights();
    // Outside the change: a write that was held is rolled back, and what holds it stays.
    if (guard.takeChanged()) {
        const QString state = QString::fromUtf8(toJson(guard.saved()));
        if (auto kept = setSetting(u"dark_guard"_s, state); !kept)
            return problemFrom(kept.error());
    }
    if (!response)
        return problemFrom(response.error());
    if (done && m_pinTouched) {
        // The picture there is, with the pin or without it; a stale one is renewed by the next question.
        if (const auto view = live.rights()) {
            auto next = std::make_shared<RightsView>(*view);
            const bool stale = live.isStale();
            if (auto attached = attachPin(*next); !attached)
                return problemFrom(attached.error());
            live.setRights(std::move(next));
            if (stale)
                live.markStale();
        }
    }
    if (done && m_publicationsTouched) {
        if (auto loaded = reloadPublications(); !loaded)
            return problemFrom(loaded.error());
    }
    if (done && m_tokensTouched) {
        if (auto loaded = reloadTokens(); !loaded)
            return problemFrom(loaded.error());
    }
    return *response;
}

Result<ApiResponse> Backend::attempt(const ApiRequest& request, const std::function<Result<ApiResponse>()>& effect)
{
    auto transaction = sql::Transaction::begin(connection);
    if (!transaction)
        return std::move(transaction).error();
    IdempotencyRecord record(connection, request, clock.now());
    auto before = record.replay();
    if (!before)
        return std::move(before).error();
    if (*before)
        return std::move(**before);
    auto response = effect();
    if (!response || response->status >= 300)
        return response;
    if (!m_touched.isEmpty()) {
        if (auto logged = logRightsChange(connection, m_touched); !logged)
            return std::move(logged).error();
    }
    if (auto kept = record.keep(*response); !kept)
        return std::move(kept).error();
    if (auto committed = transaction->commit(); !committed)
        return std::move(committed).error();
    return response;
}

Handler Backend::changing(std::function<Result<ApiResponse>(const ApiRequest&)> effect)
{
    return [this, effect = std::move(effect)](const ApiRequest& request) -> ApiResponse {
        const QByteArray key = request.header("Idempotency-Key");
        if (request.method == "POST" && key.isEmpty())
            return problem("idempotency_key_missing");
        if (key.size() > kMaxIdempotencyKey)
            return problem("bad_request", u"the Idempotency-Key is too long"_s);
        return change(request, [&] { return effect(request); });
    };
}

Handler Backend::reading(std::function<Result<ApiResponse>(const ApiRequest&)> read)
{
    return [read = std::move(read)](const ApiRequest& request) -> ApiResponse {
        auto response = read(request);
        return response ? std::move(*response) : problemFrom(response.error());
    };
}

Result<void> Backend::record(const ApiRequest& request, const QString& action, const QString& kind, const QString& id,
    const QJsonValue& before, const QJsonValue& after, qint64 version)
{
    const Instant now = clock.now();
    if (auto added = audit.append(connection, now, request.principal.name, action, kind + u':' + id, before, after);
        !added)
        return added;
    auto added = connection.execute(u"INSERT INTO changes (kind, id, change, version, at) VALUES (?, ?, ?, ?, ?)"_s,
        kind, id, after.isNull() ? u"delete"_s : u"upsert"_s, version, now);
    return added ? Result<void>() : Result<void>(std::move(added).error());
}

Result<void> Backend::onDatabase(const std::function<Result<void>()>& work) const
{
    std::promise<Result<void>> promise;
    auto done = promise.get_future();
    if (!m_post([&promise, &work] { promise.set_value(work()); }))
        return Error {ErrorCode::Unavailable, u"the server is stopping"_s, "stopping"};
    return done.get();
}

Result<QString> Backend::setting(const QString& name)
{
    auto found = connection.one(
        u"SELECT value FROM settings WHERE name = ?"_s, [](const sql::Statement& row) { return row.text(0); }, name);
    if (!found)
        return std::move(found).error();
    return found->value_or(QString());
}

Result<void> Backend::setSetting(const QString& name, const QString& value)
{
    auto done = connection.execute(
        u"INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
        name, value);
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

Result<void> Backend::prepareEpoch()
{
    const auto epoch = setting(u"epoch"_s);
    if (!epoch || !epoch->isEmpty())
        return epoch ? Result<void>() : Result<void>(epoch.error());
    return setSetting(u"epoch"_s, newUuid());
}

Result<void> Backend::reloadTokens()
{
    auto stored
        = connection.all(u"SELECT id, name, digest, scopes, expires_at FROM tokens"_s, [](const sql::Statement& row) {
              return AccessToken {
                  row.text(0), row.text(1), row.bytes(2), row.text(3).split(u' '), row.optionalInstant(4)};
          });
    if (!stored)
        return std::move(stored).error();
    stored->insert(stored->end(), m_sessionTokens.begin(), m_sessionTokens.end());
    tokens.replaceAll(std::move(*stored));
    return {};
}

Result<void> Backend::reloadPublications()
{
    auto loaded = loadPublications(connection);
    if (!loaded)
        return std::move(loaded).error();
    live.setPublications(std::move(*loaded));
    return {};
}

void Backend::touchRights(const TouchedRights& touched)
{
    m_touched.all = m_touched.all || touched.all;
    m_touched.titles += touched.titles;
    m_touched.wholes += touched.wholes;
}

void Backend::followTouchedRights()
{
    if (live.isStale())
        return;
    const auto next
        = m_touched.all ? Result<std::shared_ptr<RightsView>>(nullptr) : followRights(*this, *live.rights());
    if (next && *next)
        live.setRights(*next);
    else
        live.markStale();
}

Result<std::shared_ptr<RightsView>> Backend::renewedRights()
{
    const auto standing = live.rights();
    auto view = standing ? followRights(*this, *standing) : restoreRights(*this);
    if (!view)
        qCWarning(logBackend, "the rights are compiled anew: %s", qUtf8Printable(view.error().detail));
    return view && *view ? view : loadRights(*this);
}

Result<std::shared_ptr<const RightsView>> Backend::freshRights()
{
    if (!live.isStale())
        return live.rights();
    auto view = renewedRights();
    if (!view)
        return std::move(view).error();
    if (auto attached = attachPin(**view); !attached)
        return std::move(attached).error();
    feed->dropOld((*view)->pinned ? std::optional((*view)->pinnedVersion) : std::nullopt);
    live.setRights(*view);
    return std::shared_ptr<const RightsView>(*std::move(view));
}

Result<std::shared_ptr<const RightsView>> Backend::guardedRights()
{
    if (!guard.isOn())
        return std::shared_ptr<const RightsView>();
    const auto titles = connection.one(u"SELECT COUNT(*) FROM titles WHERE deleted_at IS NULL"_s,
        [](const sql::Statement& row) { return row.integer(0); });
    if (!titles)
        return titles.error();
    if (titles->value_or(0) <= DarkGuard::kSmallCatalog)
        return std::shared_ptr<const RightsView>();
    // A picture that some writes have overtaken still says what was live before them.
    const auto standing = live.rights();
    return standing ? standing : freshRights();
}

Result<void> Backend::attachPin(RightsView& view)
{
    const auto pin = setting(u"availability_pin"_s);
    if (!pin)
        return pin.error();
    const qint64 version = parseJsonObject(pin->toUtf8()).value_or(QJsonObject()).value("version"_L1).toInteger();
    if (version == 0) {
        view.pinned.reset();
        view.pinnedVersion = 0;
        return {};
    }
    if (view.pinned && view.pinnedVersion == version)
        return {};
    const auto way = feed->wayTo(version);
    auto pinned = way ? PinnedAvailability::open(way->snapshot, way->deltas, feedKey)
                      : Result<std::shared_ptr<const PinnedAvailability>>(way.error());
    if (!pinned) {
        // Never the newest by mistake: somebody put an older one back on purpose.
        return Error {ErrorCode::Unavailable,
            u"version %1 is pinned and cannot be read (%2); unpin it or pin another"_s.arg(version).arg(
                pinned.error().detail),
            "pin_unreadable"};
    }
    view.pinned = *std::move(pinned);
    view.pinnedVersion = version;
    return {};
}

std::optional<ApiResponse> checkVersion(const ApiRequest& request, qint64 version, const QJsonObject& current)
{
    const QByteArray wanted = request.header("If-Match");
    if (wanted.isEmpty())
        return problem("precondition_required");
    if (wanted == etagOf(version) || wanted == "*")
        return std::nullopt;
    ApiResponse stale = problem(
        "stale_version", u"it is at version %1"_s.arg(version), {{u"current"_s, current}, {u"version"_s, version}});
    stale.with("ETag", etagOf(version));
    return stale;
}

Result<QJsonObject> bodyOf(const ApiRequest& request)
{
    const QByteArray type = request.header("Content-Type").split(';').first().trimmed().toLower();
    if (type != "application/json" && type != "application/merge-patch+json")
        return Error {ErrorCode::Unsupported, u"the body must be application/json"_s, "wrong_media_type"};
    return parseJsonObject(request.body);
}

} // namespace vidimus::catalog_server
