#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"

#include <QVariant>
#include <concepts>
#include <optional>
#include <type_traits>

namespace vidimus::sql {

/// What may be bound to a "?": text, bytes, numbers, instants (stored as milliseconds since 1970, UTC), strong ids and
/// optionals of these. An empty id and nullopt are NULL; an empty text or empty bytes are not.
[[nodiscard]] inline QVariant toBound(const QString& text)
{
    return text.isNull() ? QVariant(QString::fromLatin1("")) : QVariant(text);
}
[[nodiscard]] inline QVariant toBound(const QByteArray& bytes)
{
    return bytes.isNull() ? QVariant(QByteArray("")) : QVariant(bytes);
}
[[nodiscard]] inline QVariant toBound(std::integral auto number)
{
    return QVariant(static_cast<qlonglong>(number));
}
[[nodiscard]] inline QVariant toBound(double number)
{
    return QVariant(number);
}
[[nodiscard]] inline QVariant toBound(Instant instant)
{
    return QVariant(static_cast<qlonglong>(instant.time_since_epoch().count()));
}
[[nodiscard]] inline QVariant toBound(std::nullopt_t)
{
    return {};
}
template<class Tag>
[[nodiscard]] QVariant toBound(const Id<Tag>& id)
{
    return id.isEmpty() ? QVariant() : QVariant(id.toString());
}
template<class T>
[[nodiscard]] QVariant toBound(const std::optional<T>& value)
{
    return value ? toBound(*value) : QVariant();
}

} // namespace vidimus::sql
