#pragma once

#include "core/base/instant.h"
#include "core/base/json.h"
#include "core/catalog_server/api_message.h"

namespace vidimus::catalog_server {

/// Members that many bodies have, read strictly; a fault is remembered by the reader.
[[nodiscard]] QString idField(JsonReader& reader, QLatin1StringView name); ///< 1 to 128 characters, no control ones
[[nodiscard]] QString digestField(JsonReader& reader, QLatin1StringView name);
[[nodiscard]] std::optional<Instant> instantField(JsonReader& reader, QLatin1StringView name); ///< optional
[[nodiscard]] QJsonObject objectField(JsonReader& reader, QLatin1StringView name); ///< empty when absent

/// A whole number in the query, within [low, high]; \a fallback when absent. Errors: Invalid.
[[nodiscard]] Result<qint64> queryInteger(
    const ApiRequest& request, QLatin1StringView name, qint64 fallback, qint64 low, qint64 high);
/// A text that must be in the query. Errors: Invalid.
[[nodiscard]] Result<QString> queryText(const ApiRequest& request, QLatin1StringView name);
/// "country" of the query in capitals: a code that ISO 3166-1 assigns, or XX where it is not known. Errors: Invalid; a
/// code that no country has would be answered no for ever.
[[nodiscard]] Result<QString> queryCountry(const ApiRequest& request);
/// "at" of the query, or \a now. Errors: Invalid.
[[nodiscard]] Result<Instant> queryInstant(const ApiRequest& request, QLatin1StringView name, Instant now);

} // namespace vidimus::catalog_server
