#include "core/base/json.h"
#include "core/catalog_server/held_writes_p.h"
#include "core/catalog_server/live_loading_p.h"
#include "core/catalog_server/problem.h"
#include "core/catalog_server/request_fields.h"
#include "core/catalog_server/rights_writes_p.h"
#include "core/catalog_server/routes_p.h"
#include "core/rights/rule_set_json.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

/// Some 60,000 windows: a title that is licensed country by country and year by year has thousands.
constexpr std::int64_t kMaxRightsBytes = 32 << 20;

struct Windows {
    qint64 version = 0;
    QJsonObject json; ///< {"title", "version", "rules"}
};

Result<Windows> windowsOf(Backend& backend, const QString& title)
{
    const auto version = backend.connection.one(
        u"SELECT windows_version FROM titles WHERE id = ? AND deleted_at IS NULL"_s,
        [](const sql::Statement& row) { return row.integer(0); }, title);
    if (!version)
        return version.error();
    if (!*version)
        return Error {ErrorCode::NotFound, u"there is no title %1"_s.arg(title), "unknown_title"};
    const auto rows = backend.connection.all(
        u"SELECT rule FROM rules WHERE title = ? ORDER BY position"_s,
        [](const sql::Statement& row) { return parseJsonObject(row.text(0).toUtf8()); }, title);
    if (!rows)
        return rows.error();
    QJsonArray rules;
    for (const QJsonObject& rule : *rows)
        rules.append(rule);
    return Windows {**version, {{u"title"_s, title}, {u"version"_s, **version}, {u"rules"_s, rules}}};
}

Result<ApiResponse> putWindows(Backend& backend, const ApiRequest& request)
{
    const QString title = request.parameters[0];
    const auto before = windowsOf(backend, title);
    if (!before)
        return before.error();
    if (auto refusal = checkVersion(request, before->version, before->json))
        return std::move(*refusal);
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    JsonReader reader(*body);
    const QJsonArray rules = reader.array("rules"_L1);
    const QJsonObject deals = objectField(reader, "deals"_L1);
    const QJsonObject context = objectField(reader, "context"_L1);
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    if (auto read = rights::dealsFromJson(deals, u"deals"_s); !read)
        return std::move(read).error();
    const auto standing = backend.guardedRights();
    if (!standing)
        return standing.error();
    const auto sharedBefore = sharedRights(backend, deals.keys());
    for (const auto& step : {mergeContext(backend, context), upsertDeals(backend, deals),
             validateRulesOf(backend, title, rules), replaceRules(backend, title, rules)}) {
        if (!step)
            return step.error();
    }
    if (auto done
        = backend.connection.execute(u"UPDATE titles SET windows_version = windows_version + 1 WHERE id = ?"_s, title);
        !done)
        return std::move(done).error();
    const auto sharedAfter = sharedRights(backend, deals.keys());
    if (!sharedBefore || !sharedAfter)
        return sharedBefore ? sharedAfter.error() : sharedBefore.error();
    // A deal or a group that is new concerns this title alone; one that stood before may hold for others.
    const auto others = titlesNaming(backend.connection, changedNames(*sharedBefore, *sharedAfter));
    if (!others)
        return others.error();
    TouchedRights touched {.all = false, .titles = QStringList {title} + *others, .wholes = {}};
    touched.titles.removeDuplicates();
    if (auto stopped = heldTitles(backend, request, touched.titles, *standing); !stopped || *stopped)
        return stopped ? std::move(**stopped) : Result<ApiResponse>(std::move(stopped).error());
    if (auto raised = raiseRightsVersion(backend, touched); !raised)
        return std::move(raised).error();
    const auto after = windowsOf(backend, title);
    if (!after)
        return after.error();
    if (auto logged
        = backend.record(request, u"set_windows"_s, u"windows"_s, title, before->json, after->json, after->version);
        !logged)
        return std::move(logged).error();
    return versionedResponse(200, after->json, after->version);
}

