#include "core/catalog_server/rights_writes_p.h"

#include "core/base/json.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/validate.h"

#include <QSet>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

QString textOf(const QJsonObject& json)
{
    return QString::fromUtf8(toJson(json));
}

QJsonValue joined(const QJsonValue& old, const QJsonValue& added)
{
    if (old.isArray() && added.isArray()) {
        QJsonArray list = old.toArray();
        for (const QJsonValue& value : added.toArray()) {
            if (!list.contains(value))
                list.append(value);
        }
        return list;
    }
    if (old.isObject() && added.isObject()) {
        QJsonObject object = old.toObject();
        const QJsonObject news = added.toObject();
        for (auto member = news.begin(); member != news.end(); ++member)
            object[member.key()] = member.value();
        return object;
    }
    return added;
}

Result<QJsonObject> storedContext(Backend& backend)
{
    const auto text = backend.setting(u"rights_context"_s);
    if (!text)
        return text.error();
    return text->isEmpty() ? Result<QJsonObject>(QJsonObject()) : parseJsonObject(text->toUtf8());
}

/// "EU4" of "EU4@2".
QString groupName(const QString& key)
{
    const qsizetype at = key.lastIndexOf(u'@');
    return at > 0 ? key.first(at) : key;
}

} // namespace

Result<void> raiseRightsVersion(Backend& backend, const TouchedRights& touched)
{
    backend.touchRights(touched);
    const auto version = backend.setting(u"rights_version"_s);
    if (!version)
        return version.error();
    return backend.setSetting(u"rights_version"_s, QString::number(version->toLongLong() + 1));
}

Result<SharedRights> sharedRights(Backend& backend, const QStringList& deals)
{
    auto context = storedContext(backend);
    if (!context)
        return std::move(context).error();
    SharedRights shared {.context = *std::move(context), .deals = {}};
    for (const QString& id : deals) {
        const auto deal = backend.connection.one(
            u"SELECT deal FROM deals WHERE id = ?"_s,
            [](const sql::Statement& row) { return parseJsonObject(row.text(0).toUtf8()); }, id);
        if (!deal)
            return deal.error();
        if (*deal)
            shared.deals.insert(id, **deal);
    }
    return shared;
}

QStringList changedNames(const SharedRights& before, const SharedRights& after)
{
    QStringList names;
    for (auto deal = before.deals.begin(); deal != before.deals.end(); ++deal) {
        if (after.deals.value(deal.key()) != *deal)
            names.append(deal.key());
    }
    const QJsonObject groups = before.context.value("groups"_L1).toObject(),
                      now = after.context.value("groups"_L1).toObject();
    QSet<QString> known;
    for (auto group = groups.begin(); group != groups.end(); ++group)
        known.insert(groupName(group.key()));
    for (auto group = now.begin(); group != now.end(); ++group) {
        const bool meansOther = groups.value(group.key()) != *group;
        // WORLD is a group that everybody knows before it is listed.
        if (meansOther && (known.contains(groupName(group.key())) || groupName(group.key()) == u"WORLD"))
            names.append(groupName(group.key()));
    }
    names.removeDuplicates();
    return names;
}

Result<void> replaceRules(Backend& backend, const QString& title, const QJsonArray& rules)
{
    sql::Connection& connection = backend.connection;
    if (auto removed = connection.execute(u"DELETE FROM rules WHERE title = ?"_s, title); !removed)
        return std::move(removed).error();
    for (qsizetype i = 0; i < rules.size(); ++i) {
        const QJsonObject rule = rules[i].toObject();
        if (rule.value("scope"_L1).toString() != title) {
            return Error {ErrorCode::Invalid, u"rules[%1].scope: must be %2"_s.arg(i).arg(title), "foreign_scope"};
        }
        const QString id = rule.value("id"_L1).toString();
        if (auto added = connection.execute(
                u"INSERT INTO rules (id, title, position, rule) VALUES (?, ?, ?, ?)"_s, id, title, i, textOf(rule));
            !added) {
            if (added.error().reason == "constraint")
                return Error {ErrorCode::Conflict, u"rules[%1].id: %2 is taken"_s.arg(i).arg(id), "rule_id_taken"};
            return std::move(added).error();
        }
    }
    return {};
}

Result<void> upsertDeals(Backend& backend, const QJsonObject& deals)
{
    for (auto deal = deals.begin(); deal != deals.end(); ++deal) {
        auto saved = backend.connection.execute(
            u"INSERT INTO deals (id, deal) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET deal = excluded.deal"_s,
            deal.key(), textOf(deal.value().toObject()));
        if (!saved)
            return std::move(saved).error();
    }
    return {};
}

Result<void> mergeContext(Backend& backend, const QJsonObject& context)
{
    if (context.isEmpty())
        return {};
    if (context.contains("titles"_L1))
        return Error {ErrorCode::Invalid, u"context.titles: titles are their own resource"_s, "bad_field"};
    auto stored = storedContext(backend);
    if (!stored)
        return std::move(stored).error();
    for (auto member = context.begin(); member != context.end(); ++member)
        (*stored)[member.key()] = joined(stored->value(member.key()), member.value());
    rights::RuleSet check;
    if (auto read = rights::readContext(*stored, check); !read)
        return read;
    return backend.setSetting(u"rights_context"_s, textOf(*stored));
}

Result<void> validateRulesOf(Backend& backend, const QString& title, const QJsonArray& rules)
{
    const auto context = storedContext(backend);
    if (!context)
        return context.error();
    rights::RuleSet set;
    if (auto read = rights::readContext(*context, set); !read)
        return read;
    auto parsed = rights::rulesFromJson(rules, u"rules"_s);
    if (!parsed)
        return std::move(parsed).error();
    set.rules = std::move(*parsed);
    set.titles = {rights::Title {.id = TitleId(title)}};
    QSet<QString> deals;
    for (const rights::Rule& rule : set.rules) {
        if (!rule.deal.isEmpty())
            deals.insert(rule.deal.toString());
    }
    for (const QString& id : std::as_const(deals)) {
        const auto deal = backend.connection.one(
            u"SELECT deal FROM deals WHERE id = ?"_s,
            [&id](const sql::Statement& row) -> Result<rights::Deal> {
                const auto json = parseJsonObject(row.text(0).toUtf8());
                return json ? rights::dealFromJson(DealId(id), *json, u"deals."_s + id) : json.error();
            },
            id);
        if (!deal)
            return deal.error();
        if (*deal)
            set.deals.push_back(**deal);
    }
    return rights::validate(set);
}

} // namespace vidimus::catalog_server
