#include "core/catalog_server/live_loading_p.h"

#include "core/base/json.h"
#include "core/catalog_server/backend.h"
#include "core/rights/rule_set_json.h"

#include <QSet>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

struct Named {
    QString id;
    QJsonObject json;
};

Result<Named> readNamed(const sql::Statement& row)
{
    auto json = parseJsonObject(row.text(1).toUtf8());
    if (!json)
        return std::move(json).error();
    return Named {row.text(0), std::move(*json)};
}

Result<QJsonObject> namedObjects(sql::Connection& connection, const QString& sql)
{
    const auto rows = connection.all(sql, readNamed);
    if (!rows)
        return rows.error();
    QJsonObject objects;
    for (const Named& row : *rows)
        objects[row.id] = row.json;
    return objects;
}

/// One object of a table by its id, or nothing.
Result<std::optional<QJsonObject>> objectById(sql::Connection& connection, const QString& sql, const QString& id)
{
    return connection.one(sql, [](const sql::Statement& row) { return parseJsonObject(row.text(0).toUtf8()); }, id);
}

struct PackageName {
    std::shared_ptr<LivePublication> publication;
    QString package;
};

} // namespace

Result<QJsonObject> loadContext(Backend& backend)
{
    const auto text = backend.setting(u"rights_context"_s);
    if (!text)
        return text.error();
    return text->isEmpty() ? Result<QJsonObject>(QJsonObject()) : parseJsonObject(text->toUtf8());
}

Result<rights::RuleSet> loadStanding(Backend& backend, const QJsonObject& context)
{
    rights::RuleSet rules;
    if (auto read = rights::readContext(context, rules); !read)
        return std::move(read).error();
    sql::Connection& connection = backend.connection;
    const auto named = [](auto read) {
        return [read](const sql::Statement& row) {
            using Item = decltype(read(QString(), QJsonObject()));
            const auto json = parseJsonObject(row.text(1).toUtf8());
            return json ? read(row.text(0), *json) : Item(json.error());
        };
    };
    auto titles = connection.all(u"SELECT id, rights FROM titles WHERE deleted_at IS NULL ORDER BY id"_s,
        named([](const QString& id, const QJsonObject& json) {
            return rights::titleFromJson(TitleId(id), json, u"context.titles."_s + id);
        }));
    auto deals = connection.all(
        u"SELECT id, deal FROM deals ORDER BY id"_s, named([](const QString& id, const QJsonObject& json) {
            return rights::dealFromJson(DealId(id), json, u"deals."_s + id);
        }));
    if (!titles || !deals)
        return titles ? std::move(deals).error() : std::move(titles).error();
    auto list = connection.all(u"SELECT r.id, r.rule FROM rules r JOIN titles t ON t.id = r.title"
                               " WHERE t.deleted_at IS NULL ORDER BY r.title, r.position"_s,
        named([](const QString& id, const QJsonObject& json) { return rights::ruleFromJson(json, u"rules."_s + id); }));
    if (!list)
        return std::move(list).error();
    rules.titles = *std::move(titles);
    rules.deals = *std::move(deals);
    rules.rules = *std::move(list);
    return rules;
}

Result<QJsonObject> loadRuleSet(Backend& backend)
{
    auto context = loadContext(backend);
    if (!context)
        return context;
    sql::Connection& connection = backend.connection;
    auto titles = namedObjects(connection, u"SELECT id, rights FROM titles WHERE deleted_at IS NULL ORDER BY id"_s);
    if (!titles)
        return titles;
    auto deals = namedObjects(connection, u"SELECT id, deal FROM deals ORDER BY id"_s);
    if (!deals)
        return deals;
    const auto rules = connection.all(u"SELECT r.id, r.rule FROM rules r JOIN titles t ON t.id = r.title"
                                      " WHERE t.deleted_at IS NULL ORDER BY r.title, r.position"_s,
        readNamed);
    if (!rules)
        return rules.error();
    QJsonArray ruleArray;
    for (const Named& rule : *rules)
        ruleArray.append(rule.json);
    (*context)[u"titles"_s] = *titles;
    return QJsonObject {{u"version"_s, 1}, {u"context"_s, *context}, {u"deals"_s, *deals}, {u"rules"_s, ruleArray}};
}

