#include "core/catalog_server/request_fields.h"

#include "core/catalog_server/object_folder.h"
#include "core/rights/territory.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

QString idField(JsonReader& reader, QLatin1StringView name)
{
    const QString text = reader.string(name);
    const bool isPlain
        = std::none_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
    if (text.isEmpty() || text.size() > 128 || !isPlain)
        reader.fail(name, u"must have 1 to 128 characters and no control ones"_s);
    return text;
}

QString digestField(JsonReader& reader, QLatin1StringView name)
{
    const QString text = reader.string(name);
    if (!isDigest(text.toLatin1()))
        reader.fail(name, u"must be 64 lower-case hexadecimal digits"_s);
    return text;
}

std::optional<Instant> instantField(JsonReader& reader, QLatin1StringView name)
{
    const QString text = reader.string(name, {});
    if (text.isEmpty())
        return std::nullopt;
    const auto instant = parseRfc3339(text);
    if (!instant) {
        reader.fail(name, instant.error().detail);
        return std::nullopt;
    }
    return *instant;
}

QJsonObject objectField(JsonReader& reader, QLatin1StringView name)
{
    return reader.has(name) ? reader.object(name) : QJsonObject();
}

Result<qint64> queryInteger(const ApiRequest& request, QLatin1StringView name, qint64 fallback, qint64 low, qint64 high)
{
    const auto text = request.queryValue(name);
    if (!text)
        return fallback;
    bool isNumber = false;
    const qint64 value = text->toLongLong(&isNumber);
    if (!isNumber || value < low || value > high) {
        return Error {
            ErrorCode::Invalid, u"%1 must be a whole number from %2 to %3"_s.arg(name).arg(low).arg(high), "bad_query"};
    }
    return value;
}

Result<QString> queryText(const ApiRequest& request, QLatin1StringView name)
{
    const auto text = request.queryValue(name);
    if (!text || text->isEmpty())
        return Error {ErrorCode::Invalid, u"%1 is missing in the query"_s.arg(name), "bad_query"};
    return *text;
}

Result<QString> queryCountry(const ApiRequest& request)
{
    const auto text = queryText(request, "country"_L1);
    if (!text)
        return text;
    const QString country = text->toUpper();
    const rights::TerritoryAtom atom = rights::atomFromText(country);
    if (atom == rights::kNoAtom || rights::isSubdivision(atom) || !rights::isAssignedCountry(rights::countryOf(atom))) {
        return Error {ErrorCode::Invalid,
            u"country: \"%1\" is no country; give two letters of ISO 3166-1 such as DE, or XX where it is not known"_s
                .arg(text->left(64)),
            "bad_field"};
    }
    return country;
}

Result<Instant> queryInstant(const ApiRequest& request, QLatin1StringView name, Instant now)
{
    const auto text = request.queryValue(name);
    if (!text || text->isEmpty())
        return now;
    return parseRfc3339(*text);
}

} // namespace vidimus::catalog_server
