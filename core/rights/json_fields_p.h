#pragma once

#include "core/base/json.h"
#include "core/rights/names.h"

#include <QJsonArray>

/// Readers of the field shapes that rules, titles and queries share. A fault is left with the JsonReader.
namespace vidimus::rights::fields {

using namespace Qt::StringLiterals;

/// An RFC 3339 instant, or nothing for null and absent.
inline std::optional<Instant> instant(JsonReader& reader, QLatin1StringView name)
{
    if (!reader.has(name)) {
        (void)reader.value(name);
        return std::nullopt;
    }
    const QString text = reader.string(name);
    const auto parsed = parseRfc3339(text);
    if (!parsed) {
        reader.fail(name, u"\"%1\" is not an instant such as 2026-01-31T00:00:00Z"_s.arg(text.left(64)));
        return std::nullopt;
    }
    return *parsed;
}

inline QJsonValue toValue(const std::optional<Instant>& instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue(QJsonValue::Null);
}

template<class T>
T choice(JsonReader& reader, QLatin1StringView name, std::optional<T> fallback = std::nullopt)
{
    const QString text = fallback ? reader.string(name, nameOf(*fallback)) : reader.string(name);
    if (const auto value = fromName<T>(text))
        return *value;
    reader.fail(name, u"\"%1\" is not one of the known words"_s.arg(text.left(64)));
    return fallback.value_or(T {});
}

inline QStringList strings(JsonReader& reader, QLatin1StringView name, const QJsonValue& value)
{
    QStringList texts;
    if (value.isUndefined() || value.isNull())
        return texts;
    if (!value.isArray()) {
        reader.fail(name, u"must be a list"_s);
        return texts;
    }
    const QJsonArray array = value.toArray();
    for (const QJsonValue& element : array) {
        if (!element.isString()) {
            reader.fail(name, u"must be a list of texts"_s);
            return texts;
        }
        texts.append(element.toString());
    }
    return texts;
}

inline QStringList strings(JsonReader& reader, QLatin1StringView name)
{
    return strings(reader, name, reader.value(name));
}

/// A member that may be left out, as an object.
inline QJsonObject optionalObject(JsonReader& reader, QLatin1StringView name)
{
    const QJsonValue value = reader.value(name);
    if (!value.isUndefined() && !value.isNull() && !value.isObject())
        reader.fail(name, u"must be an object"_s);
    return value.toObject();
}

inline int smallInteger(JsonReader& reader, QLatin1StringView name, int fallback, int low, int high)
{
    const qint64 value = reader.integer(name, fallback);
    if (value < low || value > high) {
        reader.fail(name, u"must lie between %1 and %2"_s.arg(low).arg(high));
        return fallback;
    }
    return static_cast<int>(value);
}

} // namespace vidimus::rights::fields
