#include "core/rights/rule_set_json.h"

#include "core/rights/json_fields_p.h"
#include "core/rights/validate.h"

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

Result<TerritoryGroup> readGroup(const QString& key, const QJsonValue& members, const QString& path)
{
    TerritoryGroup group {.name = key.section(u'@', 0, 0), .version = 1, .members = {}};
    if (key.contains(u'@')) {
        bool good = false;
        group.version = key.section(u'@', 1).toInt(&good);
        if (!good || group.version < 1)
            return Error {ErrorCode::Invalid, u"%1.%2: write a pinned version as NAME@2"_s.arg(path, key), "bad_field"};
    }
    QJsonObject wrapped {{key, members}};
    JsonReader reader(wrapped, path);
    const QByteArray name = key.toLatin1();
    group.members = fields::strings(reader, QLatin1StringView(name), members);
    if (const auto read = reader.finish(JsonReader::Unknown::Ignore); !read)
        return read.error();
    return group;
}

QJsonObject contextToJson(const RuleSet& rules)
{
    QJsonObject groups;
    for (const TerritoryGroup& group : rules.groups) {
        const QString key = group.version == 1 ? group.name : group.name + u'@' + QString::number(group.version);
        groups.insert(key, QJsonArray::fromStringList(group.members));
    }
    QJsonObject titles;
    for (const Title& title : rules.titles)
        titles.insert(title.id.toString(), toJson(title));
    QJsonObject fallback;
    for (auto it = rules.ratingFallback.begin(); it != rules.ratingFallback.end(); ++it)
        fallback.insert(it.key(), QJsonArray::fromStringList(it.value()));
    QJsonObject policy;
    for (auto it = rules.unratedPolicy.begin(); it != rules.unratedPolicy.end(); ++it)
        policy.insert(it.key(), nameOf(it.value()));
    QJsonObject context {{u"groups"_s, groups}, {u"sites"_s, QJsonArray::fromStringList(rules.sites)},
        {u"offers"_s, QJsonArray::fromStringList(rules.offers)}, {u"titles"_s, titles},
        {u"rating_fallback"_s, fallback}, {u"unrated_policy"_s, policy}};
    if (!rules.coarseSites.isEmpty())
        context.insert(u"coarse_sites"_s, QJsonArray::fromStringList(rules.coarseSites));
    return context;
}

} // namespace

Result<std::vector<Rule>> rulesFromJson(const QJsonArray& json, const QString& path)
{
    std::vector<Rule> rules;
    rules.reserve(static_cast<std::size_t>(json.size()));
    for (qsizetype i = 0; i < json.size(); ++i) {
        const QString place = u"%1[%2]"_s.arg(path).arg(i);
        if (!json[i].isObject())
            return Error {ErrorCode::Invalid, u"%1: must be an object"_s.arg(place), "bad_field"};
        auto rule = ruleFromJson(json[i].toObject(), place);
        if (!rule)
            return std::move(rule).error();
        rules.push_back(std::move(*rule));
    }
    return rules;
}

Result<std::vector<Deal>> dealsFromJson(const QJsonObject& json, const QString& path)
{
    std::vector<Deal> deals;
    for (auto it = json.begin(); it != json.end(); ++it) {
        const QString place = path + u'.' + it.key();
        if (!it.value().isObject())
            return Error {ErrorCode::Invalid, u"%1: must be an object"_s.arg(place), "bad_field"};
        auto deal = dealFromJson(DealId(it.key()), it.value().toObject(), place);
        if (!deal)
            return std::move(deal).error();
        deals.push_back(std::move(*deal));
    }
    return deals;
}

Result<void> readContext(const QJsonObject& context, RuleSet& into)
{
    const QString path = u"context"_s;
    JsonReader reader(context, path);
    const QJsonObject groups = fields::optionalObject(reader, "groups"_L1);
    for (auto it = groups.begin(); it != groups.end(); ++it) {
        auto group = readGroup(it.key(), it.value(), path + u".groups"_s);
        if (!group)
            return std::move(group).error();
        into.groups.push_back(std::move(*group));
    }
    into.sites += fields::strings(reader, "sites"_L1);
    into.coarseSites += fields::strings(reader, "coarse_sites"_L1);
    into.offers += fields::strings(reader, "offers"_L1);
    const QJsonObject titles = fields::optionalObject(reader, "titles"_L1);
    for (auto it = titles.begin(); it != titles.end(); ++it) {
        auto title = titleFromJson(TitleId(it.key()), it.value().toObject(), path + u".titles."_s + it.key());
        if (!title)
            return std::move(title).error();
        into.titles.push_back(std::move(*title));
    }
    const QJsonObject fallback = fields::optionalObject(reader, "rating_fallback"_L1);
    for (auto it = fallback.begin(); it != fallback.end(); ++it)
        into.ratingFallback.insert(it.key(), fields::strings(reader, "rating_fallback"_L1, it.value()));
    const QJsonObject policy = fields::optionalObject(reader, "unrated_policy"_L1);
    for (auto it = policy.begin(); it != policy.end(); ++it) {
        const auto value = fromName<UnratedPolicy>(it.value().toString());
        if (!value)
            reader.fail("unrated_policy"_L1, u"%1: must be adult, allow or block"_s.arg(it.key()));
        into.unratedPolicy.insert(it.key(), value.value_or(UnratedPolicy::Block));
    }
    return reader.finish();
}

Result<RuleSet> ruleSetShapeFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    RuleSet rules;
    if (reader.integer("version"_L1, 1) != 1)
        reader.fail("version"_L1, u"only version 1 is known"_s);
    const QJsonObject context = fields::optionalObject(reader, "context"_L1);
    const QJsonObject dealsJson = fields::optionalObject(reader, "deals"_L1);
    const QJsonValue rulesJson = reader.value("rules"_L1);
    if (!rulesJson.isUndefined() && !rulesJson.isArray())
        reader.fail("rules"_L1, u"must be a list"_s);
    if (const auto read = reader.finish(); !read)
        return read.error();
    if (auto read = readContext(context, rules); !read)
        return std::move(read).error();
    auto deals = dealsFromJson(dealsJson, u"deals"_s);
    if (!deals)
        return std::move(deals).error();
    rules.deals = std::move(*deals);
    auto list = rulesFromJson(rulesJson.toArray(), u"rules"_s);
    if (!list)
        return std::move(list).error();
    rules.rules = std::move(*list);
    return rules;
}

Result<RuleSet> ruleSetFromJson(const QJsonObject& json)
{
    auto rules = ruleSetShapeFromJson(json);
    if (!rules)
        return rules;
    if (const auto valid = validate(*rules); !valid)
        return valid.error();
    return rules;
}

QJsonObject toJson(const RuleSet& rules)
{
    QJsonObject deals;
    for (const Deal& deal : rules.deals)
        deals.insert(deal.id.toString(), toJson(deal));
    QJsonArray list;
    for (const Rule& rule : rules.rules)
        list.append(toJson(rule));
    return {{u"version"_s, 1}, {u"context"_s, contextToJson(rules)}, {u"deals"_s, deals}, {u"rules"_s, list}};
}

} // namespace vidimus::rights
