#include "core/rights/json_fields_p.h"
#include "core/rights/rule_set_json.h"

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxPriority = 1'000'000'000;
constexpr int kMaxHoldbackDays = 36'500; // a hundred years

NameList nameList(JsonReader& reader, QLatin1StringView name)
{
    const QJsonValue value = reader.value(name);
    if (value.isString()) {
        if (value.toString() != u"*")
            reader.fail(name, u"must be \"*\" or a list"_s);
        return {.all = true, .names = {}};
    }
    return {.all = false, .names = fields::strings(reader, name, value)};
}

QJsonValue toValue(const NameList& list)
{
    return list.all ? QJsonValue(u"*"_s) : QJsonValue(QJsonArray::fromStringList(list.names));
}

TerritoryExpression territory(JsonReader& reader)
{
    TerritoryExpression expression;
    JsonReader inner(fields::optionalObject(reader, "territory"_L1), reader.pathOf("territory"_L1));
    expression.include = fields::strings(inner, "include"_L1);
    expression.exclude = fields::strings(inner, "exclude"_L1);
    if (const auto read = inner.finish(); !read)
        reader.fail("territory"_L1, read.error().detail);
    return expression;
}

std::optional<AfterEvent> afterEvent(JsonReader& reader)
{
    if (!reader.has("after"_L1)) {
        (void)reader.value("after"_L1);
        return std::nullopt;
    }
    AfterEvent after;
    JsonReader inner(reader.object("after"_L1), reader.pathOf("after"_L1));
    after.event = inner.string("event"_L1, QString());
    after.eventAt = fields::instant(inner, "event_at"_L1);
    after.days = fields::smallInteger(inner, "days"_L1, 0, 0, kMaxHoldbackDays);
    if (const auto read = inner.finish(); !read)
        reader.fail("after"_L1, read.error().detail);
    return after;
}

std::optional<Provenance> provenance(JsonReader& reader)
{
    if (!reader.has("provenance"_L1)) {
        (void)reader.value("provenance"_L1);
        return std::nullopt;
    }
    Provenance from;
    JsonReader inner(reader.object("provenance"_L1), reader.pathOf("provenance"_L1));
    from.file = inner.string("file"_L1, QString());
    from.sheet = inner.string("sheet"_L1, QString());
    from.row = fields::smallInteger(inner, "row"_L1, 0, 0, std::numeric_limits<int>::max());
    from.timeZones = inner.string("time_zones"_L1, QString());
    from.licensor = inner.string("licensor"_L1, QString());
    if (const auto read = inner.finish(); !read)
        reader.fail("provenance"_L1, read.error().detail);
    return from;
}

std::optional<Window> window(JsonReader& reader, QLatin1StringView name)
{
    if (!reader.has(name)) {
        (void)reader.value(name);
        return std::nullopt;
    }
    JsonReader inner(reader.object(name), reader.pathOf(name));
    const Window window {fields::instant(inner, "start"_L1), fields::instant(inner, "end"_L1)};
    if (const auto read = inner.finish(); !read)
        reader.fail(name, read.error().detail);
    return window;
}

QJsonObject toJson(const Window& window)
{
    return {{u"start"_s, fields::toValue(window.start)}, {u"end"_s, fields::toValue(window.end)}};
}

QJsonObject toJson(const AfterEvent& after)
{
    return {{u"event"_s, after.event}, {u"event_at"_s, fields::toValue(after.eventAt)}, {u"days"_s, after.days}};
}

} // namespace