Result<rights::RuleSet> loadRulesOf(Backend& backend, const QStringList& titles, const QStringList& alone)
{
    auto context = loadContext(backend);
    if (!context)
        return std::move(context).error();
    QJsonObject titleObjects, deals;
    QJsonArray rules;
    const auto loadTitle = [&](const QString& id) -> Result<bool> {
        const auto title
            = objectById(backend.connection, u"SELECT rights FROM titles WHERE id = ? AND deleted_at IS NULL"_s, id);
        if (title && *title)
            titleObjects.insert(id, **title);
        return title ? Result<bool>(title->has_value()) : title.error();
    };
    for (const QString& id : alone) {
        if (const auto loaded = loadTitle(id); !loaded)
            return loaded.error();
    }
    for (const QString& id : titles) {
        const auto loaded = loadTitle(id);
        if (!loaded)
            return loaded.error();
        if (!*loaded)
            continue;
        const auto rows = backend.connection.all(
            u"SELECT rule FROM rules WHERE title = ? ORDER BY position"_s,
            [](const sql::Statement& row) { return parseJsonObject(row.text(0).toUtf8()); }, id);
        if (!rows)
            return rows.error();
        for (const QJsonObject& rule : *rows) {
            rules.append(rule);
            deals.insert(rule.value("deal"_L1).toString(), QJsonObject());
        }
    }
    deals.remove(QString());
    for (const QString& id : deals.keys()) {
        const auto deal = objectById(backend.connection, u"SELECT deal FROM deals WHERE id = ?"_s, id);
        if (!deal)
            return deal.error();
        if (*deal)
            deals[id] = **deal;
        else
            deals.remove(id);
    }
    (*context)[u"titles"_s] = titleObjects;
    return rights::ruleSetShapeFromJson(
        {{u"version"_s, 1}, {u"context"_s, *context}, {u"deals"_s, deals}, {u"rules"_s, rules}});
}

Result<std::shared_ptr<const Publications>> loadPublications(sql::Connection& connection)
{
    const auto rows
        = connection.all(u"SELECT p.id, p.title, t.name, k.master, k.poster, p.live_from, p.package FROM publications p"
                         " JOIN titles t ON t.id = p.title JOIN packages k ON k.id = p.package"
                         " WHERE p.withdrawn_at IS NULL AND t.deleted_at IS NULL ORDER BY p.created_at, p.id"_s,
            [](const sql::Statement& row) {
                auto publication = std::make_shared<LivePublication>();
                publication->id = row.id<PublicationId>(0);
                publication->title = row.id<TitleId>(1);
                publication->titleName = row.text(2);
                publication->master = row.text(3);
                publication->poster = row.text(4);
                publication->liveFrom = row.optionalInstant(5);
                return PackageName {std::move(publication), row.text(6)};
            });
    if (!rows)
        return rows.error();
    auto publications = std::make_shared<Publications>();
    for (const auto& [publication, package] : *rows) {
        const auto files = connection.all(
            u"SELECT name, sha256, bytes FROM package_files WHERE package = ?"_s,
            [](const sql::Statement& row) {
                return std::pair(row.text(0), MediaFile {row.text(1).toLatin1(), row.integer(2)});
            },
            package);
        if (!files)
            return files.error();
        for (const auto& [name, file] : *files)
            publication->files.insert(name, file);
        publications->byId.insert(publication->id, publication);
        publications->byTitle.insert(publication->title, publication);
    }
    return std::shared_ptr<const Publications>(std::move(publications));
}

} // namespace vidimus::catalog_server
