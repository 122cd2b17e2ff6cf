#include "core/rights/query.h"

#include "core/rights/json_fields_p.h"

#include <array>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

// In the order of the enumerators.
constexpr std::array kReasonCodes {QLatin1StringView(), "UNKNOWN_TITLE"_L1, "TAKEDOWN"_L1, "REGULATORY"_L1,
    "BLACKOUT"_L1, "HOLDBACK"_L1, "EMBARGO"_L1, "RATING"_L1, "NO_RIGHTS"_L1, "STATUS"_L1, "TERRITORY"_L1, "SITE"_L1,
    "OFFER"_L1, "NOT_YET"_L1, "EXPIRED"_L1, "EMPTY_WINDOW"_L1, "NO_AVAILABLE_CHILD"_L1};
constexpr int kOldestViewer = 150; // years

QJsonValue idOrNull(const WindowId& id)
{
    return id.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(id.toString());
}

Entitlement entitlement(JsonReader& reader)
{
    Entitlement owned;
    JsonReader inner(reader.object("entitlement"_L1), reader.pathOf("entitlement"_L1));
    owned.kind = inner.string("kind"_L1);
    owned.acquiredAt = fields::instant(inner, "acquired_at"_L1);
    // The format does not fix the word for a rental's end; these are read alike.
    for (const auto name : {"expires_at"_L1, "expires"_L1, "end"_L1}) {
        if (const auto end = fields::instant(inner, name))
            owned.expiresAt = end;
    }
    if (const auto read = inner.finish(); !read)
        reader.fail("entitlement"_L1, read.error().detail);
    return owned;
}

} // namespace

bool Entitlement::isValidAt(Instant at) const
{
    if (acquiredAt && at < *acquiredAt)
        return false;
    return expiresAt ? at < *expiresAt : kind == u"est";
}

QString reasonCode(Reason reason)
{
    return QString(kReasonCodes[static_cast<std::size_t>(reason)]);
}

Result<Query> queryFromJson(const QJsonObject& json, const QString& path)
{
    JsonReader reader(json, path);
    Query query;
    query.title = TitleId(reader.string("title"_L1));
    query.country = reader.string("country"_L1);
    query.subdivision = reader.string("subdivision"_L1, QString());
    query.site = reader.string("site"_L1);
    query.offer = reader.string("offer"_L1);
    if (const auto at = fields::instant(reader, "at"_L1))
        query.at = *at;
    else
        reader.fail("at"_L1, u"is missing"_s);
    if (reader.has("viewer_max_age"_L1))
        query.viewerMaxAge = fields::smallInteger(reader, "viewer_max_age"_L1, 0, 0, kOldestViewer);
    else
        (void)reader.value("viewer_max_age"_L1);
    if (reader.has("entitlement"_L1))
        query.entitlement = entitlement(reader);
    else
        (void)reader.value("entitlement"_L1);
    query.question = fields::choice<Question>(reader, "question"_L1, Question::Playable);
    if (const auto read = reader.finish(); !read)
        return read.error();
    return query;
}

QJsonObject toJson(const Query& query)
{
    QJsonObject json {{u"title"_s, query.title.toString()}, {u"country"_s, query.country}, {u"site"_s, query.site},
        {u"offer"_s, query.offer}, {u"at"_s, toRfc3339(query.at)}};
    if (!query.subdivision.isEmpty())
        json.insert(u"subdivision"_s, query.subdivision);
    if (query.viewerMaxAge)
        json.insert(u"viewer_max_age"_s, *query.viewerMaxAge);
    if (query.entitlement) {
        json.insert(u"entitlement"_s,
            QJsonObject {{u"kind"_s, query.entitlement->kind},
                {u"acquired_at"_s, fields::toValue(query.entitlement->acquiredAt)},
                {u"expires_at"_s, fields::toValue(query.entitlement->expiresAt)}});
    }
    if (query.question != Question::Playable)
        json.insert(u"question"_s, nameOf(query.question));
    return json;
}

QJsonObject toJson(const Answer& answer)
{
    QJsonArray warnings;
    for (const WindowId& id : answer.warnings)
        warnings.append(id.toString());
    return {{u"available"_s, answer.available},
        {u"reason"_s, answer.reason == Reason::None ? QJsonValue() : QJsonValue(reasonCode(answer.reason))},
        {u"terms_from"_s, idOrNull(answer.termsFrom)}, {u"decided_by"_s, idOrNull(answer.decidedBy)},
        {u"warnings"_s, warnings}};
}

} // namespace vidimus::rights
