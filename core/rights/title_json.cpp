#include "core/rights/json_fields_p.h"
#include "core/rights/rule_set_json.h"

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxAge = 120; // years

void readRatings(JsonReader& reader, Title& title)
{
    const QJsonObject ratings = fields::optionalObject(reader, "ratings"_L1);
    for (auto it = ratings.begin(); it != ratings.end(); ++it) {
        const double age = it.value().toDouble(-1);
        if (!it.value().isDouble() || age < 0 || age > kMaxAge || age != static_cast<int>(age))
            reader.fail("ratings"_L1, u"%1: must be a minimum age from 0 to %2"_s.arg(it.key()).arg(kMaxAge));
        title.ratings.insert(it.key(), static_cast<int>(age));
    }
}

void readIds(JsonReader& reader, Title& title)
{
    const QJsonObject ids = fields::optionalObject(reader, "ids"_L1);
    for (auto it = ids.begin(); it != ids.end(); ++it) {
        if (!it.value().isString())
            reader.fail("ids"_L1, u"%1: must be a text"_s.arg(it.key()));
        title.ids.insert(it.key(), it.value().toString());
    }
}

} // namespace

Result<Title> titleFromJson(const TitleId& id, const QJsonObject& json, const QString& path)
{
    JsonReader reader(json, path);
    Title title;
    title.id = id;
    title.name = reader.string("name"_L1, QString());
    title.kind = fields::choice<TitleKind>(reader, "kind"_L1);
    title.parent = TitleId(reader.string("parent"_L1, QString()));
    title.link = fields::choice<TitleLink>(reader, "link"_L1, TitleLink::Part);
    title.allowMode = fields::choice<AllowMode>(reader, "allow_mode"_L1, AllowMode::Extend);
    if (reader.has("number"_L1))
        title.number = fields::smallInteger(reader, "number"_L1, 0, 0, 1'000'000);
    else
        (void)reader.value("number"_L1);
    readRatings(reader, title);
    readIds(reader, title);
    if (const auto read = reader.finish(); !read)
        return read.error();
    return title;
}

QJsonObject toJson(const Title& title)
{
    QJsonObject json {{u"kind"_s, nameOf(title.kind)}};
    if (!title.name.isEmpty())
        json.insert(u"name"_s, title.name);
    if (!title.parent.isEmpty())
        json.insert(u"parent"_s, title.parent.toString());
    if (title.link != TitleLink::Part)
        json.insert(u"link"_s, nameOf(title.link));
    if (title.allowMode != AllowMode::Extend)
        json.insert(u"allow_mode"_s, nameOf(title.allowMode));
    if (title.number)
        json.insert(u"number"_s, *title.number);
    QJsonObject ratings;
    for (auto it = title.ratings.begin(); it != title.ratings.end(); ++it)
        ratings.insert(it.key(), it.value());
    if (!ratings.isEmpty())
        json.insert(u"ratings"_s, ratings);
    QJsonObject ids;
    for (auto it = title.ids.begin(); it != title.ids.end(); ++it)
        ids.insert(it.key(), it.value());
    if (!ids.isEmpty())
        json.insert(u"ids"_s, ids);
    return json;
}

Result<Deal> dealFromJson(const DealId& id, const QJsonObject& json, const QString& path)
{
    JsonReader reader(json, path);
    Deal deal;
    deal.id = id;
    deal.licensor = reader.string("licensor"_L1, QString());
    deal.status = fields::choice<DealStatus>(reader, "status"_L1, DealStatus::Active);
    deal.term = {fields::instant(reader, "start"_L1), fields::instant(reader, "end"_L1)};
    deal.territories = fields::strings(reader, "territories"_L1);
    if (const auto read = reader.finish(); !read)
        return read.error();
    return deal;
}

QJsonObject toJson(const Deal& deal)
{
    QJsonObject json {{u"status"_s, nameOf(deal.status)}};
    if (!deal.licensor.isEmpty())
        json.insert(u"licensor"_s, deal.licensor);
    if (deal.term.start)
        json.insert(u"start"_s, fields::toValue(deal.term.start));
    if (deal.term.end)
        json.insert(u"end"_s, fields::toValue(deal.term.end));
    if (!deal.territories.isEmpty())
        json.insert(u"territories"_s, QJsonArray::fromStringList(deal.territories));
    return json;
}

} // namespace vidimus::rights