/// Titles of the set are made where they are missing; titles that the set does not name keep no rules.
Result<void> storeWholeSet(Backend& backend, const QJsonObject& json, const rights::RuleSet& set)
{
    for (const QString& statement : {u"DELETE FROM rules"_s, u"DELETE FROM deals"_s,
             u"UPDATE titles SET windows_version = windows_version + 1 WHERE deleted_at IS NULL"_s}) {
        if (auto done = backend.connection.execute(statement); !done)
            return std::move(done).error();
    }
    QJsonObject context = json.value("context"_L1).toObject();
    const QJsonObject titles = context.take("titles"_L1).toObject();
    for (auto title = titles.begin(); title != titles.end(); ++title) {
        const QJsonObject facts = title.value().toObject();
        auto saved = backend.connection.execute(
            u"INSERT INTO titles (id, version, name, rights, windows_version, updated_at, part_of)"
            " VALUES (?, 1, ?, ?, 1, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET version = version + (rights <> excluded.rights OR deleted_at IS NOT NULL),"
            " rights = excluded.rights, updated_at = excluded.updated_at, part_of = excluded.part_of,"
            " deleted_at = NULL"_s,
            title.key(), facts.value("name"_L1).toString(title.key()), QString::fromUtf8(toJson(facts)),
            backend.clock.now(), partOf(facts));
        if (!saved)
            return std::move(saved).error();
    }
    if (auto done = backend.setSetting(u"rights_context"_s, QString::fromUtf8(toJson(context))); !done)
        return done;
    if (auto done = upsertDeals(backend, json.value("deals"_L1).toObject()); !done)
        return done;
    QHash<QString, QJsonArray> byTitle;
    for (const rights::Rule& rule : set.rules)
        byTitle[rule.scope.toString()].append(rights::toJson(rule));
    for (auto rules = byTitle.begin(); rules != byTitle.end(); ++rules) {
        if (auto done = replaceRules(backend, rules.key(), rules.value()); !done)
            return done;
    }
    return raiseRightsVersion(backend, {.all = true, .titles = {}, .wholes = {}});
}

Result<ApiResponse> putRights(Backend& backend, const ApiRequest& request)
{
    const auto version = backend.setting(u"rights_version"_s);
    const auto before = loadRuleSet(backend);
    if (!version || !before)
        return version ? before.error() : version.error();
    if (auto refusal = checkVersion(request, version->toLongLong(), {}))
        return std::move(*refusal);
    const auto body = bodyOf(request);
    if (!body)
        return body.error();
    const auto set = rights::ruleSetFromJson(*body);
    if (!set)
        return set.error();
    const auto standing = backend.guardedRights();
    if (!standing)
        return standing.error();
    if (auto stored = storeWholeSet(backend, *body, *set); !stored)
        return std::move(stored).error();
    if (auto stopped = heldWhole(backend, request, u"rights"_s, *standing); !stopped || *stopped)
        return stopped ? std::move(**stopped) : Result<ApiResponse>(std::move(stopped).error());
    const qint64 newVersion = version->toLongLong() + 1;
    if (auto logged = backend.record(request, u"set_rights"_s, u"rights"_s, u"all"_s,
            QJsonObject {{u"version"_s, version->toLongLong()}}, QJsonObject {{u"version"_s, newVersion}}, newVersion);
        !logged)
        return std::move(logged).error();
    return versionedResponse(200,
        {{u"version"_s, newVersion}, {u"rules"_s, static_cast<qint64>(set->rules.size())},
            {u"titles"_s, static_cast<qint64>(set->titles.size())}},
        newVersion);
}

} // namespace

void addRightsRoutes(Router& router, Backend& backend)
{
    router.add({.method = "GET",
        .pattern = "/v1/titles/{title}/windows",
        .scope = u"rights:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest& request) -> Result<ApiResponse> {
            const auto windows = windowsOf(backend, request.parameters[0]);
            return windows ? Result<ApiResponse>(versionedResponse(200, windows->json, windows->version))
                           : Result<ApiResponse>(windows.error());
        })});
    router.add({.method = "PUT",
        .pattern = "/v1/titles/{title}/windows",
        .scope = u"rights:write"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return putWindows(backend, request); }),
        .bodyBytes = kMaxRightsBytes});
    router.add({.method = "GET",
        .pattern = "/v1/rights",
        .scope = u"rights:read"_s,
        .handler = Backend::reading([&backend](const ApiRequest&) -> Result<ApiResponse> {
            const auto set = loadRuleSet(backend);
            const auto version = backend.setting(u"rights_version"_s);
            if (!set || !version)
                return set ? version.error() : set.error();
            return versionedResponse(200, *set, version->toLongLong());
        })});
    router.add({.method = "PUT",
        .pattern = "/v1/rights",
        .scope = u"rights:write"_s,
        .handler = backend.changing([&backend](const ApiRequest& request) { return putRights(backend, request); }),
        .bodyBytes = kMaxRightsBytes});
}

} // namespace vidimus::catalog_server