Result<Rule> ruleFromJson(const QJsonObject& json, const QString& path)
{
    JsonReader reader(json, path);
    Rule rule;
    rule.id = WindowId(reader.string("id"_L1));
    rule.effect = fields::choice<Effect>(reader, "effect"_L1);
    if (rule.effect == Effect::Deny)
        rule.kind = fields::choice<RestrictionKind>(reader, "kind"_L1);
    else if (reader.has("kind"_L1))
        reader.fail("kind"_L1, u"belongs to a rule with \"effect\": \"deny\""_s);
    rule.scope = TitleId(reader.string("scope"_L1));
    rule.applies = fields::choice<Applies>(reader, "applies"_L1, Applies::Both);
    rule.deal = DealId(reader.string("deal"_L1, QString()));
    rule.territory = territory(reader);
    rule.sites = nameList(reader, "sites"_L1);
    rule.offers = nameList(reader, "offers"_L1);
    rule.window = {fields::instant(reader, "start"_L1), fields::instant(reader, "end"_L1)};
    rule.preOrder = window(reader, "pre_order"_L1);
    rule.announced = window(reader, "announced"_L1);
    if (rule.effect == Effect::Deny && (rule.preOrder || rule.announced))
        reader.fail(rule.preOrder ? "pre_order"_L1 : "announced"_L1, u"belongs to a rule with \"effect\": \"allow\""_s);
    rule.priority = fields::smallInteger(reader, "priority"_L1, 0, -kMaxPriority, kMaxPriority);
    rule.exclusive = reader.boolean("exclusive"_L1, false);
    rule.status = fields::choice<RuleStatus>(reader, "status"_L1, RuleStatus::Approved);
    rule.hard = reader.boolean("hard"_L1, true);
    rule.after = afterEvent(reader);
    if (rule.after && rule.effect == Effect::Allow)
        reader.fail("after"_L1, u"belongs to a rule with \"effect\": \"deny\""_s);
    rule.terms = fields::optionalObject(reader, "terms"_L1);
    rule.provenance = provenance(reader);
    if (const auto read = reader.finish(); !read)
        return read.error();
    return rule;
}

QJsonObject toJson(const Rule& rule)
{
    QJsonObject json {{u"id"_s, rule.id.toString()}, {u"effect"_s, nameOf(rule.effect)},
        {u"scope"_s, rule.scope.toString()}, {u"sites"_s, toValue(rule.sites)}, {u"offers"_s, toValue(rule.offers)},
        {u"start"_s, fields::toValue(rule.window.start)}, {u"end"_s, fields::toValue(rule.window.end)}};
    QJsonObject territory {{u"include"_s, QJsonArray::fromStringList(rule.territory.include)}};
    if (!rule.territory.exclude.isEmpty())
        territory.insert(u"exclude"_s, QJsonArray::fromStringList(rule.territory.exclude));
    json.insert(u"territory"_s, territory);
    if (rule.effect == Effect::Deny)
        json.insert(u"kind"_s, nameOf(rule.kind));
    if (rule.applies != Applies::Both)
        json.insert(u"applies"_s, nameOf(rule.applies));
    if (!rule.deal.isEmpty())
        json.insert(u"deal"_s, rule.deal.toString());
    if (rule.preOrder)
        json.insert(u"pre_order"_s, toJson(*rule.preOrder));
    if (rule.announced)
        json.insert(u"announced"_s, toJson(*rule.announced));
    if (rule.priority != 0)
        json.insert(u"priority"_s, rule.priority);
    if (rule.exclusive)
        json.insert(u"exclusive"_s, true);
    if (rule.status != RuleStatus::Approved)
        json.insert(u"status"_s, nameOf(rule.status));
    if (!rule.hard)
        json.insert(u"hard"_s, false);
    if (rule.after)
        json.insert(u"after"_s, toJson(*rule.after));
    if (!rule.terms.isEmpty())
        json.insert(u"terms"_s, rule.terms);
    if (rule.provenance) {
        QJsonObject from {
            {u"file"_s, rule.provenance->file}, {u"sheet"_s, rule.provenance->sheet}, {u"row"_s, rule.provenance->row}};
        if (!rule.provenance->timeZones.isEmpty())
            from.insert(u"time_zones"_s, rule.provenance->timeZones);
        if (!rule.provenance->licensor.isEmpty())
            from.insert(u"licensor"_s, rule.provenance->licensor);
        json.insert(u"provenance"_s, from);
    }
    return json;
}

} // namespace vidimus::rights
