#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>
#include <optional>

namespace vidimus {

/// Parses one JSON object. Errors: Invalid with the byte offset.
[[nodiscard]] Result<QJsonObject> parseJsonObject(QByteArrayView bytes);
/// Parses one JSON object that a person wrote: of two members with one name a parser would drop the first without a
/// word. Errors: Invalid with the line, also for a name that stands twice in an object.
[[nodiscard]] Result<QJsonObject> parseWrittenJson(QByteArrayView bytes);
/// One line, no spaces, keys in Qt's (sorted) order.
[[nodiscard]] QByteArray toJson(const QJsonObject& object);
/// Canonical JSON (RFC 8785): keys sorted by UTF-16 units, shortest numbers, minimal escapes. For hashing and signing.
[[nodiscard]] QByteArray canonicalJson(const QJsonValue& value);

/// Reads the members of an object strictly: the first wrong type or missing member is remembered, and finish() refuses
/// members that nobody asked for. Gives messages with the path of the member ("windows[3].start").
class JsonReader {
public:
    explicit JsonReader(const QJsonObject& object, QString path = {});

    [[nodiscard]] QString string(QLatin1StringView name);
    [[nodiscard]] QString string(QLatin1StringView name, const QString& fallback);
    [[nodiscard]] qint64 integer(QLatin1StringView name);
    [[nodiscard]] qint64 integer(QLatin1StringView name, qint64 fallback);
    [[nodiscard]] double number(QLatin1StringView name);
    [[nodiscard]] double number(QLatin1StringView name, double fallback);
    [[nodiscard]] bool boolean(QLatin1StringView name, bool fallback);
    [[nodiscard]] QJsonObject object(QLatin1StringView name); ///< required
    [[nodiscard]] QJsonArray array(QLatin1StringView name); ///< required
    [[nodiscard]] QJsonValue value(QLatin1StringView name); ///< Undefined when absent
    [[nodiscard]] bool has(QLatin1StringView name) const;
    /// The path of a member, for messages.
    [[nodiscard]] QString pathOf(QLatin1StringView name) const;
    /// Records an error of the caller's own about a member; only the first is kept.
    void fail(QLatin1StringView name, const QString& what);

    enum class Unknown { Refuse, Ignore };
    /// The first error, if any. Errors: Invalid.
    [[nodiscard]] Result<void> finish(Unknown unknown = Unknown::Refuse) const;

private:
    [[nodiscard]] QJsonValue take(QLatin1StringView name, QJsonValue::Type type, const char* typeName, bool required);

    QJsonObject m_object;
    QString m_path;
    QStringList m_known;
    std::optional<Error> m_error;
};

} // namespace vidimus
